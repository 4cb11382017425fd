/**
 * More specifications of the TLA+ Examples with the counts of its manifests: distinct, generated, depth (TLC's is one more
 * than ours), and what each mutant breaks.
 */
import { Effect } from "effect"
import { expect, test } from "vitest"
import type { Property, System } from "plait"
import { explore } from "../../test/explore-given.ts"
import {
  coffeeCanProperties,
  majorityProperties,
  prisonersProperties,
  readersWritersProperties,
  terminationProperties,
  tokenRingProperties
} from "./tla-properties.ts"
import { coffeeCanModel } from "./coffee-can.ts"
import { majorityModel } from "./majority.ts"
import { prisonersModel } from "./prisoners.ts"
import { readersWritersModel } from "./readers-writers.ts"
import { terminationModel } from "./termination.ts"
import { tokenRingModel } from "./token-ring.ts"

const found = async <View>(system: System<View>, properties: ReadonlyArray<Property<View>>) => {
  const { depth, distinct, generated, properties: results } = await Effect.runPromise(explore(system, properties))
  return { counts: [distinct, generated, depth + 1], verdicts: results.map(({ verdict }) => verdict._tag) }
}

test("a stabilizing ring: 46,656 distinct, 248,832 generated, depth 1 (ewd426/TokenRing.cfg)", async () => {
  expect(await found(tokenRingModel.system({ nodes: 6, values: 6 }), tokenRingProperties({ values: 6 }))).toEqual({
    counts: [46656, 248832, 1],
    verdicts: ["holds"]
  })
  const few = await found(tokenRingModel.system({ nodes: 4, values: 2 }), tokenRingProperties({ values: 2 }))
  expect(few.verdicts).toEqual(["violated"])
})

test("a coffee can: 5,150 distinct, 20,002 generated, depth 1 (CoffeeCan/CoffeeCan100Beans.cfg)", async () => {
  expect(await found(coffeeCanModel.system({ beans: 100, mutant: "none" }), coffeeCanProperties)).toEqual({
    counts: [5150, 20002, 1],
    verdicts: ["holds", "holds", "holds", "holds"]
  })
  const broken = await found(coffeeCanModel.system({ beans: 10, mutant: "loses-one" }), coffeeCanProperties)
  expect(broken.verdicts).toEqual(["violated", "holds", "violated", "holds"])
})

test("prisoners: 214 distinct, 860 generated, depth 14 (Prisoners/Prisoners.cfg)", async () => {
  expect(await found(prisonersModel.system({ others: 3, mutant: "none" }), prisonersProperties)).toEqual({
    counts: [214, 860, 14],
    verdicts: ["holds", "holds"]
  })
  const broken = await found(prisonersModel.system({ others: 3, mutant: "switches-thrice" }), prisonersProperties)
  expect(broken.verdicts).toEqual(["violated", "holds"])
})

test("majority vote: 2,733 distinct, 3,459 generated, depth 6 (Majority/MCMajority.cfg)", async () => {
  expect(await found(majorityModel.system({ length: 5, mutant: "none" }), majorityProperties)).toEqual({
    counts: [2733, 3459, 6],
    verdicts: ["holds", "reached"]
  })
  const broken = await found(majorityModel.system({ length: 5, mutant: "never-counts-down" }), majorityProperties)
  expect(broken.verdicts).toEqual(["violated", "reached"])
})

test("termination: 4,097 distinct, 53,271 generated, depth 14 (ewd998/AsyncTerminationDetection.cfg)", async () => {
  expect(await found(terminationModel.system({ nodes: 4, mutant: "none" }), terminationProperties)).toEqual({
    counts: [4097, 53271, 14],
    verdicts: ["holds", "holds", "reached"]
  })
  const broken = await found(terminationModel.system({ nodes: 3, mutant: "overlooks-messages" }), terminationProperties)
  expect(broken.verdicts).toEqual(["violated", "holds", "reached"])
})

test("readers and writers: 21,527 distinct, 59,674 generated, depth 13 (ReadersWriters/MC.cfg)", async () => {
  expect(await found(readersWritersModel.system({ actors: 3, mutant: "none" }), readersWritersProperties)).toEqual({
    counts: [21527, 59674, 13],
    verdicts: ["holds", "holds", "holds"]
  })
  const broken = await found(
    readersWritersModel.system({ actors: 2, mutant: "reads-beside-writers" }),
    readersWritersProperties
  )
  expect(broken.verdicts[0]).toBe("violated")
})
