/**
 * A key-value store of leaders that all take writes and replicate to each other, all-to-all. Clients read and write at
 * any leader; a write is acknowledged at once and replicated afterwards.
 *
 * Delivery: messages arrive in `any-order`, `in-order` per link, or are delivered by `causal` broadcast. Resolution: of
 * two versions of a key the one that arrives last stays (`arrival`), the one with the greatest timestamp (`latest`, by
 * a Lamport clock or a server clock), or both, distinguished by version vectors (`siblings`); a write replaces the
 * versions that its leader shows.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5; `arrival` with `causal` delivery is the
 * causal memory of Ahamad et al. (1995); `latest` with it the causal+ consistency of COPS (Lloyd et al. 2011). Left
 * out: deletes, re-sending of lost messages.
 */
import { Effect, Schema } from "effect"
import { Clocks, LocalClock, Machine, Model, Network, Observe, Self, System, Topology } from "plait"
import { type Delivered, counted, isDeliverable, release } from "./causal-delivery.ts"
import { Get, probeNames, probing, Put, replicasOf } from "./probes.ts"

const Version = Schema.Struct({
  write: Schema.String,
  timestamp: Schema.Int,
  writer: Schema.Natural,
  vector: Schema.Array(Schema.Natural)
})
type Version = typeof Version.Type

/** Brings a version to another leader; `vector` counts the messages that its origin had delivered. */
export const Replicate = Schema.TaggedStruct("Replicate", {
  key: Schema.String,
  version: Version,
  origin: Schema.Natural,
  vector: Schema.Array(Schema.Natural)
})

const State = Schema.Struct({
  versions: Schema.Record(Schema.String, Schema.Array(Version)),
  clock: Schema.Int,
  delivered: Schema.Array(Schema.Natural),
  waiting: Schema.Array(Replicate)
})

/**
 * A leader: versions by key, its Lamport clock, the messages it has delivered of each leader, and those that wait for
 * delivery.
 */
export type StoreState = typeof State.Type

/** Rule that orders versions and selects those that stay. */
export type Resolution = "arrival" | "latest-lamport" | "latest-wall" | "siblings"

const dominates = (left: Version["vector"], right: Version["vector"]): boolean =>
  right.every((count, node) => (left[node] ?? 0) >= count)

const isLater = (left: Version, right: Version): boolean =>
  left.timestamp > right.timestamp || (left.timestamp === right.timestamp && left.writer > right.writer)

/** The versions that stay of the leader's own and one that arrives. */
const resolve = (kept: ReadonlyArray<Version>, version: Version, resolution: Resolution): ReadonlyArray<Version> => {
  if (resolution === "arrival") return [version]
  if (resolution !== "siblings") return kept.some((other) => isLater(other, version)) ? kept : [version]
  if (kept.some((other) => dominates(other.vector, version.vector))) return kept
  const left = kept.filter((other) => !dominates(version.vector, other.vector))
  return [...left, version].toSorted((a, b) => (a.write < b.write ? -1 : 1))
}

const shown = (state: StoreState, key: string): ReadonlyArray<Version> => state.versions[key] ?? []

/** A leader with this delivery and resolution. */
export const leader = (delivery: "any-order" | "in-order" | "causal", resolution: Resolution) => {
  const apply = (state: StoreState, key: string, version: Version): StoreState => ({
    ...state,
    versions: { ...state.versions, [key]: resolve(shown(state, key), version, resolution) },
    clock: resolution === "latest-lamport" ? Math.max(state.clock, version.timestamp) : 0
  })
  const stamp = Effect.fnUntraced(function* (state: StoreState) {
    if (resolution === "latest-lamport") return state.clock + 1
    return resolution === "latest-wall" ? yield* LocalClock.now : 0
  })
  const versionOf = Effect.fnUntraced(function* (state: StoreState, key: string, write: string) {
    const writer = yield* Self.id
    const seen = state.delivered.map((_, node) =>
      Math.max(0, ...shown(state, key).map(({ vector }) => vector[node] ?? 0))
    )
    return {
      write,
      timestamp: yield* stamp(state),
      writer,
      vector: resolution === "siblings" ? counted(seen, writer) : []
    }
  })
  return Machine.make("multi-leader-store", {
    state: State,
    operations: [Put, Get],
    messages: [Replicate],
    initial: ({ nodes }): StoreState => ({
      versions: {},
      clock: 0,
      delivered: Array.from({ length: nodes }, () => 0),
      waiting: []
    })
  }).handlers({
    Put: Effect.fnUntraced(function* (state, { key, write }) {
      const version = yield* versionOf(state, key, write)
      const delivered: Delivered = delivery === "causal" ? counted(state.delivered, version.writer) : state.delivered
      yield* Observe.wrote(write, { key })
      yield* Observe.applied(write)
      yield* Network.broadcast(Replicate.make({ key, version, origin: version.writer, vector: delivered }))
      yield* Observe.acknowledged(write)
      return apply({ ...state, delivered }, key, version)
    }),
    Get: Effect.fnUntraced(function* (state, { key }) {
      yield* Observe.read(
        shown(state, key).map(({ write }) => write),
        { key }
      )
      return state
    }),
    Replicate: Effect.fnUntraced(function* (state, message) {
      if (delivery !== "causal") {
        yield* Observe.applied(message.version.write)
        return apply(state, message.key, message.version)
      }
      if (!isDeliverable(state.delivered, message)) return { ...state, waiting: [...state.waiting, message] }
      const { delivered, ready, waiting } = release(state.delivered, [message, ...state.waiting])
      for (const { version } of ready) yield* Observe.applied(version.write)
      return ready.reduce((after, { key, version }) => apply(after, key, version), { ...state, delivered, waiting })
    })
  })
}

/** The writes a leader shows, all keys together. */
export const storeWrites = ({ versions }: StoreState): ReadonlyArray<string> =>
  Object.values(versions).flatMap((kept) => kept.map(({ write }) => write))

/** The store under one probe. */
export const multiLeaderStoreModel = Model.make({
  name: "multi-leader-store",
  about: "A key-value store of leaders that replicate to each other, asked by sessions.",
  source: "Kleppmann 2017, chapter 5; Ahamad et al. 1995; Lloyd et al. 2011",
  parameters: {
    delivery: Model.choice({
      default: "any-order",
      values: ["any-order", "in-order", "causal"],
      about: "the order in which a leader takes what the others send"
    }),
    resolution: Model.choice({
      default: "latest-lamport",
      values: ["arrival", "latest-lamport", "latest-wall", "siblings"],
      about: "which of two versions of a key stay"
    }),
    skew: Model.integer({
      default: 0,
      least: 0,
      most: 3,
      about: "most by which two server clocks differ; a message takes 1"
    }),
    clients: Model.choice({
      default: "roaming",
      values: ["sticky", "roaming"],
      about: "whether a client stays with one leader"
    }),
    lose: Model.integer({ default: 0, least: 0, most: 2, about: "messages that may be lost" }),
    probe: Model.choice({ default: "concurrent", values: probeNames, about: "what the clients do" })
  },
  system: ({ clients, delivery, lose, probe, resolution, skew }) =>
    System.make("multi-leader-store", {
      machine: leader(delivery, resolution),
      topology: Topology.allToAll(replicasOf(probe)),
      network: delivery === "in-order" ? Network.ordered({ lose }) : Network.unordered({ lose }),
      ...(resolution === "latest-wall" ? { clocks: Clocks.skewed({ skew, latency: 1, horizon: 2 }) } : {}),
      workload: probing(probe, clients)
    })
})
