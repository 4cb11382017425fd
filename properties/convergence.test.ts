/**
 * Convergence in its strengths, with nodes made by hand: a node's state is what a client reads at it, and a draft that
 * no client sees.
 */
import { describe, expect, test } from "vitest"
import { acknowledged, applied, declared, nodes, remembers, says, type Seen, wrote } from "../test/observed.ts"
import { channelConvergence, convergence, strongConvergence } from "./convergence.ts"

interface Replica {
  readonly shown: unknown
  readonly draft?: string
}

const view = ({ shown }: Replica) => shown
const atEnd = () => convergence<Replica>({ view })
const atEndByState = () => convergence<Replica>({ view, written: ({ shown }) => shown !== null })
const always = () => strongConvergence<Replica>({ view })

interface Case {
  readonly of: string
  readonly shown: ReadonlyArray<unknown>
  readonly down?: ReadonlyArray<number>
  readonly seen?: Seen
  readonly says: string
}

const showing = ({ down = [], shown }: Case) =>
  nodes(
    shown.map((value, id): Replica => ({ shown: value, draft: `draft of n${id}` })),
    { down }
  )

const alike: ReadonlyArray<Case> = [
  {
    of: "all show equal values, and differ in what nobody sees",
    shown: [{ x: [1] }, { x: [1] }, { x: [1] }],
    says: "fine"
  },
  {
    of: "the last of three shows something else",
    shown: [{ x: 1 }, { x: 1 }, null],
    says: 'Nothing is left to happen, and yet n0 shows {"x":1}, n1 shows {"x":1}, n2 shows null.'
  },
  { of: "who shows something else is down", shown: ["a", "b", "a"], down: [1], says: "fine" },
  {
    of: "those that are up differ",
    shown: ["a", "b", "a"],
    down: [0],
    says: 'Nothing is left to happen, and yet n1 shows "b", n2 shows "a".'
  }
]

describe("replicas converge", () => {
  test("it is judged where nothing is left to happen, and remembers whether a write was applied", () => {
    expect(declared(atEnd())).toEqual({
      kind: "atQuiescence",
      name: "replicas converge",
      observer: "whether a write was applied"
    })
    const seen = [wrote("a"), acknowledged("a")]
    expect(remembers(atEnd(), seen)).toBe(false)
    expect(remembers(atEnd(), [...seen, applied("a"), wrote("b")])).toBe(true)
  })

  test("it observes nothing where the state tells whether a write was seen", () => {
    expect(declared(atEndByState())).toEqual({ kind: "atQuiescence", name: "replicas converge", observer: "none" })
  })

  test.each<Case>([
    ...alike,
    { of: "no write was applied", shown: ["a", "a"], seen: [wrote("a")], says: "silent" },
    { of: "all nodes are down", shown: ["a", "b"], down: [0, 1], says: "fine" }
  ])("$of", (given) => {
    expect(says(atEnd(), showing(given), given.seen ?? [applied("a")])).toBe(given.says)
  })

  test.each<Case>([
    ...alike,
    { of: "no node has seen a write", shown: [null, null], says: "silent" },
    { of: "who alone has seen a write is down", shown: ["a", null], down: [0], says: "silent" }
  ])("where the state tells whether a write was seen: $of", (given) => {
    expect(says(atEndByState(), showing(given))).toBe(given.says)
  })
})

describe("replicas with the same writes show the same", () => {
  test("it is judged in every state, and remembers which writes each node has applied, in whatever order", () => {
    expect(declared(always())).toEqual({
      kind: "invariant",
      name: "replicas with the same writes show the same",
      observer: "writes applied at each node"
    })
    const seen = [applied("b", { node: 2 }), applied("c"), wrote("z", { node: 1 }), applied("a", { node: 2 })]
    expect(remembers(always(), seen)).toEqual([["c"], [], ["a", "b"]])
    expect(remembers(always(), [...seen, applied("b", { node: 2 }), applied("d")])).toEqual([
      ["c", "d"],
      [],
      ["a", "b"]
    ])
  })

  const a = [applied("a"), applied("a", { node: 2 })]
  const both = [...a, applied("b", { node: 2 }), applied("b"), applied("a", { node: 1 })]

  test.each<Case>([
    {
      of: "two have applied nothing, and show different things",
      shown: ["a", "b", "c"],
      seen: a.slice(1),
      says: "silent"
    },
    {
      of: "nobody has applied the same",
      shown: ["a", "b"],
      seen: [applied("a"), applied("b", { node: 1 })],
      says: "silent"
    },
    { of: "those with the same write show the same", shown: [["a"], ["b"], ["a"]], seen: a, says: "fine" },
    {
      of: "two with the same writes show different things",
      shown: ["a", "c", "b"],
      seen: both,
      says: 'Both have applied a, b, and yet n0 shows "a" and n2 shows "b".'
    },
    {
      of: "three with the same write show different things: one pair is named",
      shown: ["a", "a", "b"],
      seen: [...a, applied("a", { node: 1 })],
      says: 'Both have applied a, and yet n0 shows "a" and n2 shows "b".'
    },
    {
      of: "of four only one pair disagrees",
      shown: ["a", "b", "a", "c"],
      seen: [...a, applied("b", { node: 1 }), applied("b", { node: 3 })],
      says: 'Both have applied b, and yet n1 shows "b" and n3 shows "c".'
    }
  ])("$of", (given) => {
    expect(says(always(), showing(given), given.seen)).toBe(given.says)
  })
})

describe("replicas are the same whenever no message is in flight", () => {
  const system = (replicas: ReadonlyArray<unknown>, { idle = true, written = true } = {}) => ({
    replicas,
    idle,
    written
  })
  const same = () =>
    channelConvergence<ReturnType<typeof system>>({
      idle: ({ idle }) => idle,
      replicas: ({ replicas }) => replicas,
      written: ({ written }) => written
    })

  test("it is judged in every state and observes nothing", () => {
    expect(declared(same())).toEqual({
      kind: "invariant",
      name: "replicas are the same whenever no message is in flight",
      observer: "none"
    })
  })

  test.each<[of: string, state: ReturnType<typeof system>, verdict: string]>([
    ["nothing was written", system(["", ""], { written: false }), "silent"],
    ["a message is in flight", system(["a", "b"], { idle: false }), "silent"],
    ["all are the same", system([["a"], ["a"], ["a"]]), "fine"],
    [
      "the last of three is another",
      system([["a"], ["a"], ["b"]]),
      'No message is in flight, and yet the replicas are ["a"], ["a"], ["b"].'
    ]
  ])("%s", (_of, state, verdict) => {
    expect(says(same(), state)).toBe(verdict)
  })
})
