/**
 * Specifications of the TLA+ Examples whose counts stand in its manifest, with what each mutant breaks. TLC counts the
 * states of the longest shortest run, so that its depth is one more than ours.
 */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { explore, type Property, type System } from "../../src/index.ts"
import { lockModel, mutualExclusion, petersonClaims, petersonModel } from "./locks.ts"
import { catIsFound, movingCatModel } from "./moving-cat.ts"
import { simpleConcurrencyClaims, simpleConcurrencyModel } from "./simple-concurrency.ts"

const found = async <View>(system: System<View>, claims: ReadonlyArray<Property<View>> = []) => {
  const { depth, distinct, generated, properties } = await Effect.runPromise(explore(system, claims))
  const verdicts = properties.map(({ verdict }) =>
    "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
  )
  return { counts: [distinct, generated, depth + 1], verdicts }
}

const verdicts = async <View>(system: System<View>, claims: ReadonlyArray<Property<View>>) =>
  (await found(system, claims)).verdicts

test("a lock and Peterson's algorithm: 12, 21, depth 5, and 42, 77, depth 11 (locks_auxiliary_vars)", async () => {
  expect(await found(lockModel.system({}), [mutualExclusion])).toEqual({ counts: [12, 21, 5], verdicts: ["holds"] })
  const all = await found(petersonModel.system({ mutant: "none" }), petersonClaims)
  expect(all).toEqual({ counts: [42, 77, 11], verdicts: ["holds", "holds", "holds"] })
  const broken = await verdicts(petersonModel.system({ mutant: "asks-first" }), petersonClaims)
  expect(broken.map((verdict) => verdict.slice(0, 8))).toEqual(["violated", "violated", "holds"])
})

test("a moving cat: 48 distinct, 128 generated, depth 1 with six boxes, 30 and 78 with five (Moving_Cat_Puzzle)", async () => {
  expect(await found(movingCatModel.system({ boxes: 6, mutant: "none" }), [catIsFound])).toEqual({
    counts: [48, 128, 1],
    verdicts: ["holds"]
  })
  expect((await found(movingCatModel.system({ boxes: 5, mutant: "none" }))).counts).toEqual([30, 78, 1])
  expect(
    (await verdicts(movingCatModel.system({ boxes: 6, mutant: "stands-still" }), [catIsFound]))[0]?.slice(0, 8)
  ).toBe("violated")
})

test("a circle of five processes: 723 distinct, 1,842 generated, depth 11 (TeachingConcurrency/Simple.cfg)", async () => {
  expect(await found(simpleConcurrencyModel.system({ n: 5, mutant: "none" }), simpleConcurrencyClaims)).toEqual({
    counts: [723, 1842, 11],
    verdicts: ["holds", "holds"]
  })
  const broken = await verdicts(simpleConcurrencyModel.system({ n: 5, mutant: "reads-first" }), simpleConcurrencyClaims)
  expect(broken).toEqual(["violated in 10", "holds"])
})
