/** The leaderless store: guarantees of R + W > N and their limits, setting by setting. */
import { Equal } from "effect"
import { leaderlessStoreModel } from "./leaderless-store.ts"
import { held, isLater, type QuorumState, quorumWrites } from "./quorum-replica.ts"
import { probeNames } from "./probes.ts"
import { causalConsistency } from "plait/properties/causal-consistency"
import { convergence, strongConvergence } from "plait/properties/convergence"
import { linearizability, sequentialConsistency } from "plait/properties/linearizability"
import { noFailedWriteIsRead } from "plait/properties/no-failed-write-read"
import { noLostWrite } from "plait/properties/no-lost-write"
import { readYourWrites } from "plait/properties/read-your-writes"
import { entry, type Entry, type NodesView, Property } from "plait"
import { parts } from "./guarantees.ts"
import { probeProperties } from "./suite.ts"

type View = NodesView<QuorumState>
type Values = Parameters<typeof leaderlessStoreModel.system>[0]

/** The three replicas; a fourth node is only a stand-in. */
const replicasOf = ({ nodes }: View) => nodes.slice(0, 3)

const survivors = (state: QuorumState): ReadonlyArray<string> => [
  ...quorumWrites(state),
  ...state.hints.map(({ version }) => version.write)
]

const handedOver = Property.eventually<View>("every hint is handed over", {
  from: ({ nodes }) => nodes.some(({ state }) => state.hints.length > 0),
  holds: ({ nodes }) =>
    nodes.every(({ state }) =>
      state.hints.every(({ home, key, version }) => {
        const there = nodes[home]
        return there === undefined || !isLater(version, held(there.state, key))
      })
    )
})

const everywhere = Property.eventually<View>("every replica that is up has every write in the end", {
  from: ({ nodes }) => nodes.some(({ state }) => survivors(state).length > 0),
  stable: true,
  holds: (view) => {
    const [first, ...others] = replicasOf(view).filter(({ up }) => up)
    return others.every(({ state }) => Equal.equals(state.versions, first?.state.versions))
  },
  explain: (view) => {
    const shows = replicasOf(view).map(({ id, state }) => `n${id} has ${quorumWrites(state).join(", ") || "nothing"}`)
    return `${shows.join(", ")}, and nothing will change that.`
  }
})

/** Guard against vacuity: the state that tests a quorum. */
const partly = Property.reachable<View>("one replica has a write that another lacks", {
  holds: (view) => {
    const having = replicasOf(view).filter(({ state }) => quorumWrites(state).length > 0).length
    return having > 0 && having < 3
  }
})

const shown = ({ versions }: QuorumState) => versions

const asked = (probe: Values["probe"]) => {
  if (probe === "write then read") return [linearizability, readYourWrites(), everywhere]
  if (probe !== "two writers") return probeProperties<QuorumState>(probe, { shown, survivors })
  return [
    linearizability,
    sequentialConsistency,
    causalConsistency("CC"),
    convergence<QuorumState>({ view: shown }),
    strongConvergence<QuorumState>({ view: shown }),
    noLostWrite<QuorumState>({ survivors })
  ]
}

const properties = ({ probe, unanswered }: Values) => [
  ...asked(probe),
  ...(unanswered === "stand-in" ? [handedOver] : []),
  ...(unanswered === "gives-up" ? [noFailedWriteIsRead] : []),
  partly
]

const plain: Values = {
  read: 2,
  write: 2,
  rounds: "one",
  repair: "none",
  unanswered: "waits",
  fault: "none",
  mutant: "none",
  probe: "own reads"
}

/** The probe `concurrent` takes 442,286 states at R = W = 2 and over 19 million as below; `two writers` is its core. */
const cellProbes = [...probeNames.filter((probe) => probe !== "concurrent"), "two writers"] as const

/** The register of Attiya, Bar-Noy and Dolev. */
const abd: Values = { ...plain, rounds: "two", repair: "before-answer" }
const small: Values = { ...plain, probe: "write then read" }

const leaderlessStore = entry(leaderlessStoreModel, {
  properties,
  settings: [
    ...cellProbes.flatMap((probe) => [
      { ...plain, probe },
      ...(probe === "two writers" ? [] : [{ ...abd, probe }]),
      { ...plain, read: 1, write: 1, probe }
    ]),
    // Read repair alone and two rounds alone.
    { ...plain, repair: "after-answer" },
    { ...plain, repair: "before-answer" },
    { ...plain, repair: "before-answer", probe: "two writers" },
    { ...plain, rounds: "two", probe: "two writers" },
    { ...plain, fault: "one crash" },
    { ...abd, probe: "write then read", fault: "one crash" },
    { ...abd, probe: "write then read", fault: "one cut link" },
    { ...plain, unanswered: "gives-up" },
    { ...abd, probe: "write then read", unanswered: "gives-up" },
    { ...small, unanswered: "stand-in" },
    { ...small, unanswered: "stand-in", write: 3 },
    { ...small, unanswered: "stand-in", write: 3, fault: "one lost message" },
    { ...small, fault: "one lost message" },
    { ...small, repair: "after-answer", fault: "one lost message" },
    { ...small, repair: "anti-entropy", fault: "one lost message" },
    { ...small, unanswered: "stand-in", write: 3, fault: "one lost message", mutant: "forgets-hints" },
    { ...small, mutant: "acknowledges-early" },
    { ...plain, probe: "two writers", mutant: "ties-by-arrival" }
  ],
  deep: [
    { ...abd, probe: "two writers" },
    { ...plain, probe: "concurrent" }
  ],
  place: ({ fault, mutant, read, repair, rounds, unanswered, write }) =>
    mutant === "none"
      ? {
          part: parts.stores,
          design: [
            `leaderless, R=${read} W=${write}`,
            ...(unanswered === "stand-in" ? ["sloppy"] : []),
            ...(rounds === "two" ? ["two-round writes"] : []),
            ...(repair === "none" ? [] : [repair === "anti-entropy" ? repair : `read repair ${repair}`])
          ].join(", "),
          setting: fault === "none" ? "no faults" : fault
        }
      : undefined
})

/** The entries. */
export const leaderless: ReadonlyArray<Entry> = [leaderlessStore]
