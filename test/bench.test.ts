/**
 * The benchmark compares like with like: its plain models have the counts of the models they stand for.
 */
import { expect, it } from "vitest"
import { exploreObjects } from "../bench/object-explorer.ts"
import { plainGrowOnlySet, plainRegister, plainTwoPhaseCommit } from "../bench/plain-models.ts"

it("the object explorer counts what is published or has a closed form", () => {
  // (1 + 2^(R-1))^n, and TLC's count of TwoPhase.tla with five resource managers.
  expect(exploreObjects(plainGrowOnlySet(3, 5), Infinity).distinct).toBe(3125)
  expect(exploreObjects(plainTwoPhaseCommit(5), Infinity)).toEqual({ distinct: 8832, generated: 58_146 })
  // 274,651 and 1,434,810 steps for three replicas take it seconds; these are plait's own for two.
  expect(exploreObjects(plainRegister(2, 2), Infinity)).toEqual({ distinct: 132, generated: 257 })
})
