/**
 * Liveness against the truth: a checker that tries every set of states a run could stay in for ever, on small random
 * graphs with random fairness.
 */
import { Effect } from "effect"
import fc from "fast-check"
import { expect, test } from "vitest"
import { type At, graphModel, type Steps } from "../../../test/graph-model.ts"
import { type EventuallyOptions, type Fairness, Property, type FairnessKind } from "../../property/index.ts"
import { explore } from "../Explorer.ts"

const judge = async (steps: Steps, options: EventuallyOptions<At, undefined>) => {
  const { properties } = await Effect.runPromise(
    explore(graphModel(steps, 0), [Property.eventually<At>("property", options)])
  )
  return properties[0]!.verdict
}

const fairnessKinds = ["none", "weak", "strong", "finite"] as const
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
      Object.fromEntries(names.map((name) => [name, fc.constantFrom(...fairnessKinds)]))
    ) as fc.Arbitrary<{
      readonly [action: string]: FairnessKind
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
      if (fairness[name] === "finite") continue
      for (const target of targets[state]!) {
        if (allowed(target) && !reached.has(target)) reached.set(target, distance + 1)
      }
    }
  }
  return reached
}

/** True if a run can be in exactly these states forever, taking every step between them again and again. */
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
