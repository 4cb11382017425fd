/**
 * Multi-leader replication with last write wins: each replica takes writes, stamps them, and passes them along the
 * topology; the greatest timestamp wins, and a rule breaks ties.
 *
 * Timestamps: `wall` is the server's clock, `client` what the client's clock showed, `lamport` a logical clock. Ring
 * messages stop by origin tag, trees and meshes need none. Two workloads: `concurrent` (replicas 0 and 1 write once
 * each, at any moment) and `causal` (replica 1 writes what follows from replica 0's write, once it shows it).
 *
 * A client's stamp is made before the write reaches a replica, as by a client that was offline: the replica may by
 * then have heard of more, and the harness counts that as the write's past. So client timestamps lose such a write
 * even without skew.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5; Kingsbury, "The trouble with timestamps"
 * (2013). Tie `arrival` is a mutant: of equal timestamps the one that arrives last wins. Left out: deletes and keys.
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
} from "../../src/model/index.ts"

/** Writes a value; `clientTime` is what the client's clock shows, and `after` the write the client must have read. */
export const Put = Schema.TaggedStruct("Put", {
  write: Schema.String,
  clientTime: Schema.Int,
  after: Schema.NullOr(Schema.String)
})

const Version = Schema.Struct({ write: Schema.String, timestamp: Schema.Int, writer: Schema.Natural })

/** Tells another replica of a version. */
export const Replicate = Schema.TaggedStruct("Replicate", { version: Version })

/** A replica: the version it holds and, for Lamport timestamps, its counter. */
export interface LwwState {
  readonly held: typeof Version.Type | null
  readonly counter: number
}

/** Where timestamps come from. */
export type Timestamps = "wall" | "lamport" | "client"

/** Which of two versions with the same timestamp wins: that of the higher or lower replica, or the last to arrive. */
export type Tie = "higher-replica" | "lower-replica" | "arrival"

const breaksTie: { readonly [T in Tie]: (incoming: number, held: number) => boolean } = {
  "higher-replica": (incoming, held) => incoming > held,
  "lower-replica": (incoming, held) => incoming < held,
  arrival: () => true
}

const declared = Machine.make("multi-leader-lww", {
  state: Schema.Struct({ held: Schema.NullOr(Version), counter: Schema.Natural }),
  operations: [Put],
  messages: [Replicate],
  initial: (): LwwState => ({ held: null, counter: 0 })
})

/** A replica that stamps and breaks ties as told. */
export const lwwReplica = (timestamps: Timestamps, tie: Tie) => {
  const keepLatest = (state: LwwState, version: typeof Version.Type): LwwState => {
    const { held } = state
    const counter = timestamps === "lamport" ? Math.max(state.counter, version.timestamp) : 0
    const wins =
      held === null ||
      version.timestamp > held.timestamp ||
      (version.timestamp === held.timestamp && breaksTie[tie](version.writer, held.writer))
    return { held: wins ? version : held, counter }
  }
  const stamp = Effect.fnUntraced(function* (state: LwwState, clientTime: number) {
    if (timestamps === "client") return clientTime
    return timestamps === "lamport" ? state.counter + 1 : yield* LocalClock.now
  })
  return declared.handlers(
    {
      Put: Effect.fnUntraced(function* (state, { clientTime, write }) {
        const version = { write, timestamp: yield* stamp(state, clientTime), writer: yield* Self.id }
        yield* Observe.wrote(write)
        yield* Observe.applied(write)
        yield* Network.broadcast(Replicate.make({ version }))
        yield* Observe.acknowledged(write)
        return keepLatest(state, version)
      }),
      Replicate: Effect.fnUntraced(function* (state, { version }) {
        if (version.writer === (yield* Self.id)) return state
        yield* Observe.applied(version.write)
        yield* Network.forward(Replicate.make({ version }))
        return keepLatest(state, version)
      })
    },
    { guards: { Put: ({ held }, { after }) => after === null || held?.write === after } }
  )
}

/** The write a replica shows. */
export const lwwShown = ({ held }: LwwState): ReadonlyArray<string> => (held === null ? [] : [held.write])

const topologies = { ring: Topology.ring, star: Topology.star, "all-to-all": Topology.allToAll, chain: Topology.chain }

/** The replicas with the given clocks; `ahead` is how far the first client's own clock is ahead of the second's. */
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
  // Zero where nobody looks at it, so that traces do not mislead.
  const shown = (time: number): number => (timestamps === "client" ? time : 0)
  const first = Put.make({ write: "first", clientTime: shown(ahead), after: null })
  const second =
    writes === "causal"
      ? Put.make({ write: "second", clientTime: shown(1), after: "first" })
      : Put.make({ write: "second", clientTime: 0, after: null })
  return System.make("multi-leader-lww", {
    machine: lwwReplica(timestamps, parts.tie),
    topology: topologies[topology](replicas),
    ...(timestamps === "wall" ? { clocks } : {}),
    workload: Workload.script([[first], [second]])
  })
}

/** The replicas over a topology. */
export const lwwModel = Model.make({
  name: "multi-leader-lww",
  about: "Last write wins among leaders, by server, client or Lamport timestamps, over a topology.",
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
      values: ["wall", "lamport", "client"],
      about: "server clock, logical clock, or the client's clock"
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
      values: ["higher-replica", "lower-replica", "arrival"],
      about: "which of equal timestamps wins"
    })
  },
  system: ({ skew, ...parts }) =>
    lwwSystem({ ...parts, ahead: skew, clocks: Clocks.skewed({ skew, latency: 1, horizon: 3 }) })
})
