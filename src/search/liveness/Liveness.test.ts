/**
 * By hand what weak and strong fairness, stopping and the three forms of property mean, and when nothing is judged.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { type At, graphModel, type Steps } from "../../../test/graph-model.ts"
import { checkerOf, compile } from "../../engine/index.ts"
import { type EventuallyOptions, type Fairness, Property, type StopReason } from "../../property/index.ts"
import type { Trace } from "../../trace/Trace.ts"
import { explore } from "../../../test/explore-given.ts"
import { defaultLimits } from "../Limits.ts"
import { judgeRuns } from "./Liveness.ts"
import { Search } from "../Search.ts"
import type { SearchOptions } from "../SearchOptions.ts"

const judge = async (steps: Steps, options: EventuallyOptions<At, undefined>) => {
  const { properties } = await Effect.runPromise(
    explore(graphModel(steps, 0), [Property.eventually<At>("property", options)])
  )
  return properties[0]!.verdict
}

/** The states of a counterexample's stem, and those of its loop. */
const lassoOf = (trace: Trace) => {
  const path = [trace.initial, ...trace.steps.map(({ state }) => state)].map(({ at }) => at)
  return { path, loop: trace.loop }
}

describe("what a run may do for ever", () => {
  // 0 and 1 alternate by a; in 1 only, b leads to 2, where nothing is left.
  const steps: Steps = { a: [[1], [0], []], b: [[], [2], []] }
  const arrives = (fairness: Fairness) => judge(steps, { holds: ({ at }) => at === 2, fairness })
  test("stop at once where nothing is owed", async () => {
    const verdict = await arrives({ default: "none" })
    expect(verdict._tag === "violated" && lassoOf(verdict.evidence)).toEqual({ path: [0], loop: 0 })
  })
  test("never take what is enabled now and then, if fairness is weak", async () => {
    const verdict = await arrives({})
    expect(verdict._tag === "violated" && lassoOf(verdict.evidence)).toEqual({ path: [0, 1, 0], loop: 0 })
  })
  test("but not if it is strong; where the other action stops and owes nothing, end before", async () => {
    expect((await arrives({ actions: { b: "strong" } }))._tag).toBe("holds")
    const stopped = await arrives({ actions: { a: "finite" } })
    expect(stopped._tag === "violated" && lassoOf(stopped.evidence)).toEqual({ path: [0], loop: 0 })
  })
})

describe("the three forms of a property", () => {
  // 0 → 1 → 2 → 1 …: a state passed once, and two that alternate.
  const steps: Steps = { a: [[1], [2], [1]] }
  const verdicts = async (state: number) =>
    Promise.all(
      [{}, { from: () => true }, { stable: true }].map(
        async (form) => (await judge(steps, { holds: ({ at }) => at === state, ...form }))._tag
      )
    )
  test("once, again and again, for good", async () => {
    expect(await verdicts(0)).toEqual(["holds", "violated", "violated"])
    expect(await verdicts(2)).toEqual(["holds", "holds", "violated"])
  })
  test("for good, and the loop passes through what is lacking", async () => {
    const verdict = await judge(steps, { holds: ({ at }) => at !== 2, stable: true })
    expect(verdict._tag === "violated" && lassoOf(verdict.evidence)).toEqual({ path: [0, 1, 2, 1], loop: 1 })
  })
})

test("a step that changes nothing is stuttering: it owes nothing and keeps no run going", async () => {
  const verdict = await judge({ a: [[0]] }, { holds: ({ at }) => at === 1 })
  expect(verdict._tag === "violated" && lassoOf(verdict.evidence)).toEqual({ path: [0], loop: 0 })
})

test("where no state comes back the verdict says that it was judged where runs end", async () => {
  const line: Steps = { a: [[1], [2], []] }
  const note = "no state comes back, so every run ends: judged there"
  expect(await judge(line, { holds: ({ at }) => at === 2 })).toEqual({ _tag: "holds", checked: 1, note })
  const violated = await judge(line, { holds: ({ at }) => at === 1, stable: true })
  expect(violated._tag === "violated" && [violated.note, lassoOf(violated.evidence)]).toEqual([
    note,
    { path: [0, 1, 2], loop: 2 }
  ])
})

test("the stem is the shortest, also where the property begins late and a nearer loop lacks nothing", async () => {
  // 0 → 1 → 0 is a loop with the property true in 0; only from 3 on it stays false.
  const steps: Steps = { a: [[1], [0], [3], [4], [3]], b: [[], [2], [], [], []] }
  const verdict = await judge(steps, { holds: ({ at }) => at === 0, from: ({ at }) => at > 0 })
  expect(verdict._tag === "violated" && lassoOf(verdict.evidence)).toEqual({ path: [0, 1, 2, 3, 4, 3], loop: 3 })
})

describe("a counterexample", () => {
  test("starts in the initial state that its loop is nearest to, takes the steps of the graph and is explained", async () => {
    // All runs end: in 0, or from 2 in 1 or in 3, of which only 3 violates the property. So the run starts in the
    // second of the initial states and takes the second of the choices.
    const property = Property.eventually<At>("property", {
      holds: ({ at }) => at < 2,
      explain: ({ at }, _, history) => `ends in ${at} after ${history.length}`
    })
    const found = await Effect.runPromise(
      explore(graphModel({ a: [[], [], [1, 3], []] }, 0, 2), [property], { checkDeterminism: true })
    )
    const step = { action: "a", label: "a, choice 1", fault: false, kind: "action" }
    expect(found.properties[0]).toMatchObject({
      name: "property",
      verdict: {
        _tag: "violated",
        because: "ends in 3 after 1",
        evidence: { initialIndex: 1, initial: { at: 2 }, steps: [{ ...step, number: 1, state: { at: 3 } }], loop: 1 }
      }
    })
  })
  test("takes the action that is owed, where another one leads to the same state", async () => {
    // Both are owed in 0, and a is the first on the way; so is a in 1, and then b is nearest.
    const steps: Steps = { a: [[1], [0]], b: [[1], []] }
    const verdict = await judge(steps, { holds: () => false, fairness: { actions: { b: "strong" } } })
    expect(verdict._tag === "violated" && verdict.evidence.steps.map(({ label }) => label)).toEqual([
      "a",
      "a",
      "b",
      "a"
    ])
  })
  test("goes to the state that it says, where the same action leads to others before", async () => {
    const steps: Steps = { a: [[1, 2], [], [0]] }
    const verdict = await judge(steps, { holds: ({ at }) => at === 1 })
    expect(verdict._tag === "violated" && lassoOf(verdict.evidence)).toEqual({ path: [0, 2, 0], loop: 0 })
  })
})

test("a verdict says in how many states the property begins: those that a run can start in, or all that its premise names", async () => {
  const model = graphModel({ a: [[2], [2], [3], [0]] }, 0, 1)
  const properties = [
    Property.eventually<At>("from the start", { holds: ({ at }) => at === 2 }),
    Property.eventually<At>("after 1", { holds: ({ at }) => at === 2, from: ({ at }) => at > 1 }),
    Property.eventually<At>("after 9", { holds: ({ at }) => at === 2, from: ({ at }) => at > 9 })
  ]
  const found = await Effect.runPromise(explore(model, properties))
  expect(found.properties.map(({ verdict }) => verdict)).toEqual([
    { _tag: "holds", checked: 2 },
    { _tag: "holds", checked: 2 },
    { _tag: "vacuous" }
  ])
})

interface Judged {
  readonly properties?: ReadonlyArray<Property<At>>
  readonly states?: number
  readonly allow?: SearchOptions["allow"]
  readonly room?: number
  readonly stop?: () => StopReason | undefined
  /** Told of every state that a property is asked about. */
  readonly asked?: (at: number) => void
}

const soon = Property.eventually<At>("soon", { holds: () => true })

/** The verdicts after a search of the ring 0 → 1 → 2 → 3 → 0, by the properties' names. */
const judgeRing = async ({
  allow,
  asked = () => {},
  properties = [soon],
  room = 360,
  states = 9,
  stop = () => undefined
}: Judged) => {
  const ring = graphModel({ a: [[1], [2], [3], [0]] }, 0)
  const [program, replayed] = [compile(ring, properties), compile(ring, properties)]
  const checkers = properties.map((property) => {
    const checker = checkerOf(program, property as Property<unknown>)
    const evaluate = (state: Int32Array) => {
      asked(state[0]!)
      return checker.evaluate(state)
    }
    return { ...checker, evaluate }
  })
  const search = new Search(program, checkers, {
    limits: { ...defaultLimits, states },
    resources: { residentBytes: () => 0, heapIsFull: () => false },
    now: () => 0,
    interrupted: () => false,
    allow,
    stopWhenDecided: false
  })
  search.advance(1)
  const verdicts = await Effect.runPromise(judgeRuns({ system: "ring", search, program, replayed, room, stop }))
  return [...verdicts].map(([{ checker }, verdict]) => [checker.property.name, verdict])
}

describe("once a search has ended", () => {
  const undecided = (why: StopReason) => [["soon", { _tag: "inconclusive", why, checked: 0 }]]
  const holds = [["soon", { _tag: "holds", checked: 1 }]]
  test("properties about runs are judged and no others, each by itself", async () => {
    const never = Property.eventually<At>("at 2 for good", { holds: ({ at }) => at === 2, stable: true })
    const here = Property.invariant<At>("here", { holds: () => true })
    const judged = await judgeRing({ properties: [here, soon, here, never] })
    expect(judged.map(([name, verdict]) => [name, typeof verdict === "object" && verdict._tag])).toEqual([
      ["soon", "holds"],
      ["at 2 for good", "violated"]
    ])
  })
  test("a property is asked about every state once, in the order in which they were found", async () => {
    const asked: Array<number> = []
    await judgeRing({ asked: (at) => asked.push(at) })
    expect(asked).toEqual([0, 1, 2, 3])
  })
  test("nothing is done where no property is about runs", async () => {
    let asked = 0
    const stop = () => void asked++
    expect(await judgeRing({ properties: [], stop })).toEqual([])
    expect([await judgeRing({ stop }), asked]).toEqual([holds, 1])
  })
  test("nothing is judged that takes more memory than there is", async () => {
    // 80 bytes for each of 4 states, 8 for each of 1 initial state and 4 steps.
    expect(await judgeRing({ room: 360 })).toEqual(holds)
    expect(await judgeRing({ room: 359 })).toEqual(undecided("memory limit"))
  })
  test("nothing is judged that the search did not see all of, and the search's reason comes first", async () => {
    const allow = () => true
    expect(await judgeRing({ allow })).toEqual(undecided("restricted search"))
    expect(await judgeRing({ allow, room: 0 })).toEqual(undecided("restricted search"))
    expect(await judgeRing({ allow, states: 2 })).toEqual(undecided("state limit"))
  })
  test("nothing is judged where judging is stopped, for the reason that is given", async () => {
    expect(await judgeRing({ stop: () => "interrupted" })).toEqual(undecided("interrupted"))
    expect(await judgeRing({ stop: () => "time limit" })).toEqual(undecided("time limit"))
  })
})

describe("what cannot be judged is not", () => {
  const property = Property.eventually<At>("property", { holds: () => true })
  const endless: Steps = { a: [[1], [2], [3], [0]] }
  test.each([
    [{ states: 2 }, "state limit"],
    [{ depth: 2 }, "depth limit"]
  ] as const)("after a search that %j ended", async (limits, why) => {
    const { properties } = await Effect.runPromise(explore(graphModel(endless, 0), [property], { limits }))
    expect(properties[0]?.verdict).toEqual({ _tag: "inconclusive", why, checked: 0 })
  })
  test("with fairness for an action that does not exist", async () => {
    const wrong = Property.eventually<At>("property", { holds: () => true, fairness: { actions: { z: "weak" } } })
    const refused = await Effect.runPromise(Effect.flip(explore(graphModel(endless, 0), [wrong])))
    expect(refused.message).toBe(
      [
        'graph: the fairness of property "property" names an action that does not exist',
        '  "z" is none of "a"',
        "  Name actions as reports list them, such as `deliver Replicate`."
      ].join("\n")
    )
  })
  test("where the property or its premise throws, which is a verdict of its own", async () => {
    const verdict = await judge(endless, {
      holds: ({ at }) => {
        if (at === 3) throw new Error("three")
        return false
      }
    })
    expect(verdict).toEqual({ _tag: "failed", error: "Error: three" })
    const from = ({ at }: At) => {
      if (at === 2) throw new RangeError("two")
      return false
    }
    expect(await judge(endless, { holds: () => true, from })).toEqual({ _tag: "failed", error: "RangeError: two" })
  })
})
