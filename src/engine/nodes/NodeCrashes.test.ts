/**
 * The remains of a node after a crash, and of the messages in flight to it, for each meaning of `inFlight`.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { entriesOf, stateAfter, stepsOf } from "../../../test/programs.ts"
import {
  asked,
  asks,
  hear,
  inFlight,
  labelsAfter,
  node,
  receives,
  snapshotAfter,
  speaker,
  speakers,
  told
} from "../../../test/speakers.ts"
import { Choice, Faults, Network, Timer } from "../../model/index.ts"
import { Refusal } from "../execution/ModelRefused.ts"
import { withCrashes } from "./NodeCrashes.ts"

const a = asks(0, "a")
const b = asks(0, "b")
const [inA, inB] = [inFlight("a", 0), inFlight("b", 0)]
const down = (inbox: ReadonlyArray<string> = []) => ({ ...node("", 0, inbox), down: true })

/** n0 says a and b to n1, which may crash and recover. */
const talking = (given: Parameters<typeof Faults.crash>[0] = {}, network = Network.unordered()) =>
  speakers({ ...asked(["a", "b"]), network, faults: Faults.crash({ recoveries: 1, nodes: [1], ...given }) })

type Talking = ReturnType<typeof talking>

const n1After = (program: Talking, ...labels: ReadonlyArray<string>) => snapshotAfter(program, ...labels)["n1"]

/** n1 after each of its crashes behind these steps. */
const crashed = (program: Talking, ...labels: ReadonlyArray<string>) =>
  stepsOf(program, stateAfter(program, ...labels))
    .filter(([label]) => String(label).startsWith("n1 crashes"))
    .map(([, after]) => (after as Record<string, unknown>)["n1"])

describe("what is in flight to a node that crashes, and sent to it while it is down,", () => {
  test.each([{}, { inFlight: "kept" as const }])("stays in flight until it recovers: %o", (given) => {
    const program = talking(given)
    expect(crashed(program, a)).toEqual([down([inA])])
    expect(n1After(program, a, "n1 crashes", b)).toEqual(down([inA, inB]))
    // Nothing is received by a node that is down.
    expect(labelsAfter(program, a, "n1 crashes", b)).toEqual(["n1 recovers"])
    expect(labelsAfter(program, a, "n1 crashes", b, "n1 recovers")).toEqual([receives(1, "a", 0), receives(1, "b", 0)])
  })

  test("is lost where connections break; what is sent after the recovery arrives", () => {
    const program = talking({ inFlight: "lost" })
    expect(crashed(program, a)).toEqual([down()])
    expect(n1After(program, a, "n1 crashes", b)).toEqual(down())
    expect(n1After(program, a, "n1 crashes", "n1 recovers", b)).toEqual(node("", 0, [inB]))
  })

  test("is lost or not, all of it, where either may be; a recovery ends that", () => {
    const program = talking({ inFlight: "either" })
    expect(crashed(program, a).map((after) => (after as { inbox: unknown }).inbox)).toEqual([[inA], []])
    const steps = (state: Int32Array, label: string) =>
      entriesOf(program, state)
        .map(({ next }) => next)
        .filter((_, ordinal) => program.describeStep(state, ordinal).label.startsWith(label))
    const both = steps(stateAfter(program, a), "n1 crashes")
    expect(both.map((state) => inboxOf(program, steps(state, b)[0]!))).toEqual([[inA, inB], []])
    const again = both.map((state) => steps(steps(state, "n1 recovers")[0]!, b)[0]!)
    expect(again.map((state) => program.snapshot(state)["n1"])).toEqual([node("", 0, [inA, inB]), node("", 0, [inB])])
  })

  test("keeps its order and may be lost or doubled by the network, within its budgets", () => {
    const program = talking({}, Network.ordered({ duplicate: 1, lose: 1 }))
    const labels = [a, b, "n1 crashes"]
    const network = labelsAfter(program, ...labels)
    expect(network).toHaveLength(3)
    expect(network.at(0)).toBe("n1 recovers")
    expect(stepsOf(program, stateAfter(program, ...labels)).map(([, after]) => inboxIn(after))).toEqual([
      [inA, inB],
      [inB],
      [inA, inB, inA]
    ])
  })
})

describe("a crash whose connections may break or not", () => {
  const breaks = "n1 crashes, its connections break"
  const [tellsA, tellsB] = [told("a"), told("b")].map((message) => ({ from: 0, to: 1, message }))

  test("says whether they do, and which messages that loses; the node shows it until it recovers", () => {
    const program = talking({ inFlight: "either", atMost: 2 })
    const state = stateAfter(program, a, b)
    const steps = labelsAfter(program, a, b).map((_, ordinal) => program.describeStep(state, ordinal))
    expect(steps.slice(-2).map(({ label, lost }) => [label, lost])).toEqual([
      ["n1 crashes", undefined],
      [breaks, [tellsA, tellsB]]
    ])
    expect(n1After(program, a, "n1 crashes")).toEqual(down([inA]))
    expect(n1After(program, a, breaks)).toEqual({ ...down(), unreachable: true })
    expect(n1After(program, a, breaks, "n1 recovers")).toEqual(node())
    const cutOff = stateAfter(program, a, breaks)
    expect(program.describeStep(cutOff, 0)).toMatchObject({ label: b, sent: [tellsB], lost: [tellsB] })
    expect(program.describeStep(stateAfter(program, a, "n1 crashes"), 0).lost).toBe(undefined)
  })

  test("in the middle of a handler loses what is in flight beside the message in hand", () => {
    const machine = speaker({
      Told: Effect.fnUntraced(function* (state, { word }) {
        yield* Network.send(0, told("thanks"))
        return hear(state, word)
      })
    })
    const faults = Faults.crash({ nodes: [1], midHandler: true, inFlight: "either" })
    const program = speakers({ machine, ...asked(["a", "a", "b"]), faults })
    const state = stateAfter(program, a, a, b)
    const midway = labelsAfter(program, a, a, b)
      .map((_, ordinal) => program.describeStep(state, ordinal))
      .filter(({ label }) => label.startsWith("n1 crashes while handling"))
    expect(midway.map(({ label, lost, received }) => [label.split(": ").at(-1), received, lost])).toEqual([
      ["nothing leaves for n0", tellsA, undefined],
      ["nothing leaves for n0, its connections break", tellsA, [tellsA, tellsB]],
      ["nothing leaves for n0", tellsB, undefined],
      ["nothing leaves for n0, its connections break", tellsB, [tellsA, tellsA]]
    ])
  })

  test("needs no other label where all crashes break connections", () => {
    expect(labelsAfter(talking({ inFlight: "lost" }), a)).toContain("n1 crashes")
  })
})

test("the message in hand has been received when its handler crashes in the middle, the others stay in flight", () => {
  const machine = speaker({
    Told: Effect.fnUntraced(function* (state, { word }) {
      if (word === "a") yield* Network.send(0, told("thanks"))
      return hear(state, word)
    })
  })
  const midway = (inFlight: "kept" | "lost" | "either") => {
    const faults = Faults.crash({ nodes: [1], midHandler: true, inFlight })
    const program = speakers({ machine, ...asked(["a", "b"]), faults })
    return stepsOf(program, stateAfter(program, a, b))
      .filter(([label]) => String(label).includes("while handling"))
      .map(([, after]) => (after as Record<string, unknown>)["n1"])
  }
  const after = (inbox: ReadonlyArray<string>) => ({ ...node("a", 0, inbox), down: true })
  expect(midway("kept")).toEqual([after([inB])])
  expect(midway("lost")).toEqual([after([])])
  expect(midway("either")).toMatchObject([after([inB]), after([])])
})

test("a node loses its timers and what is not durable, within the budget of crashes, where it is one that may crash", () => {
  const machine = speaker(
    {
      Say: Effect.fnUntraced(function* (state) {
        yield* Timer.set("retry")
        return { heard: "h", said: state.said + 1 }
      })
    },
    { timeouts: { retry: (state) => Effect.succeed(state) } },
    { durable: ["said"] }
  )
  const program = speakers({ machine, ...asked(["a"], ["a"]), faults: Faults.crash({ nodes: [0] }) })
  const budgets = { lose: 0, duplicate: 0, cut: 0, crash: 0, recover: 0, draw: 0, cutLinks: [] }
  expect(snapshotAfter(program, a, "n0 crashes")).toEqual({
    n0: { ...node("", 1), down: true },
    n1: node(),
    environment: budgets
  })
  expect(labelsAfter(program, a)).toEqual(["n0 times out", "n0 crashes", asks(1, "a")])
  expect(labelsAfter(program, a, "n0 crashes")).toEqual([asks(1, "a")])
  expect(labelsAfter(speakers({ faults: Faults.crash() }))).toEqual(["n0 crashes", "n1 crashes"])
})

test("a handler may crash in 65,536 ways at the most, in all of its outcomes together", () => {
  expect([withCrashes(0, 0), withCrashes(5, 3), withCrashes(0, 16)]).toEqual([1, 13, 65_536])
  const refused = new Refusal(
    "may crash in too many ways",
    "it sends 15 messages, of which any may have left; at most 65536 ways are tried"
  )
  expect(() => withCrashes(32_769, 15)).toThrow(refused)
  const sending = (rounds: number) =>
    speaker({
      Say: Effect.fnUntraced(function* (state) {
        yield* Choice.among([0, 1])
        for (let round = 0; round < rounds; round++) yield* Network.send(1, told("a"))
        return state
      })
    })
  const faults = Faults.crash({ midHandler: true })
  expect(() => labelsAfter(speakers({ machine: sending(17), ...asked(["a"]), faults }))).toThrow("in too many ways")
})

const inboxIn = (snapshot: unknown) => (snapshot as { n1: { inbox: unknown } }).n1.inbox
const inboxOf = (program: Talking, state: Int32Array) => inboxIn(program.snapshot(state))
