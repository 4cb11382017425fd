/**
 * Specifications of the TLA+ Examples whose counts stand in its manifest, with what each mutant breaks. TLC counts the
 * states of the longest shortest run, so that its depth is one more than ours.
 */
import { Effect } from "effect"
import { expect, test } from "vitest"
import type { Property, System } from "plait"
import { explore } from "../../test/explore-given.ts"
import {
  catIsFound,
  lamportMutexProperties,
  mutualExclusion,
  petersonProperties,
  replicatedLogProperties,
  simpleConcurrencyProperties,
  synodProperties,
  votingProperties
} from "./tla-properties.ts"
import { lamportMutexModel } from "./lamport-mutex.ts"
import { lockModel, petersonModel } from "./locks.ts"
import { movingCatModel } from "./moving-cat.ts"
import { replicatedLogModel } from "./replicated-log.ts"
import { simpleConcurrencyModel } from "./simple-concurrency.ts"
import { synodModel } from "./synod.ts"
import { votingModel } from "./voting.ts"

const found = async <View>(system: System<View>, properties: ReadonlyArray<Property<View>> = []) => {
  const {
    actions,
    depth,
    distinct,
    generated,
    properties: results
  } = await Effect.runPromise(explore(system, properties))
  const verdicts = results.map(({ verdict }) =>
    "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
  )
  const composed = actions.filter(({ name }) => name.endsWith("AndCuts")).reduce((sum, { taken }) => sum + taken, 0)
  // Of a step composed of two (\cdot) TLC counts the state in between, too: see replicated-log.ts.
  return { counts: [distinct, generated + composed, depth + 1], verdicts }
}

const verdicts = async <View>(system: System<View>, properties: ReadonlyArray<Property<View>>) =>
  (await found(system, properties)).verdicts

test("replicated log: 1,363 distinct, 17,425 generated, depth 13 (FiniteMonotonic/MCReplicatedLog.cfg)", async () => {
  const log = (mutant: "none" | "appends-behind") => replicatedLogModel.system({ nodes: 3, mutant })
  const all = await found(log("none"), replicatedLogProperties)
  expect(all).toEqual({ counts: [1363, 17425, 13], verdicts: ["holds", "holds", "reached in 4"] })
  expect((await verdicts(log("appends-behind"), replicatedLogProperties))[1]).toBe("violated in 2")
})

test("voting: 6,752 distinct, 41,017 generated, depth 16 (PaxosHowToWinATuringAward/MCVoting.cfg), and consensus", async () => {
  const voting = (mutant: "none" | "votes-unsafely" | "votes-twice") => votingModel.system({ ballots: 3, mutant })
  expect(await found(voting("none"), votingProperties)).toEqual({
    counts: [6752, 41017, 16],
    verdicts: ["holds", "holds", "reached in 4"]
  })
  // Two vote for one value in ballot 0, and two of the three for the other in ballot 1.
  expect(await verdicts(voting("votes-unsafely"), votingProperties)).toEqual([
    "violated in 4",
    "violated in 4",
    "reached in 2"
  ])
})

test("Paxos: 3,921 distinct, 23,563 generated, depth 17 (MCPaxosTiny.cfg); it implements voting", async () => {
  const synod = (mutant: "none" | "forgets-promise" | "ignores-votes") => synodModel.system({ ballots: 2, mutant })
  const properties = synodProperties({ ballots: 2 })
  expect((await found(synod("none"), properties)).counts).toEqual([3921, 23563, 17])
  expect((await verdicts(synod("none"), properties)).slice(0, 2)).toEqual(["holds", "holds"])
  for (const mutant of ["forgets-promise", "ignores-votes"] as const) {
    const [refines, agrees] = await verdicts(synod(mutant), properties)
    expect([refines?.slice(0, 8), agrees?.slice(0, 8)]).toEqual(["violated", "violated"])
  }
})

test("a lock and Peterson's algorithm: 12, 21, depth 5, and 42, 77, depth 11 (locks_auxiliary_vars)", async () => {
  expect(await found(lockModel.system({}), [mutualExclusion])).toEqual({ counts: [12, 21, 5], verdicts: ["holds"] })
  const all = await found(petersonModel.system({ mutant: "none" }), petersonProperties)
  expect(all).toEqual({ counts: [42, 77, 11], verdicts: ["holds", "holds", "holds"] })
  const broken = await verdicts(petersonModel.system({ mutant: "asks-first" }), petersonProperties)
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
  expect(await found(simpleConcurrencyModel.system({ n: 5, mutant: "none" }), simpleConcurrencyProperties)).toEqual({
    counts: [723, 1842, 11],
    verdicts: ["holds", "holds"]
  })
  const broken = await verdicts(
    simpleConcurrencyModel.system({ n: 5, mutant: "reads-first" }),
    simpleConcurrencyProperties
  )
  expect(broken).toEqual(["violated in 10", "holds"])
})

test("Lamport's mutual exclusion of two, whose mutant lets both in", async () => {
  // MCLamportMutex.cfg has three processes: 724,274 distinct, 2,729,079 generated, depth 61; see the deep cases.
  const mutex = (mutant: "none" | "enters-early") => lamportMutexModel.system({ processes: 2, clocks: 6, mutant })
  expect((await verdicts(mutex("none"), lamportMutexProperties)).slice(0, 2)).toEqual(["holds", "holds"])
  expect((await verdicts(mutex("enters-early"), lamportMutexProperties))[0]?.slice(0, 8)).toBe("violated")
})
