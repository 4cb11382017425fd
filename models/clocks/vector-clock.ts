/**
 * Vector clocks: a counter per node; an event adds one to its own node's, an arrival takes the greater of each and is an
 * event itself. Version vectors are the same vectors on versions of data: a version is written by an event, and an
 * arrival only takes the greater of each.
 *
 * Source: Fidge, "Timestamps in Message-Passing Systems That Preserve the Partial Ordering" (1988); Mattern, "Virtual
 * Time and Global States of Distributed Systems" (1989). Version vectors: Parker et al., "Detection of Mutual
 * Inconsistency in Distributed Systems" (1983).
 */
import { Schema } from "effect"
import { type Clock, type ClockMutant, mutual } from "./clock.ts"

const Vector = Schema.Array(Schema.Natural)
type Vector = typeof Vector.Type

const join = (left: Vector, right: Vector): Vector => left.map((count, node) => Math.max(count, right[node] ?? 0))
const covers = (left: Vector, right: Vector): boolean => right.every((count, node) => (left[node] ?? 0) >= count)
const increment = (vector: Vector, self: number): Vector =>
  vector.map((count, node) => (node === self ? count + 1 : count))

/** A vector clock, correct or mutated. */
export const vectorClock = (mutant: ClockMutant): Clock<Vector, Vector> => ({
  kept: Vector,
  stamp: Vector,
  initial: (nodes) => Array.from({ length: nodes }, () => 0),
  event: (vector, { self }) => increment(vector, self),
  receive: (vector, arrived, { self }) => {
    const known = mutant === "no-maximum" ? vector : join(vector, arrived)
    return mutant === "no-increment" ? known : increment(known, self)
  },
  stampOf: (vector) => vector,
  compare: (left, right) => mutual(covers(left, right), covers(right, left), mutant),
  physical: false,
  arrivalIsEvent: true
})

/** A version vector: a vector clock without an event, and without an increment, for an arrival. */
export const versionVector = (mutant: ClockMutant): Clock<Vector, Vector> => ({
  ...vectorClock(mutant),
  receive: (vector, arrived) => (mutant === "no-maximum" ? vector : join(vector, arrived)),
  arrivalIsEvent: false
})
