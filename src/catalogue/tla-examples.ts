/**
 * Specifications of the TLA+ Examples whose counts stand in its manifest, written anew: what they prove is that whole-state
 * models mean what TLC means.
 */
import { lamportMutexModel } from "../../models/reference/lamport-mutex.ts"
import { lockModel, petersonModel } from "../../models/reference/locks.ts"
import { movingCatModel } from "../../models/reference/moving-cat.ts"
import { replicatedLogModel } from "../../models/reference/replicated-log.ts"
import { simpleConcurrencyModel } from "../../models/reference/simple-concurrency.ts"
import { synodModel } from "../../models/reference/synod.ts"
import { votingModel } from "../../models/reference/voting.ts"
import { type Entry, entry } from "../suite/Suite.ts"
import {
  catIsFound,
  lamportMutexClaims,
  mutualExclusion,
  petersonClaims,
  replicatedLogClaims,
  simpleConcurrencyClaims,
  synodClaims,
  votingClaims
} from "./tla-claims.ts"

const consensus = [
  entry(votingModel, {
    claims: () => votingClaims,
    settings: [
      { ballots: 2, mutant: "none" },
      { ballots: 3, mutant: "none" },
      { ballots: 2, mutant: "votes-unsafely" },
      { ballots: 2, mutant: "votes-twice" }
    ]
  }),
  entry(synodModel, {
    claims: ({ ballots }) => synodClaims({ ballots }),
    settings: [
      { ballots: 2, mutant: "none" },
      { ballots: 2, mutant: "forgets-promise" },
      { ballots: 2, mutant: "ignores-votes" }
    ]
  })
]

const mutexes = [
  entry(lockModel, { claims: () => [mutualExclusion], settings: [{}] }),
  entry(petersonModel, { claims: () => petersonClaims, settings: [{ mutant: "none" }, { mutant: "asks-first" }] }),
  entry(lamportMutexModel, {
    claims: () => lamportMutexClaims,
    settings: [
      { processes: 2, clocks: 6, mutant: "none" },
      { processes: 2, clocks: 6, mutant: "enters-early" }
    ],
    deep: [{ processes: 3, clocks: 6, mutant: "none" }]
  })
]

/** The entries. */
export const tlaExamples: ReadonlyArray<Entry> = [
  ...consensus,
  ...mutexes,
  entry(replicatedLogModel, {
    claims: () => replicatedLogClaims,
    settings: [
      { nodes: 3, mutant: "none" },
      { nodes: 2, mutant: "none" },
      { nodes: 2, mutant: "appends-behind" }
    ]
  }),
  entry(movingCatModel, {
    claims: () => [catIsFound],
    settings: [
      { boxes: 6, mutant: "none" },
      { boxes: 5, mutant: "none" },
      { boxes: 6, mutant: "stands-still" }
    ]
  }),
  entry(simpleConcurrencyModel, {
    claims: () => simpleConcurrencyClaims,
    settings: [
      { n: 5, mutant: "none" },
      { n: 5, mutant: "reads-first" }
    ]
  })
]
