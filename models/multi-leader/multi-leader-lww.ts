/**
 * Multi-leader replication with last write wins: each replica takes writes, stamps them, and passes them along the
 * topology; the greatest timestamp wins, and a rule breaks ties.
 *
 * Timestamps: `wall` is the server's clock, `client` the reading of the client's clock, `lamport` a logical clock,
 * `hybrid` a hybrid logical clock (models/clocks). Ties go by replica or, as in Apache Cassandra, to the larger value.
 * Ring messages stop by origin tag; trees and meshes need none. Two workloads: `concurrent` (replicas 0 and 1 write
 * once each, at any moment) and `causal` (replica 1 makes a write that follows from replica 0's, once it shows that).
 *
 * A client's stamp is made before the write reaches a replica, as by a client that was offline: the replica may by then
 * have received more writes, and plait counts those as the write's past. So client timestamps lose such a write even
 * without skew.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5; Kingsbury, "The trouble with timestamps"
 * (2013). Tie `arrival` is a mutant: of equal timestamps the one that arrives last wins. Left out: keys, and deletes,
 * which tombstones.ts has.
 */
import { Effect, Schema } from "effect"
import {
  type ClockModel,
  Clocks,
  LocalClock,
  Machine,
  Model,
  Network,
  Observe,
  Self,
  System,
  Topology,
  Workload
} from "plait"
import { hybridLogicalClock } from "../clocks/hybrid-logical-clock.ts"

/**
 * Writes a value; `clientTime` is the reading of the client's clock, and `after` the write the client must have read.
 */
export const Put = Schema.TaggedStruct("Put", {
  write: Schema.String,
  clientTime: Schema.Int,
  after: Schema.NullOr(Schema.String)
})

const Version = Schema.Struct({
  write: Schema.String,
  timestamp: Schema.Int,
  /** The second part of a hybrid timestamp, else 0. */
  count: Schema.Natural,
  writer: Schema.Natural
})
type Version = typeof Version.Type

/** The greatest timestamp met, if timestamps are logical: for Lamport's, l is the counter. */
const Met = Schema.Struct({ l: Schema.Int, c: Schema.Natural })
type Met = typeof Met.Type

/** Brings a version to another replica. */
export const Replicate = Schema.TaggedStruct("Replicate", { version: Version })

/** A replica: the version it holds and, for logical timestamps, the greatest it has met. */
export interface LwwState {
  readonly held: Version | null
  readonly met: Met
}

/** Source of timestamps. */
export type Timestamps = "wall" | "lamport" | "hybrid" | "client"

/** Winner of two versions with the same timestamp: by replica, by value, or the last to arrive. */
export type Tie = "higher-replica" | "lower-replica" | "larger-value" | "arrival"

const breaksTie: { readonly [T in Tie]: (incoming: Version, held: Version) => boolean } = {
  "higher-replica": (incoming, held) => incoming.writer > held.writer,
  "lower-replica": (incoming, held) => incoming.writer < held.writer,
  "larger-value": (incoming, held) => incoming.write > held.write,
  arrival: () => true
}

const wins = (incoming: Version, held: Version, tie: Tie): boolean => {
  if (incoming.timestamp !== held.timestamp) return incoming.timestamp > held.timestamp
  return incoming.count === held.count ? breaksTie[tie](incoming, held) : incoming.count > held.count
}

const hybrid = hybridLogicalClock("none")
const isPhysical = (timestamps: Timestamps): boolean => timestamps === "wall" || timestamps === "hybrid"

const declared = Machine.make("multi-leader-lww", {
  state: Schema.Struct({ held: Schema.NullOr(Version), met: Met }),
  operations: [Put],
  messages: [Replicate],
  initial: (): LwwState => ({ held: null, met: { l: 0, c: 0 } })
})

/** A replica that stamps and breaks ties by these rules. */
export const lwwReplica = (timestamps: Timestamps, tie: Tie) => {
  const keepLatest = (held: Version | null, version: Version): Version =>
    held === null || wins(version, held, tie) ? version : held
  const moment = Effect.gen(function* () {
    return { self: yield* Self.id, nodes: 0, now: isPhysical(timestamps) ? yield* LocalClock.now : 0 }
  })
  const stamp = Effect.fnUntraced(function* ({ met }: LwwState, clientTime: number) {
    if (timestamps === "client") return { l: clientTime, c: 0 }
    if (timestamps === "lamport") return { l: met.l + 1, c: 0 }
    const now = yield* moment
    return timestamps === "hybrid" ? hybrid.event(met, now) : { l: now.now, c: 0 }
  })
  const meet = Effect.fnUntraced(function* ({ met }: LwwState, { count, timestamp }: Version) {
    if (timestamps === "hybrid") return hybrid.receive(met, { l: timestamp, c: count }, yield* moment)
    return timestamps === "lamport" ? { l: Math.max(met.l, timestamp), c: 0 } : met
  })
  return declared.handlers(
    {
      Put: Effect.fnUntraced(function* (state, { clientTime, write }) {
        const { c, l } = yield* stamp(state, clientTime)
        const version = { write, timestamp: l, count: c, writer: yield* Self.id }
        yield* Observe.wrote(write)
        yield* Observe.applied(write)
        yield* Network.broadcast(Replicate.make({ version }))
        yield* Observe.acknowledged(write)
        const met = timestamps === "lamport" || timestamps === "hybrid" ? { l, c } : state.met
        return { held: keepLatest(state.held, version), met }
      }),
      Replicate: Effect.fnUntraced(function* (state, { version }) {
        if (version.writer === (yield* Self.id)) return state
        yield* Observe.applied(version.write)
        yield* Network.forward(Replicate.make({ version }))
        return { held: keepLatest(state.held, version), met: yield* meet(state, version) }
      })
    },
    { guards: { Put: ({ held }, { after }) => after === null || held?.write === after } }
  )
}

/** The write a replica shows. */
export const lwwShown = ({ held }: LwwState): ReadonlyArray<string> => (held === null ? [] : [held.write])

const topologies = { ring: Topology.ring, star: Topology.star, "all-to-all": Topology.allToAll, chain: Topology.chain }

/**
 * The replicas with the given clocks; `ahead` is the distance by which the first client's own clock is ahead of the
 * second's.
 */
export const lwwSystem = (parts: {
  readonly topology: keyof typeof topologies
  readonly replicas: number
  readonly timestamps: Timestamps
  readonly tie: Tie
  readonly writes: "concurrent" | "causal"
  readonly clocks: ClockModel
  readonly ahead: number
}) => {
  const { ahead, clocks, replicas, timestamps, topology, writes } = parts
  // Zero if no replica reads it, so that traces do not mislead.
  const shown = (time: number): number => (timestamps === "client" ? time : 0)
  const first = Put.make({ write: "first", clientTime: shown(ahead), after: null })
  const second =
    writes === "causal"
      ? Put.make({ write: "second", clientTime: shown(1), after: "first" })
      : Put.make({ write: "second", clientTime: 0, after: null })
  return System.make("multi-leader-lww", {
    machine: lwwReplica(timestamps, parts.tie),
    topology: topologies[topology](replicas),
    ...(isPhysical(timestamps) ? { clocks } : {}),
    workload: Workload.script([[first], [second]])
  })
}

/** The replicas over a topology. */
export const lwwModel = Model.make({
  name: "multi-leader-lww",
  about: "Last write wins among leaders, by server, client or logical timestamps, over a topology.",
  source: "Kleppmann 2017, chapter 5; Kingsbury 2013",
  parameters: {
    topology: Model.choice({
      default: "all-to-all",
      values: ["ring", "star", "all-to-all", "chain"],
      about: "who passes writes to whom"
    }),
    replicas: Model.integer({ default: 3, least: 2, most: 6, about: "replicas, of which 0 and 1 are written at" }),
    timestamps: Model.choice({
      default: "wall",
      values: ["wall", "lamport", "hybrid", "client"],
      about: "server clock, logical clock, hybrid of both, or the client's clock"
    }),
    skew: Model.integer({
      default: 0,
      least: 0,
      most: 5,
      about: "most by which two server clocks differ (or the first client's clock is ahead); a message takes 1"
    }),
    writes: Model.choice({
      default: "concurrent",
      values: ["concurrent", "causal"],
      about: "whether the second write follows from the first"
    }),
    tie: Model.choice({
      default: "higher-replica",
      values: ["higher-replica", "lower-replica", "larger-value", "arrival"],
      about: "which of equal timestamps wins"
    })
  },
  system: ({ skew, ...parts }) =>
    lwwSystem({ ...parts, ahead: skew, clocks: Clocks.skewed({ skew, latency: 1, horizon: 3 }) })
})
