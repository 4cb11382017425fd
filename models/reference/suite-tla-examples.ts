/**
 * Specifications of the TLA+ Examples whose counts are in its manifest, written anew: they prove that whole-state
 * models have TLC's semantics.
 */
import { coffeeCanModel } from "./coffee-can.ts"
import { lamportMutexModel } from "./lamport-mutex.ts"
import { lockModel, petersonModel } from "./locks.ts"
import { majorityModel } from "./majority.ts"
import { movingCatModel } from "./moving-cat.ts"
import { prisonersModel } from "./prisoners.ts"
import { readersWritersModel } from "./readers-writers.ts"
import { replicatedLogModel } from "./replicated-log.ts"
import { simpleConcurrencyModel } from "./simple-concurrency.ts"
import { synodModel } from "./synod.ts"
import { terminationModel } from "./termination.ts"
import { tokenRingModel } from "./token-ring.ts"
import { votingModel } from "./voting.ts"
import { entry, type Entry } from "plait"
import {
  catIsFound,
  coffeeCanProperties,
  lamportMutexProperties,
  majorityProperties,
  mutualExclusion,
  petersonProperties,
  prisonersProperties,
  readersWritersProperties,
  replicatedLogProperties,
  simpleConcurrencyProperties,
  synodProperties,
  terminationProperties,
  tokenRingProperties,
  votingProperties
} from "./tla-properties.ts"

const consensus = [
  entry(votingModel, {
    properties: () => votingProperties,
    settings: [
      { ballots: 2, mutant: "none" },
      { ballots: 3, mutant: "none" },
      { ballots: 2, mutant: "votes-unsafely" },
      { ballots: 2, mutant: "votes-twice" }
    ]
  }),
  entry(synodModel, {
    properties: ({ ballots }) => synodProperties({ ballots }),
    settings: [
      { ballots: 2, mutant: "none" },
      { ballots: 2, mutant: "forgets-promise" },
      { ballots: 2, mutant: "ignores-votes" }
    ]
  })
]

const mutexes = [
  entry(lockModel, { properties: () => [mutualExclusion], settings: [{}] }),
  entry(petersonModel, {
    properties: () => petersonProperties,
    settings: [{ mutant: "none" }, { mutant: "asks-first" }]
  }),
  entry(lamportMutexModel, {
    properties: () => lamportMutexProperties,
    settings: [
      { processes: 2, clocks: 6, mutant: "none" },
      { processes: 2, clocks: 6, mutant: "enters-early" }
    ],
    deep: [{ processes: 3, clocks: 6, mutant: "none" }]
  })
]

const others = [
  entry(tokenRingModel, {
    properties: ({ values }) => tokenRingProperties({ values }),
    settings: [
      { nodes: 6, values: 6 },
      { nodes: 4, values: 3 },
      { nodes: 4, values: 2 }
    ]
  }),
  entry(coffeeCanModel, {
    properties: () => coffeeCanProperties,
    settings: [
      { beans: 10, mutant: "none" },
      { beans: 100, mutant: "none" },
      { beans: 10, mutant: "loses-one" }
    ]
  }),
  entry(prisonersModel, {
    properties: () => prisonersProperties,
    settings: [
      { others: 3, mutant: "none" },
      { others: 3, mutant: "switches-thrice" }
    ]
  }),
  entry(majorityModel, {
    properties: () => majorityProperties,
    settings: [
      { length: 5, mutant: "none" },
      { length: 5, mutant: "never-counts-down" }
    ]
  }),
  entry(terminationModel, {
    properties: () => terminationProperties,
    settings: [
      { nodes: 4, mutant: "none" },
      { nodes: 3, mutant: "overlooks-messages" }
    ]
  }),
  entry(readersWritersModel, {
    properties: () => readersWritersProperties,
    settings: [
      { actors: 2, mutant: "none" },
      { actors: 3, mutant: "none" },
      { actors: 2, mutant: "reads-beside-writers" }
    ]
  })
]

/** The entries. */
export const tlaExamples: ReadonlyArray<Entry> = [
  ...consensus,
  ...mutexes,
  ...others,
  entry(replicatedLogModel, {
    properties: () => replicatedLogProperties,
    settings: [
      { nodes: 3, mutant: "none" },
      { nodes: 2, mutant: "none" },
      { nodes: 2, mutant: "appends-behind" }
    ]
  }),
  entry(movingCatModel, {
    properties: () => [catIsFound],
    settings: [
      { boxes: 6, mutant: "none" },
      { boxes: 5, mutant: "none" },
      { boxes: 6, mutant: "stands-still" }
    ]
  }),
  entry(simpleConcurrencyModel, {
    properties: () => simpleConcurrencyProperties,
    settings: [
      { n: 5, mutant: "none" },
      { n: 5, mutant: "reads-first" }
    ]
  })
]
