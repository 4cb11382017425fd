/**
 * Models whose counts are published: they test the search. Registers are checked with the history of their clients in
 * the state, as in the sources of their counts.
 */
import { abdModel, type AbdServer } from "./abd-register.ts"
import { alternatingBitModel } from "./alternating-bit.ts"
import { ewd840Model } from "./ewd840.ts"
import { lwwRegisterModel } from "./lww-register.ts"
import { paxosModel, type PaxosServer } from "./paxos.ts"
import type { ClientState } from "./register-client.ts"
import { type SingleCopy, singleCopyModel } from "./single-copy-register.ts"
import { transactionCommitModel } from "./transaction-commit.ts"
import { forgetfulTwoPhaseCommitModel, twoPhaseCommitModel } from "./two-phase-commit.ts"
import { growOnlySetModel } from "../crdt/grow-only-set.ts"
import { lamportRegisterModel } from "../crdt/lamport-register.ts"
import { agreement } from "plait/properties/agreement"
import { acknowledgedAfterReceived, receivedOnce, valueRepeated } from "plait/properties/alternating-bit"
import { convergence } from "plait/properties/convergence"
import { everyoneDecided, noSplitDecision } from "plait/properties/atomic-commit"
import { silentNodesAgree, writesCross } from "plait/properties/last-writer-wins"
import { linearizability } from "plait/properties/linearizability"
import { detectedIsTerminated, probeInvariant, terminationDetected } from "plait/properties/termination-detection"
import { entry, type Entry, type NodesView, Property } from "plait"

const commitProperties = () => [noSplitDecision, everyoneDecided]

const commits = [
  entry(twoPhaseCommitModel, {
    properties: commitProperties,
    settings: [{ n: 3 }, { n: 5 }, { n: 6 }, { n: 7 }],
    deep: [{ n: 8 }, { n: 9 }]
  }),
  entry(forgetfulTwoPhaseCommitModel, { properties: commitProperties, settings: [{ n: 3 }] }),
  entry(transactionCommitModel, {
    properties: commitProperties,
    settings: [
      { n: 3, mutant: "none" },
      { n: 3, mutant: "commits-alone" },
      { n: 3, mutant: "aborts-late" }
    ]
  })
]

const alternatingBit = entry(alternatingBitModel, {
  properties: () => [receivedOnce, acknowledgedAfterReceived, valueRepeated],
  settings: [
    { room: 2, values: 2, mutant: "none" },
    { room: 2, values: 2, mutant: "believes-any-acknowledgement" },
    { room: 2, values: 2, mutant: "overtaking" }
  ]
})

const ewd840 = entry(ewd840Model, {
  properties: () => [detectedIsTerminated, probeInvariant, terminationDetected],
  settings: [
    { n: 3, mutant: "none" },
    { n: 4, mutant: "none" },
    { n: 3, mutant: "stays-white" },
    { n: 3, mutant: "launders" }
  ]
})

/** Guard against vacuity: Stateright's "value chosen". */
const writeIsRead = <State>() =>
  Property.reachable<NodesView<State>>("a client is told of a value that was written", {
    holds: ({ nodes }) =>
      nodes.some(({ inbox }) =>
        inbox.some(({ message }) => "value" in message && message._tag === "GetOk" && message.value !== null)
      )
  })

const singleCopy = entry(singleCopyModel, {
  properties: () => [linearizability, writeIsRead<SingleCopy | ClientState>()],
  settings: [
    { clients: 2, servers: 1, mutant: "none" },
    { clients: 3, servers: 1, mutant: "none" },
    { clients: 2, servers: 2, mutant: "none" },
    { clients: 2, servers: 1, mutant: "forgets" }
  ],
  deep: [{ clients: 4, servers: 1, mutant: "none" }]
})

const abd = entry(abdModel, {
  properties: () => [linearizability, writeIsRead<AbdServer | ClientState>()],
  settings: [
    { clients: 2, servers: 2, mutant: "none" },
    { clients: 3, servers: 2, mutant: "none" },
    { clients: 1, servers: 3, mutant: "none" },
    { clients: 3, servers: 2, mutant: "reads-one-copy" },
    { clients: 1, servers: 3, mutant: "acknowledges-early" }
  ]
})

// Deadlocks are expected: a server that has a proposal of its own ignores another client, which does not repeat its
// request.
const paxos = entry(paxosModel, {
  properties: () => [
    linearizability,
    agreement<PaxosServer | ClientState>({
      decision: (state) => ("decided" in state && state.decided ? state.accepted?.proposal.value : undefined)
    }),
    writeIsRead<PaxosServer | ClientState>()
  ],
  settings: [
    { clients: 2, servers: 3, mutant: "none" },
    { clients: 2, servers: 3, mutant: "ignores-accepted" },
    { clients: 2, servers: 3, mutant: "accepts-old-ballots" }
  ]
})

const lwwRegister = entry(lwwRegisterModel, {
  properties: () => [silentNodesAgree, writesCross],
  settings: [{ nodes: 2, values: 2, horizon: 1, stamping: "witnesses" }],
  deep: [
    { nodes: 2, values: 2, horizon: 1, stamping: "published" },
    { nodes: 2, values: 2, horizon: 1, stamping: "remembers" },
    { nodes: 2, values: 2, horizon: 1, stamping: "ties-by-arrival" }
  ]
})

/** The entries. */
export const reference: ReadonlyArray<Entry> = [
  ...commits,
  entry(growOnlySetModel, {
    properties: () => [
      convergence<ReadonlySet<number>>({ view: (elements) => elements, written: (elements) => elements.size > 0 })
    ],
    settings: [
      { replicas: 3, operations: 5 },
      { replicas: 4, operations: 4 }
    ],
    deep: [{ replicas: 4, operations: 7 }]
  }),
  entry(lamportRegisterModel, {
    properties: () => [
      convergence<{ readonly timestamp: number; readonly writer: number }>({
        view: ({ timestamp, writer }) => ({ timestamp, writer }),
        written: ({ timestamp }) => timestamp > 0
      })
    ],
    settings: [
      { replicas: 3, writes: 1 },
      { replicas: 3, writes: 2 }
    ]
  }),
  alternatingBit,
  ewd840,
  singleCopy,
  abd,
  paxos,
  lwwRegister
]
