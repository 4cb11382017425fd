/**
 * Replicated stores under the same probes: the rows of the guarantee matrix. Each probe is judged by the guarantees it
 * can refute.
 */
import { multiLeaderStoreModel, type StoreState, storeWrites } from "./multi-leader-store.ts"
import { type Probe, probeNames } from "./probes.ts"
import { causalConsistency } from "plait/properties/causal-consistency"
import { convergence, strongConvergence } from "plait/properties/convergence"
import type { ReadOptions } from "plait/properties/history/staleness"
import { linearizability, sequentialConsistency } from "plait/properties/linearizability"
import { monotonicReads } from "plait/properties/monotonic-reads"
import { monotonicWrites } from "plait/properties/monotonic-writes"
import { noCausalInversion, noLostWrite } from "plait/properties/no-lost-write"
import { noLostUpdate } from "plait/properties/no-lost-update"
import { readYourWrites } from "plait/properties/read-your-writes"
import { writesFollowReads } from "plait/properties/writes-follow-reads"
import { entry, type Entry, type NodesView, Property, type WriteName } from "plait"
import { parts } from "./guarantees.ts"

/** Parts of a store that the probes' properties use. */
export interface StoreProperties<State> extends ReadOptions {
  /** The value that a client could read at a node, all keys together. */
  readonly shown: (state: State) => unknown
  /** The writes whose values a node holds. */
  readonly survivors: (state: State) => ReadonlyArray<WriteName>
}

const causal = [causalConsistency("CC"), causalConsistency("CCv"), causalConsistency("CM")]

/** Consistency of the operations with one place of execution, from the strongest on. */
export const consistency = [linearizability, sequentialConsistency, ...causal]

/** The properties that each probe can refute. */
export const probeProperties = <State>(
  probe: Probe,
  store: StoreProperties<State>
): ReadonlyArray<Property<NodesView<State>>> => {
  switch (probe) {
    case "own reads":
      return [linearizability, readYourWrites(store), monotonicReads(store), ...causal]
    case "write order":
      return [monotonicWrites(store), ...causal]
    case "answer":
      return [writesFollowReads(store), ...causal]
    case "concurrent":
      return [
        ...consistency,
        convergence<State>({ view: store.shown }),
        strongConvergence<State>({ view: store.shown }),
        noLostWrite<State>(store),
        noCausalInversion<State>(store)
      ]
    case "updates":
      return [noLostUpdate<State>(store)]
    case "crossing":
      return [sequentialConsistency, ...causal]
  }
}

const bothWritten = Property.reachable<NodesView<StoreState>>("a leader has every write of the probe", {
  holds: ({ nodes }) =>
    nodes.some(({ state }) => storeWrites(state).length > 0) && nodes.every(({ inbox }) => inbox.length === 0)
})

const plain = {
  delivery: "any-order",
  resolution: "latest-lamport",
  skew: 0,
  clients: "roaming",
  lose: 0
} as const

const multiLeaderStore = entry(multiLeaderStoreModel, {
  properties: ({ probe, resolution }) => [
    ...probeProperties<StoreState>(probe, {
      siblings: resolution === "siblings",
      shown: storeWrites,
      survivors: storeWrites
    }),
    bothWritten
  ],
  settings: probeNames.flatMap((probe) => [
    ...(["any-order", "in-order", "causal"] as const).map((delivery) => ({ ...plain, probe, delivery })),
    { ...plain, probe, delivery: "causal", resolution: "arrival" } as const,
    { ...plain, probe, resolution: "latest-wall", skew: 2 } as const,
    { ...plain, probe, resolution: "siblings" } as const,
    { ...plain, probe, delivery: "causal", clients: "sticky" } as const
  ]),
  place: ({ clients, delivery, lose, resolution, skew }) => ({
    part: parts.stores,
    design: `multi-leader, ${delivery} delivery, ${resolution}`,
    setting: [`${clients} clients`, ...(skew > 0 ? [`skew ${skew}`] : []), ...(lose > 0 ? [`${lose} lost`] : [])].join(
      ", "
    )
  })
})

/** The entries. */
export const stores: ReadonlyArray<Entry> = [multiLeaderStore]
