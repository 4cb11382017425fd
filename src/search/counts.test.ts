/**
 * Published counts, closed forms and conservation laws.
 */
import { Effect } from "effect"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { catalogue } from "../../test/catalogue.ts"
import { growOnlySetModel } from "../../models/crdt/grow-only-set.ts"
import { lamportRegisterModel } from "../../models/crdt/lamport-register.ts"
import { forgetfulTwoPhaseCommitModel, twoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import { noSplitDecision } from "../../properties/atomic-commit.ts"
import { casesOf } from "../suite/Suite.ts"
import type { System } from "../model/index.ts"
import type { Exploration } from "./Exploration.ts"
import { explore } from "./Explorer.ts"

const run = <View>(system: System<View>): Promise<Exploration> =>
  Effect.runPromise(explore(system, [], { checkDeterminism: true }))

describe("two-phase commit has the states of TwoPhase.tla", () => {
  // TLA+ Examples manifest; Stateright's 2pc test; closing comment of TwoPhase.tla; n = 7 by TLC and Stateright.
  const published = [
    [3, 288, 1146, 10],
    [5, 8832, 58_146, 16],
    [6, 50_816, 402_306, 19],
    [7, 296_448, 2_744_706, 22]
  ]
  test.each(published)(
    "%i resource managers: %i distinct, %i generated, depth %i",
    async (n, distinct, generated, depth) => {
      const found = await run(twoPhaseCommitModel.system({ n: n ?? 0 }))
      expect([found.distinct, found.generated, found.depth, found.complete]).toEqual([distinct, generated, depth, true])
    }
  )

  test("a manager that forgets one resource manager: 308 and 1,217, wrong in 7 steps (TLC, Stateright, Spin)", async () => {
    const found = await Effect.runPromise(explore(forgetfulTwoPhaseCommitModel.system({ n: 3 }), [noSplitDecision]))
    const { verdict } = found.properties[0]!
    expect([found.distinct, found.generated]).toEqual([308, 1217])
    expect(verdict._tag === "violated" ? verdict.evidence.steps.length : verdict._tag).toBe(7)
  })
})

test("the Lamport register of three replicas, two writes each: 274,651 distinct, 1,434,810 transitions, depth 18", async () => {
  // Two independent explorers, one of them Spin; their "generated" leaves out the initial state.
  const found = await run(lamportRegisterModel.system({ replicas: 3, writes: 2 }))
  expect([found.distinct, found.generated - found.initial, found.depth]).toEqual([274_651, 1_434_810, 18])
})

test("a grow-only set of R replicas and n additions has (1 + 2^(R-1))^n states and depth R·n", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 }), async (replicas, operations) => {
      const found = await run(growOnlySetModel.system({ replicas, operations }))
      expect(found.distinct).toBe((1 + 2 ** (replicas - 1)) ** operations)
      expect(found.depth).toBe(replicas * operations)
    }),
    { numRuns: 15 }
  )
})

/** One setting of each model; `plait verify` tests the laws in every case, since each search does it itself. */
const first = catalogue.flatMap((entry) => casesOf([entry], false).slice(0, 1))

describe("conservation and determinism", () => {
  test.each(first)("$id", async ({ entry, values }) => {
    const { properties, system } = entry.build(values)
    const first = await Effect.runPromise(explore(system, properties, { checkDeterminism: true }))
    const again = await Effect.runPromise(explore(system, properties))
    const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, each) => total + each, 0)
    expect(sum(first.actions.map(({ taken }) => taken)) + first.initial).toBe(first.generated)
    expect(sum(first.actions.map(({ fresh }) => fresh)) + first.initial).toBe(first.distinct)
    expect(sum(first.levels)).toBe(first.distinct)
    const same = ({ costs, elapsedMillis: _, handlerRuns: __, ...rest }: Exploration) =>
      JSON.stringify([rest, costs?.map(({ action, reads }) => [action, reads])])
    expect(same(again)).toBe(same(first))
  })
})
