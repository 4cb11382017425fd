/**
 * Models whose counts are published: what they prove is the explorer.
 */
import { forgetfulTwoPhaseCommitModel, twoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import { growOnlySetModel } from "../../models/crdt/grow-only-set.ts"
import { lamportRegisterModel } from "../../models/crdt/lamport-register.ts"
import { convergence } from "../../properties/convergence.ts"
import { everyoneDecided, noSplitDecision } from "../../properties/atomic-commit.ts"
import { type Entry, entry } from "../suite/Suite.ts"

const commitClaims = () => [noSplitDecision, everyoneDecided]

/** The entries. */
export const reference: ReadonlyArray<Entry> = [
  entry(twoPhaseCommitModel, {
    claims: commitClaims,
    settings: [{ n: 3 }, { n: 5 }, { n: 7 }],
    deep: [{ n: 8 }, { n: 9 }]
  }),
  entry(forgetfulTwoPhaseCommitModel, { claims: commitClaims, settings: [{ n: 3 }] }),
  entry(growOnlySetModel, {
    claims: () => [
      convergence<ReadonlySet<number>>({ view: (elements) => elements, written: (elements) => elements.size > 0 })
    ],
    settings: [
      { replicas: 3, operations: 5 },
      { replicas: 4, operations: 4 }
    ],
    deep: [{ replicas: 4, operations: 7 }]
  }),
  entry(lamportRegisterModel, {
    claims: () => [
      convergence<{ readonly timestamp: number; readonly writer: number }>({
        view: ({ timestamp, writer }) => ({ timestamp, writer }),
        written: ({ timestamp }) => timestamp > 0
      })
    ],
    settings: [
      { replicas: 3, writes: 1 },
      { replicas: 3, writes: 2 }
    ]
  })
]
