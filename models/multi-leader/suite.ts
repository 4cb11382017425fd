/**
 * Multi-leader replication: races, last write wins under clocks, topologies under crashes. Each model has a
 * reachability property for its interesting state, and a setting that must fail.
 */
import { broadcastModel, type BroadcastState, broadcastWrites, topologies } from "./broadcast.ts"
import { insertUpdateRaceModel, type RowState, rowShown, rowWrites } from "./insert-update-race.ts"
import { lwwModel, lwwShown, type LwwState } from "./multi-leader-lww.ts"
import { raceModel, type RaceState, raceWrites } from "./race.ts"
import { ringModel, type RingView } from "./ring.ts"
import { type RingServer, shortenedRingModel } from "./shortened-ring.ts"
import { causalPrefix, consistentPrefix } from "plait/properties/consistent-prefix"
import { convergence, strongConvergence } from "plait/properties/convergence"
import { everyNodeGetsIt, networkFallsSilent } from "plait/properties/eventual-delivery"
import { everyLiveNodeHasIt, everyNodeHasItOnceUp, exactlyTheseHaveIt } from "plait/properties/delivery"
import { noCausalInversion, noLostWrite } from "plait/properties/no-lost-write"
import { realTimeOrder } from "plait/properties/real-time-order"
import { entry, type Entry, type NodesView, Property, type Topology, type WriteName } from "plait"
import { parts } from "../stores/guarantees.ts"

const causes = (write: WriteName): ReadonlyArray<WriteName> => (write === "update" ? ["insert"] : [])

const overtaken = <State>(hasRow: (state: State) => boolean) =>
  Property.reachable<NodesView<State>>("an update is in flight to a leader without the row", {
    holds: ({ nodes }) =>
      nodes.some(({ inbox, state }) => !hasRow(state) && inbox.some(({ message }) => message._tag === "Updated"))
  })

// No property here observes an event, so that the counts are those of Race.tla.
const race = entry(raceModel, {
  properties: () => [
    consistentPrefix<RaceState>({ visible: raceWrites, causes }),
    convergence<RaceState>({ view: raceWrites, written: ({ inserted }) => inserted }),
    overtaken<RaceState>(({ inserted }) => inserted)
  ],
  settings: [
    { leaders: 3, delivery: "any-order" },
    { leaders: 4, delivery: "any-order" },
    { leaders: 3, delivery: "causal" },
    { leaders: 4, delivery: "causal" }
  ]
})

const insertUpdateRace = entry(insertUpdateRaceModel, {
  properties: () => [
    consistentPrefix<RowState>({ visible: rowWrites, causes }),
    causalPrefix<RowState>({ visible: rowWrites }),
    convergence<RowState>({ view: rowShown }),
    overtaken<RowState>(({ row }) => row !== null)
  ],
  settings: [
    { leaders: 3, rule: "drop" },
    { leaders: 3, rule: "overwrite" },
    { leaders: 3, rule: "ignore" },
    { leaders: 3, rule: "buffer" }
  ]
})

const endOfTheWay = {
  none: "without end",
  dedupe: "to nodes without it",
  origin: "as far as its origin",
  visited: "to nodes not yet visited",
  "ignored-ids": "as far as its origin, or one set at the removal",
  "write-id": "to nodes that have not seen its identity"
} as const

const ring = entry(ringModel, {
  properties: ({ nodes }) => [
    Property.invariant<RingView>("once the net is empty every node has the write", {
      premise: ({ net, sent }) => sent && net.length === 0,
      holds: ({ applied, net, sent }) => !sent || net.length > 0 || applied.size === nodes
    }),
    Property.reachable<RingView>("the message is passed on no more", {
      holds: ({ net, sent }) => sent && net.length === 0
    }),
    // Quiesce of Ring.tla.
    Property.eventually<RingView>("the net empties for good", {
      holds: ({ net }) => net.length === 0,
      stable: true,
      explain: ({ net }) => `${net.map(({ at }) => `The message to node ${at}`).join(" and ")} is passed on and on.`
    })
  ],
  settings: [
    ...(["none", "dedupe", "origin", "visited"] as const).flatMap((policy) =>
      [3, 4].map((nodes) => ({ nodes, policy, crash: 0 }))
    ),
    ...[2, 3].map((crash) => ({ nodes: 3, policy: "origin" as const, crash }))
  ],
  place: ({ crash, policy }) => ({
    part: parts.spreading,
    design: `ring, passed on ${endOfTheWay[policy]}`,
    setting: crash === 0 ? "no faults" : "a node is down"
  })
})

const shortenedRing = entry(shortenedRingModel, {
  properties: () => [
    networkFallsSilent<RingServer>(),
    everyNodeGetsIt<RingServer>({ has: ({ has }) => (has ? ["write"] : []) }),
    Property.reachable<NodesView<RingServer>>("the last server has the write and is told to leave out its origin", {
      holds: ({ nodes }) => nodes[2]?.state.has === true && nodes[2].state.next === 1
    })
  ],
  settings: [
    ...(["origin", "ignored-ids", "visited", "write-id"] as const).map((recognition) => ({
      recognition,
      removal: true
    })),
    { recognition: "origin", removal: false }
  ],
  place: ({ recognition, removal }) => ({
    part: parts.spreading,
    design: `ring, passed on ${endOfTheWay[recognition]}`,
    setting: removal ? "its origin is taken out of the ring" : "no faults"
  })
})

const lww = entry(lwwModel, {
  properties: () => [
    convergence<LwwState>({ view: lwwShown }),
    strongConvergence<LwwState>({ view: lwwShown }),
    noLostWrite<LwwState>({ survivors: lwwShown }),
    noCausalInversion<LwwState>({ survivors: lwwShown }),
    realTimeOrder<LwwState>({ survivors: lwwShown }),
    Property.reachable<NodesView<LwwState>>("every replica shows the second write", {
      holds: ({ nodes }) => nodes.every(({ state }) => state.held?.write === "second")
    })
  ],
  settings: [
    ...(["ring", "star", "all-to-all", "chain"] as const).flatMap((topology) =>
      (["wall", "lamport", "hybrid", "client"] as const).map((timestamps) => ({
        topology,
        replicas: 3,
        timestamps,
        skew: 0,
        writes: "concurrent" as const,
        tie: "higher-replica" as const
      }))
    ),
    ...(["wall", "client", "lamport", "hybrid"] as const).flatMap((timestamps) =>
      [1, 2].map((skew) => ({
        topology: "all-to-all" as const,
        replicas: 3,
        timestamps,
        skew,
        writes: "causal" as const,
        tie: "higher-replica" as const
      }))
    ),
    {
      topology: "all-to-all",
      replicas: 3,
      timestamps: "wall",
      skew: 1,
      writes: "causal",
      tie: "lower-replica"
    },
    {
      topology: "all-to-all",
      replicas: 2,
      timestamps: "wall",
      skew: 0,
      writes: "concurrent",
      tie: "arrival"
    },
    {
      topology: "all-to-all",
      replicas: 2,
      timestamps: "wall",
      skew: 0,
      writes: "concurrent",
      tie: "larger-value"
    }
  ],
  place: ({ skew, tie, timestamps }) => ({
    part: parts.lastWriteWins,
    design: `last write wins, ${timestamps} timestamps, ties by ${tie}`,
    setting: skew > 0 ? `skew ${skew}` : "no faults"
  })
})

const everyoneHasIt = Property.reachable<NodesView<BroadcastState>>("every node has the write", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.has)
})

const spreadInSpiteOfCrash = Property.reachable<NodesView<BroadcastState>>("a node is down and another has the write", {
  holds: ({ nodes }) => nodes.some(({ up }) => !up) && nodes.some(({ state, up }) => up && state.has)
})

const crashFree = { nodes: 4, origin: 1, crash: "none", down: 0, passing: "forward" } as const

/** The nodes that a write at the origin can reach without the node that is down: on a ring the arc between them. */
const reachedWithout = (topology: Topology, origin: number, down: number): ReadonlyArray<number> => {
  const reached = new Set([origin])
  for (const node of reached) {
    for (const next of topology.neighbours[node] ?? []) if (next !== down) reached.add(next)
  }
  return [...reached].sort((left, right) => left - right)
}

const receivers = (values: Parameters<typeof broadcastModel.system>[0]) => {
  const { crash, down, origin } = values
  if (crash !== "none" && crash !== "down") return []
  const nodes = reachedWithout(topologies[values.topology](values.nodes), origin, crash === "down" ? down : -1)
  return [exactlyTheseHaveIt<BroadcastState>({ has: broadcastWrites, write: "write", nodes })]
}

const passingOn = {
  forward: "what arrives is passed on",
  relay: "what arrives is sent to all",
  "catch-up": "passed on, and asked for on recovery"
}

const crashes = {
  none: "no faults",
  "mid-broadcast": "the origin crashes in mid-broadcast",
  "any-moment": "a node crashes",
  recovering: "a node crashes and comes back",
  "cut-link": "a link is cut"
}

const broadcast = entry(broadcastModel, {
  properties: (values) => [
    everyLiveNodeHasIt<BroadcastState>({ has: broadcastWrites }),
    ...(values.crash === "recovering" ? [everyNodeHasItOnceUp<BroadcastState>({ has: broadcastWrites })] : []),
    convergence<BroadcastState>({ view: broadcastWrites }),
    noLostWrite<BroadcastState>({ survivors: broadcastWrites }),
    ...receivers(values),
    values.crash === "none" || values.crash === "cut-link" ? everyoneHasIt : spreadInSpiteOfCrash
  ],
  settings: [
    ...(["ring", "two-way-ring", "star", "all-to-all", "chain"] as const).flatMap((topology) => [
      { ...crashFree, topology },
      { ...crashFree, topology, crash: "any-moment" as const },
      { ...crashFree, topology, crash: "cut-link" as const },
      { ...crashFree, topology, crash: "recovering" as const },
      { ...crashFree, topology, crash: "recovering" as const, passing: "catch-up" as const },
      { ...crashFree, topology, crash: "down" as const, down: 0 },
      { ...crashFree, topology, crash: "down" as const, down: 3 }
    ]),
    { ...crashFree, topology: "all-to-all", crash: "mid-broadcast" },
    { ...crashFree, topology: "all-to-all", crash: "mid-broadcast", passing: "relay" },
    { ...crashFree, topology: "all-to-all", crash: "cut-link", passing: "relay" },
    { ...crashFree, topology: "ring", passing: "keep" }
  ],
  // A node of a ring that keeps the write to itself is a mutant.
  place: ({ crash, down, origin, passing, topology }) =>
    passing === "keep"
      ? undefined
      : {
          part: parts.spreading,
          design: `${topology}, ${passingOn[passing]}`,
          setting: crash === "down" ? `node ${down} is down, node ${origin} writes` : crashes[crash]
        }
})

/** The entries. */
export const multiLeader: ReadonlyArray<Entry> = [race, insertUpdateRace, ring, shortenedRing, lww, broadcast]
