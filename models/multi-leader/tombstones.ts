/**
 * Deletes under last write wins: a deletion is a version like any other, a tombstone, which keeps older versions from
 * coming back. A tombstone cannot be kept for ever, and a replica that drops it accepts the next old version as new:
 * anti-entropy then spreads the deleted item again.
 *
 * Replica 0 writes the item, replica 1 deletes it once it shows it, replica 2 repairs: it sends its version to all
 * others. Timestamps are Lamport's, so that clocks are not the cause. A tombstone is dropped: `never`; `at-once`, so
 * that a deletion only erases; `any-time`, as after a grace period that can always be too short; or `acknowledged`,
 * once every replica has confirmed it.
 *
 * `acknowledged` is right on links that keep their order, since an old version sent by a replica arrives before its
 * acknowledgement; on unordered links it is wrong. `at-once`, `any-time` and that combination are the mutants.
 *
 * Source: DeCandia et al., "Dynamo" (2007), section 4.4; Apache Cassandra's documentation on tombstones and
 * `gc_grace_seconds`. The acknowledged rule is the causal stability of Baquero, Almeida, Shoker (2014) for one message.
 * Left out: more than one key, several deletions, crashes.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"

/** Writes the item. */
export const Put = Schema.TaggedStruct("Put", { write: Schema.String })

/** Deletes the item, for a client that has read it. */
export const Delete = Schema.TaggedStruct("Delete", { write: Schema.String })

/** Drops a tombstone. */
export const Collect = Schema.TaggedStruct("Collect", {})

/** Sends this replica's version to every other. */
export const Repair = Schema.TaggedStruct("Repair", {})

const Version = Schema.Struct({
  write: Schema.String,
  deleted: Schema.Boolean,
  timestamp: Schema.Natural,
  writer: Schema.Natural
})
type Version = typeof Version.Type

/** Brings a version. */
export const Replicate = Schema.TaggedStruct("Replicate", { version: Version })

/** Confirms that its sender has the tombstone of this name. */
export const Confirm = Schema.TaggedStruct("Confirm", { tombstone: Schema.String })

/**
 * A replica: the version it holds, its Lamport counter, and the replicas that have confirmed a tombstone, itself
 * included.
 */
export interface TombstoneState {
  readonly held: Version | null
  readonly counter: number
  readonly confirmed: ReadonlyArray<number>
}

/** Time at which a tombstone is dropped. */
export type Collection = "never" | "at-once" | "any-time" | "acknowledged"

const isLater = (version: Version, held: Version | null): boolean =>
  held === null ||
  version.timestamp > held.timestamp ||
  (version.timestamp === held.timestamp && version.writer > held.writer)

const declared = Machine.make("tombstones", {
  state: Schema.Struct({
    held: Schema.NullOr(Version),
    counter: Schema.Natural,
    confirmed: Schema.Array(Schema.Natural)
  }),
  operations: [Put, Delete, Collect, Repair],
  messages: [Replicate, Confirm],
  initial: (): TombstoneState => ({ held: null, counter: 0, confirmed: [] })
})

/** A replica among `replicas` that drops tombstones by this rule. */
export const tombstoneReplica = (replicas: number, collection: Collection) => {
  const keepLatest = (state: TombstoneState, version: Version): TombstoneState => {
    const held = isLater(version, state.held) ? version : state.held
    const counter = Math.max(state.counter, version.timestamp)
    return { ...state, counter, held: held?.deleted === true && collection === "at-once" ? null : held }
  }
  const confirm = Effect.fnUntraced(function* (state: TombstoneState, node: number) {
    const confirmed = [...new Set([...state.confirmed, node])].sort((left, right) => left - right)
    return { ...state, confirmed }
  })
  const applied = Effect.fnUntraced(function* (state: TombstoneState, version: Version) {
    yield* Observe.applied(version.write)
    const after = keepLatest(state, version)
    if (!version.deleted || collection !== "acknowledged") return after
    yield* Network.broadcast(Confirm.make({ tombstone: version.write }))
    return yield* confirm(after, yield* Self.id)
  })
  const write = Effect.fnUntraced(function* (state: TombstoneState, name: string, deleted: boolean) {
    const version = { write: name, deleted, timestamp: state.counter + 1, writer: yield* Self.id }
    yield* Observe.wrote(name)
    yield* Network.broadcast(Replicate.make({ version }))
    const after = yield* applied(state, version)
    yield* Observe.acknowledged(name)
    return after
  })
  const mayCollect = ({ confirmed, held }: TombstoneState): boolean =>
    held?.deleted === true && (collection === "any-time" || confirmed.length === replicas)
  return declared.handlers(
    {
      Put: (state, put) => write(state, put.write, false),
      Delete: (state, deletion) => write(state, deletion.write, true),
      Collect: (state) => Effect.succeed({ ...state, held: null }),
      Repair: Effect.fnUntraced(function* (state) {
        if (state.held !== null) yield* Network.broadcast(Replicate.make({ version: state.held }))
        return state
      }),
      Replicate: (state, { version }) => applied(state, version),
      Confirm: Effect.fnUntraced(function* (state) {
        return yield* confirm(state, yield* Network.sender)
      })
    },
    {
      guards: {
        Delete: ({ held }) => held?.deleted === false,
        Repair: ({ held }) => held !== null,
        Collect: mayCollect
      }
    }
  )
}

/** The write whose value a client reads at a replica, if the item is present. */
export const tombstoneItems = ({ held }: TombstoneState): ReadonlyArray<string> =>
  held === null || held.deleted ? [] : [held.write]

/** Three replicas, all-to-all. */
export const tombstonesModel = Model.make({
  name: "tombstones",
  about: "A deletion under last write wins, a replica that repairs from old data, and tombstones that are dropped.",
  source: "DeCandia et al. 2007, section 4.4; Apache Cassandra documentation; Baquero, Almeida, Shoker 2014",
  parameters: {
    collect: Model.choice({
      default: "acknowledged",
      values: ["never", "at-once", "any-time", "acknowledged"],
      about: "when a tombstone is dropped"
    }),
    links: Model.choice({
      default: "ordered",
      values: ["ordered", "unordered"],
      about: "whether a link keeps the order of its messages"
    })
  },
  system: ({ collect, links }) => {
    const drop = collect === "any-time" || collect === "acknowledged" ? [Collect.make({})] : []
    return System.make("tombstones", {
      machine: tombstoneReplica(3, collect),
      topology: Topology.allToAll(3),
      network: links === "ordered" ? Network.ordered() : Network.unordered(),
      workload: Workload.anyOrder([
        [Put.make({ write: "put" }), ...drop],
        [Delete.make({ write: "delete" }), ...drop],
        [Repair.make({}), ...drop]
      ]),
      ends: {
        when: ({ nodes }) => nodes.every(({ inbox }) => inbox.length === 0),
        why: "Nothing is in flight: a repair or deletion that is left finds nothing to work on."
      }
    })
  }
})
