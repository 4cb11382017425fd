/**
 * Last-writer-wins map: each key has its latest operation, a deletion as a tombstone, and of equally late ones that of
 * the higher replica. State: the whole map is sent; operation and delta: the one key that changed, to the same effect,
 * since the later of two is a commutative, associative and idempotent merge: any delivery that loses no message for
 * ever is sufficient.
 *
 * Source: the register of Shapiro et al. 2011, specifications 8 (state) and 9 (operation), under each key; the removal
 * is that of their section 3.3.3. Deviation: an operation brings its timestamp with it. Akka's LWWMap differs: its keys
 * are an observed-remove set (or-map.ts, `merges-values`, has its anomaly). Mutants: `keeps-own` keeps the own entry
 * against one of the same time; `no-tombstones` drops a deleted key.
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { type DataType, dotName, replicaParameters, replicasOf, type Style } from "./replica.ts"

/** Writes a value under a key at a time. */
export const PutAt = Schema.TaggedStruct("Put", { key: Schema.String, element: Schema.String, timestamp: Schema.Int })

/** Removes a key at a time. */
export const DeleteAt = Schema.TaggedStruct("Delete", { key: Schema.String, timestamp: Schema.Int })

const TimedMap = Schema.Record(
  Schema.String,
  Schema.Struct({
    element: Schema.NullOr(Schema.String),
    timestamp: Schema.Int,
    replica: Schema.Int,
    update: Schema.String
  })
)

/** By key the latest operation: its value or null, its time and replica, and its dot. */
export type TimedMap = typeof TimedMap.Type

/** Mutants of the map. */
export type TimedMapMutant = "none" | "keeps-own" | "no-tombstones"

/** The keys a client sees, each with its value. */
export const timedMapShown = (map: TimedMap): { readonly [key: string]: string | null } =>
  Object.fromEntries(
    Object.entries(map)
      .filter(([, { element }]) => element !== null)
      .map(([key, { element }]) => [key, element])
  )

/** The dots of the operations in a map, deletions included. */
export const timedMapDots = (map: TimedMap): ReadonlyArray<string> => Object.values(map).map(({ update }) => update)

/** Merges two maps, key by key. */
export const mergeTimedMaps =
  (mutant: TimedMapMutant) =>
  (own: TimedMap, other: TimedMap): TimedMap => {
    const later = Object.entries(other).filter(([key, theirs]) => {
      const mine = own[key]
      if (mine === undefined) return true
      if (theirs.timestamp !== mine.timestamp) return theirs.timestamp > mine.timestamp
      return mutant !== "keeps-own" && theirs.replica > mine.replica
    })
    const all = Object.entries({ ...own, ...Object.fromEntries(later) })
    return Object.fromEntries(mutant === "no-tombstones" ? all.filter(([, { element }]) => element !== null) : all)
  }

/** The data type in a style. */
export const lwwMap = (
  style: Style,
  mutant: TimedMapMutant
): DataType<TimedMap, typeof PutAt | typeof DeleteAt, TimedMap> => ({
  name: "lww-map",
  style,
  payload: TimedMap,
  content: TimedMap,
  operations: [PutAt, DeleteAt],
  initial: () => ({}),
  prepare: (map, operation, dot) => {
    const { key, timestamp } = operation
    const element = operation._tag === "Put" ? operation.element : null
    const entry = { [key]: { element, timestamp, replica: dot.replica, update: dotName(dot) } }
    // The message has the tombstone in any case: no other message brings the deletion.
    return style === "state" ? mergeTimedMaps("none")(map, entry) : entry
  },
  apply: mergeTimedMaps(mutant)
})

const put = (element: string, timestamp: number, key = "k") => PutAt.make({ key, element, timestamp })
const remove = (timestamp: number) => DeleteAt.make({ key: "k", timestamp })

/** A user who writes at n0 and then removes and writes at n1, each at the given time. */
const roaming = (first: number, second: number, third: number) =>
  Workload.sessions([
    [
      { at: 0, operation: put("a", first) },
      { at: 1, operation: remove(second) },
      { at: 1, operation: put("b", third) }
    ]
  ])

const workloads = {
  later: roaming(1, 2, 3),
  behind: roaming(3, 1, 2),
  tie: Workload.script([[put("a", 1)], [remove(1)]]),
  "two-keys": Workload.script([[put("a", 1), put("a", 2, "l")], [remove(3)]])
}

/** Replicas that write and remove a key at given times. */
export const lwwMapModel = Model.make({
  name: "lww-map",
  about: "A map in which of each key the latest write or removal stands, whoever saw what.",
  source: "after Shapiro et al. 2011, specifications 8 and 9, under each key",
  parameters: {
    style: Model.choice({ default: "state", values: ["operation", "state", "delta"], about: "what is sent" }),
    ...replicaParameters,
    workload: Model.choice({
      default: "later",
      values: ["later", "behind", "tie", "two-keys"],
      about:
        "a user writes, goes on to n1, removes, writes; so with n1's clock behind; n1 removes at one time; two keys"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "keeps-own", "no-tombstones"],
      about: "what is there stands against what is of its time, or a removed key is forgotten"
    })
  },
  system: ({ delivery, mutant, replicas, style, workload }) =>
    replicasOf(lwwMap(style, mutant), { replicas, delivery, workload: workloads[workload] })
})
