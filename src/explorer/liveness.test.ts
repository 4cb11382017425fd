/**
 * Liveness against the truth: a checker that tries every set of states a run could stay in for ever, on small random
 * graphs with random fairness; and by hand what weak and strong fairness, stopping and the three forms of claim mean.
 */
import { Effect, Schema } from "effect"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Choice, WholeState } from "../model/index.ts"
import { type EventuallyOptions, type Fairness, Property, type Strength } from "../property/index.ts"
import type { Trace } from "../trace/Trace.ts"
import { explore } from "./Explorer.ts"

/** Per action, per state, the states it leads to. */
type Steps = { readonly [action: string]: ReadonlyArray<ReadonlyArray<number>> }

const graph = (steps: Steps) =>
  WholeState.make("graph", {
    variables: { at: WholeState.variable(Schema.Natural, 0) },
    actions: ({ at }) =>
      Object.fromEntries(
        Object.entries(steps).map(([name, targets]) => [
          name,
          WholeState.action(
            Effect.gen(function* () {
              const choices = targets[yield* at.get] ?? []
              yield* WholeState.when(choices.length > 0)
              yield* at.set(yield* Choice.among(choices))
            })
          )
        ])
      )
  })

interface At {
  readonly at: number
}

const judge = async (steps: Steps, options: EventuallyOptions<At, undefined>) => {
  const { properties } = await Effect.runPromise(explore(graph(steps), [Property.eventually<At>("claim", options)]))
  return properties[0]!.verdict
}

/** The states of a counterexample's stem, and those of its loop. */
const lassoOf = (trace: Trace) => {
  const path = [trace.initial, ...trace.steps.map(({ state }) => state)].map(({ at }) => at)
  return { path, loop: trace.loop }
}

const strengths = ["none", "weak", "strong", "stops"] as const
const names = ["a", "b", "c"] as const

const scenario = fc.integer({ min: 2, max: 5 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    steps: fc.record(
      Object.fromEntries(
        names.map((name) => [
          name,
          fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 2 }), { minLength: size, maxLength: size })
        ])
      )
    ) as fc.Arbitrary<Steps>,
    fairness: fc.record(
      Object.fromEntries(names.map((name) => [name, fc.constantFrom(...strengths)]))
    ) as fc.Arbitrary<{
      readonly [action: string]: Strength
    }>,
    holds: fc.uniqueArray(fc.nat(size - 1)),
    from: fc.option(fc.uniqueArray(fc.nat(size - 1)), { nil: undefined }),
    stable: fc.boolean()
  })
)

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never

/** The states to which a state leads along states that are allowed, with the number of steps. */
const reach = (
  steps: Steps,
  start: number,
  allowed: (state: number) => boolean,
  fairness: Fairness["actions"] = {}
) => {
  const reached = new Map(allowed(start) ? [[start, 0]] : [])
  for (const [state, distance] of reached) {
    for (const [name, targets] of Object.entries(steps)) {
      if (fairness[name] === "stops") continue
      for (const target of targets[state]!) {
        if (allowed(target) && !reached.has(target)) reached.set(target, distance + 1)
      }
    }
  }
  return reached
}

/** Whether a run can be in exactly these states for ever, taking every step between them again and again. */
const isFairSet = ({ fairness, steps }: Scenario, set: ReadonlySet<number>): boolean => {
  const inside = (state: number): boolean => set.has(state)
  const connected = [...set].every((state) => reach(steps, state, inside, fairness).size === set.size)
  if (!connected) return false
  return Object.entries(steps).every(([name, targets]) => {
    const isEnabled = (state: number): boolean => targets[state]!.some((target) => target !== state)
    const isTaken = [...set].some((state) => targets[state]!.some((target) => target !== state && set.has(target)))
    if (fairness[name] === "weak") return isTaken || ![...set].every(isEnabled)
    return fairness[name] !== "strong" || isTaken || ![...set].some(isEnabled)
  })
}

/** The truth, with the length of the shortest stem: every subset of the states is tried. */
const truth = (scenario: Scenario): readonly [verdict: string, stem: number] => {
  const { from, holds, size, stable, steps } = scenario
  const everywhere = reach(steps, 0, () => true)
  const begins = from === undefined ? [0] : [...everywhere.keys()].filter((state) => from.includes(state))
  if (begins.length === 0) return ["vacuous", 0]
  const lacks = (state: number): boolean => !holds.includes(state)
  const stems = new Map<number, number>()
  for (const begin of begins) {
    for (const [state, distance] of reach(steps, begin, stable ? () => true : lacks)) {
      stems.set(state, Math.min(stems.get(state) ?? Infinity, everywhere.get(begin)! + distance))
    }
  }
  let shortest = Infinity
  for (let bits = 1; bits < 2 ** size; bits++) {
    const set = new Set(Array.from({ length: size }, (_, state) => state).filter((state) => bits & (1 << state)))
    if (![...set].every((state) => stems.has(state)) || ![...set].some(lacks) || !isFairSet(scenario, set)) continue
    shortest = Math.min(shortest, ...[...set].map((state) => stems.get(state)!))
  }
  return shortest === Infinity ? ["holds", 0] : ["violated", shortest]
}

test("verdict and shortest stem are those of the checker that tries all subsets, on a thousand graphs", async () => {
  const seen = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(scenario, async (each) => {
      const { fairness, from, holds, stable, steps } = each
      const verdict = await judge(steps, {
        holds: ({ at }) => holds.includes(at),
        ...(from === undefined ? {} : { from: ({ at }: At) => from.includes(at) }),
        stable,
        fairness: { actions: fairness }
      })
      seen.set(verdict._tag, (seen.get(verdict._tag) ?? 0) + 1)
      expect([verdict._tag, verdict._tag === "violated" ? verdict.evidence.loop : 0]).toEqual(truth(each))
    }),
    { numRuns: 1000, seed: 1 }
  )
  for (const tag of ["holds", "violated", "vacuous"]) expect(seen.get(tag)).toBeGreaterThan(30)
})

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
    const stopped = await arrives({ actions: { a: "stops" } })
    expect(stopped._tag === "violated" && lassoOf(stopped.evidence)).toEqual({ path: [0], loop: 0 })
  })
})

describe("the three forms of a claim", () => {
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

test("the stem is the shortest, also where the claim begins late and a nearer loop lacks nothing", async () => {
  // 0 → 1 → 0 is a loop with the claim true in 0; only from 3 on it stays false.
  const steps: Steps = { a: [[1], [0], [3], [4], [3]], b: [[], [2], [], [], []] }
  const verdict = await judge(steps, { holds: ({ at }) => at === 0, from: ({ at }) => at > 0 })
  expect(verdict._tag === "violated" && lassoOf(verdict.evidence)).toEqual({ path: [0, 1, 2, 3, 4, 3], loop: 3 })
})

describe("what cannot be judged is not", () => {
  const claim = Property.eventually<At>("claim", { holds: () => true })
  const endless: Steps = { a: [[1], [2], [3], [0]] }
  test.each([
    [{ states: 2 }, "state limit"],
    [{ depth: 2 }, "depth limit"]
  ] as const)("after a search that %j ended", async (limits, why) => {
    const { properties } = await Effect.runPromise(explore(graph(endless), [claim], { limits }))
    expect(properties[0]?.verdict).toEqual({ _tag: "inconclusive", why, checked: 0 })
  })
  test("with fairness for an action that does not exist", async () => {
    const wrong = Property.eventually<At>("claim", { holds: () => true, fairness: { actions: { z: "weak" } } })
    const refused = await Effect.runPromise(Effect.flip(explore(graph(endless), [wrong])))
    expect(refused.message).toBe(
      [
        'graph: the fairness of property "claim" names an action that does not exist',
        '  "z" is none of "a"',
        "  Name actions as reports list them, such as `deliver Replicate`."
      ].join("\n")
    )
  })
  test("where the claim throws, which is a verdict of its own", async () => {
    const verdict = await judge(endless, {
      holds: ({ at }) => {
        if (at === 3) throw new Error("three")
        return false
      }
    })
    expect(verdict).toEqual({ _tag: "failed", error: "Error: three" })
  })
})
