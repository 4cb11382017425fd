/** Delivery of writes, with nodes made by hand: a node's state is the writes that it has. */
import { describe, expect, test } from "vitest"
import { applied, declared, nodes, remembers, says, type Seen, wrote } from "../test/observed.ts"
import { everyLiveNodeHasIt, everyNodeHasItOnceUp, exactlyTheseHaveIt } from "./delivery.ts"

type Has = ReadonlyArray<string>

const has = (state: Has) => state
const live = (among?: ReadonlyArray<number>) => everyLiveNodeHasIt<Has>(among === undefined ? { has } : { has, among })
const onceUp = () => everyNodeHasItOnceUp<Has>({ has })
const exactly = () => exactlyTheseHaveIt<Has>({ has, write: "a", nodes: [0, 2] })

test("all are judged where nothing is left to happen, and remember the names of the writes, in whatever order made", () => {
  const shared = { kind: "atQuiescence", observer: "writes" }
  expect([live(), onceUp(), exactly()].map(declared)).toEqual([
    { ...shared, name: "every live node has what one of them has" },
    { ...shared, name: "when all nodes are up, all have what one has" },
    { ...shared, name: "exactly n0, n2 have a" }
  ])
  expect(remembers(live(), [wrote("b", { node: 1 }), applied("c"), wrote("a")])).toEqual(["a", "b"])
})

interface Case {
  readonly of: string
  readonly has: ReadonlyArray<Has>
  readonly down?: ReadonlyArray<number>
  readonly seen?: Seen
  readonly says: string
}

const alike: ReadonlyArray<Case> = [
  { of: "nobody wrote anything", has: [["a"], []], seen: [], says: "silent" },
  { of: "both have the write", has: [["a"], ["a"]], says: "fine" },
  { of: "none has it", has: [[], []], says: "fine" },
  { of: "two lack it", has: [[], ["a"], []], says: "n0, n2 will never have a." },
  {
    of: "each lacks what the other has",
    has: [["a"], ["b"]],
    seen: [wrote("a"), wrote("b", { node: 1 })],
    says: "n1 will never have a. n0 will never have b."
  }
]

describe("what one live node has, every live node has", () => {
  test.each<Case>([
    ...alike,
    { of: "who lacks it is down", has: [["a"], [], ["a"]], down: [1], says: "fine" },
    { of: "who alone has it is down", has: [["a"], [], []], down: [0], says: "fine" },
    { of: "who is up lacks it, and one is down", has: [["a"], [], []], down: [2], says: "n1 will never have a." }
  ])("$of", ({ down = [], has: states, says: verdict, seen = [wrote("a")] }) => {
    expect(says(live(), nodes(states, { down }), seen)).toBe(verdict)
  })

  test("nodes that the property does not speak of neither lack a write nor have one", () => {
    const lacking = nodes<Has>([["a"], ["a"], []])
    expect(says(live([0, 1]), lacking, [wrote("a")])).toBe("fine")
    expect(says(live([1, 2]), lacking, [wrote("a")])).toBe("n2 will never have a.")
    expect(says(live([1, 2]), nodes<Has>([["a"], [], []]), [wrote("a")])).toBe("fine")
  })
})

describe("when all nodes are up, all have what one has", () => {
  test.each<Case>([...alike, { of: "one is down", has: [["a"], [], ["a"]], down: [2], says: "silent" }])(
    "$of",
    ({ down = [], has: states, says: verdict, seen = [wrote("a")] }) => {
      expect(says(onceUp(), nodes(states, { down }), seen)).toBe(verdict)
    }
  )
})

describe("exactly n0 and n2 have a", () => {
  test.each<Case>([
    { of: "it was not written", has: [[], [], []], seen: [wrote("b")], says: "silent" },
    { of: "these have it", has: [["a"], ["b"], ["b", "a"]], says: "fine" },
    { of: "one of them lacks it", has: [[], [], ["a"]], says: "n2 has a; it should be n0, n2." },
    { of: "a third has it", has: [["a"], ["a"], ["a"]], says: "n0, n1, n2 have a; it should be n0, n2." },
    { of: "one of them is down", has: [["a"], [], ["a"]], down: [2], says: "n0 has a; it should be n0, n2." },
    { of: "none has it", has: [["b"], [], []], says: "No node has a; it should be n0, n2." }
  ])("$of", ({ down = [], has: states, says: verdict, seen = [wrote("a")] }) => {
    expect(says(exactly(), nodes(states, { down }), seen)).toBe(verdict)
  })
})
