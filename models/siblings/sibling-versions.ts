/**
 * Version vectors and siblings as values: the data of the mechanisms of sibling-store.ts.
 *
 * Source: Parker et al., "Detection of mutual inconsistency in distributed systems" (1983), for the vectors.
 */
import { Schema } from "effect"

/** Counters by actor; an actor that is missing counts 0. */
export const Vector = Schema.Record(Schema.String, Schema.Natural)
export type Vector = typeof Vector.Type

/** One of the values of a key. */
export const Sibling = Schema.Struct({
  write: Schema.String,
  actor: Schema.String,
  count: Schema.Natural,
  vector: Vector
})
export type Sibling = typeof Sibling.Type

/** State of a server: the siblings, sorted by write, and the vector of all if the mechanism has one. */
export const Store = Schema.Struct({ vector: Vector, siblings: Schema.Array(Sibling) })
export type Store = typeof Store.Type

/** Counter of an actor in a vector. */
export const at = (vector: Vector, actor: string): number => vector[actor] ?? 0
/** True if the left vector has counted all that the right one has. */
export const covers = (left: Vector, right: Vector): boolean =>
  Object.entries(right).every(([actor, count]) => at(left, actor) >= count)

/** The greater of each counter. */
export const join = (left: Vector, right: Vector): Vector => {
  const actors = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()
  return Object.fromEntries(actors.map((actor) => [actor, Math.max(at(left, actor), at(right, actor))]))
}

/** The greatest of each counter. */
export const joined = (vectors: ReadonlyArray<Vector>): Vector => vectors.reduce(join, {})

/** Siblings in the order of their writes. */
export const sorted = (siblings: ReadonlyArray<Sibling>): ReadonlyArray<Sibling> =>
  siblings.toSorted((left, right) => (left.write < right.write ? -1 : 1))

/** The siblings of both, each write once. */
export const union = (left: ReadonlyArray<Sibling>, right: ReadonlyArray<Sibling>): ReadonlyArray<Sibling> =>
  sorted([...left, ...right.filter(({ write }) => !left.some((other) => other.write === write))])

/** The actors of each clock in a store: the vector of all, and each sibling's vector with its dot. */
export const clocksOf = ({ siblings, vector }: Store): ReadonlyArray<ReadonlyArray<string>> =>
  [vector, ...siblings.map((sibling) => join(sibling.vector, { [sibling.actor]: sibling.count }))].map((clock) =>
    Object.keys(clock)
  )
