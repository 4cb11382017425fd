/**
 * The engine and the reference explorer say the same of random systems and of models with published counts. A
 * disagreement shrinks and is printed as a test to paste here. `npm run trust` does the same for ten thousand systems.
 */
import { expect, test } from "vitest"
import { growOnlySetModel } from "../../models/crdt/grow-only-set.ts"
import { lamportRegisterModel } from "../../models/crdt/lamport-register.ts"
import { forgetfulTwoPhaseCommitModel, twoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import { everyoneDecided, noSplitDecision } from "../../properties/atomic-commit.ts"
import type { System } from "../../src/model/index.ts"
import { agreementOn } from "./agreement.ts"
import { randomAgreement, sorts } from "./random-agreement.ts"
import { referenceFigures } from "./ReferenceExplorer.ts"

const verdicts = ["holds", "violated", "reached", "unreached", "vacuous", "failed"]

const agree = async <Case extends object>(sort: Parameters<typeof randomAgreement<Case>>[0], count: number) => {
  const { agreed, byVerdict, disagreement } = await randomAgreement(sort, count, 20)
  expect([disagreement, agreed]).toEqual([undefined, count])
  return [...verdicts, "violated after"].filter((verdict) => !byVerdict.has(verdict))
}

// Every verdict that a complete search can give is among what was agreed on, but for those that each sort lacks.

test("three hundred random systems of nodes, in every figure and verdict", async () => {
  expect(await agree(sorts.nodes, 300)).toEqual(["violated after"])
})

test("three hundred random whole-state models, in every figure, verdict and fairness", async () => {
  expect(await agree(sorts.variables, 300)).toEqual([])
})

test("three hundred bounded whole-state models, in what is enabled, fair as one, and refined", async () => {
  expect(await agree(sorts.bounded, 300)).toEqual([])
})

test("a hundred systems of nodes whose runs need not end, in what happens eventually", async () => {
  expect(await agree(sorts.runs, 100)).toEqual(["reached", "unreached"])
})

test("the reference explorer itself has the published counts", () => {
  const figures = (system: System<unknown>) => {
    const found = referenceFigures(system, [], 3_000)
    return [found?.distinct, found?.generated, found?.depth]
  }
  // TLA+ Examples manifest and Stateright's test; TLC, Stateright and Spin; closed form (1 + 2²)³ and 3 · 3 steps.
  expect(figures(twoPhaseCommitModel.system({ n: 3 }))).toEqual([288, 1146, 10])
  expect(figures(forgetfulTwoPhaseCommitModel.system({ n: 3 })).slice(0, 2)).toEqual([308, 1217])
  const sets = figures(growOnlySetModel.system({ replicas: 3, operations: 3 }))
  expect([sets[0], sets[2]]).toEqual([125, 9])
})

test("both say the same of two-phase commit, whose forgetful manager is caught in 7 steps, and of a Lamport register", async () => {
  const properties = [noSplitDecision, everyoneDecided] as never
  const forgetful = await agreementOn(forgetfulTwoPhaseCommitModel.system({ n: 3 }), properties)
  expect(forgetful._tag === "agreed" ? forgetful.figures.verdicts[0] : forgetful).toBe("violated in 7 with 0 faults")
  expect((await agreementOn(twoPhaseCommitModel.system({ n: 3 }), properties))._tag).toBe("agreed")
  expect((await agreementOn(lamportRegisterModel.system({ replicas: 2, writes: 2 }), []))._tag).toBe("agreed")
})
