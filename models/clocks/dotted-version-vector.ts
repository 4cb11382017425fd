/**
 * Dotted version vectors: a version's own event, the dot, is separate from the vector of the events it has seen. One
 * version happened before another iff the other's vector covers its dot, which is one comparison of integers.
 *
 * Source: Preguiça, Baquero, Almeida, Fonte, Gonçalves, "Dotted Version Vectors: Logical Clocks for Optimistic
 * Replication" (2010). Between replicas that write for themselves, as here, they give the same order as version
 * vectors; the two differ only with clients (models/siblings).
 */
import { Schema } from "effect"
import { type Clock, type ClockMutant, mutual } from "./clock.ts"

const Vector = Schema.Array(Schema.Natural)
const Version = Schema.Struct({ dot: Schema.Struct({ node: Schema.Natural, count: Schema.Natural }), seen: Vector })
const Kept = Schema.Struct({ last: Version, known: Vector })

type Version = typeof Version.Type
type Kept = typeof Kept.Type

const covers = (seen: ReadonlyArray<number>, { dot }: Version): boolean => (seen[dot.node] ?? 0) >= dot.count
const joined = (seen: ReadonlyArray<number>, { dot, seen: before }: Version): ReadonlyArray<number> =>
  seen.map((count, node) => Math.max(count, before[node] ?? 0, node === dot.node ? dot.count : 0))

const isSame = (left: Version, right: Version): boolean =>
  left.dot.node === right.dot.node && left.dot.count === right.dot.count

/** Versions with dots, correct or mutated. */
export const dottedVersionVector = (mutant: ClockMutant): Clock<Kept, Version> => ({
  kept: Kept,
  stamp: Version,
  initial: (nodes) => {
    const zero = Array.from({ length: nodes }, () => 0)
    return { last: { dot: { node: 0, count: 0 }, seen: zero }, known: zero }
  },
  event: ({ known }, { self }) => {
    const last = { dot: { node: self, count: (known[self] ?? 0) + 1 }, seen: known }
    return { last, known: joined(known, last) }
  },
  receive: ({ known, last }, arrived) => ({ last, known: mutant === "no-maximum" ? known : joined(known, arrived) }),
  stampOf: ({ last }) => last,
  compare: (left, right) => {
    const same = isSame(left, right)
    return mutual(same || covers(left.seen, right), same || covers(right.seen, left), mutant)
  },
  physical: false,
  arrivalIsEvent: false
})
