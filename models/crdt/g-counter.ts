/**
 * Grow-only counter. State: each replica counts its own increments in its own entry of a vector, merging takes the
 * greater of each entry, the value is the sum. Delta: only the entry that changed is sent. Operation: a single total,
 * to which every delivered increment adds, so that one delivered twice counts twice.
 *
 * Source: Shapiro et al. 2011, specification 6, and 5 without decrement; Almeida et al. 2018, figure 2.
 * Deviations: an entry of 0 is absent; the operation-based total is kept as the one entry `total`.
 * Mutants: `adds` merges by adding entries, `shared` makes all replicas count in one entry.
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { Increment } from "./operations.ts"
import { type DataType, type Dot, replicaName, replicaParameters, replicasOf, type Style } from "./replica.ts"

/** Counts by replica; an absent one is 0. */
export const Counts = Schema.Record(Schema.String, Schema.Int)
/** Counts by replica; an absent one is 0. */
export type Counts = typeof Counts.Type

const combine = (left: Counts, right: Counts, choose: (left: number, right: number) => number): Counts =>
  Object.fromEntries(
    [...new Set([...Object.keys(left), ...Object.keys(right)])].map((name) => [
      name,
      choose(left[name] ?? 0, right[name] ?? 0)
    ])
  )

/** The greater of each entry: the least upper bound. */
export const greaterCounts = (left: Counts, right: Counts): Counts => combine(left, right, Math.max)

/** The sum of each entry. */
export const addCounts = (left: Counts, right: Counts): Counts => combine(left, right, (a, b) => a + b)

/** The sum of all entries. */
export const total = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** Mutants of the counter. */
export type CounterMutant = "none" | "adds" | "shared"

/** The message of an increment by `amount`: an amount for a total, the entry that changed, or all entries. */
export const counted = (counts: Counts, amount: number, dot: Dot, style: Style, mutant: CounterMutant): Counts => {
  if (style === "operation") return { total: amount }
  const entry = mutant === "shared" ? "shared" : replicaName(dot.replica)
  const changed = { [entry]: (counts[entry] ?? 0) + amount }
  return style === "delta" ? changed : { ...counts, ...changed }
}

/** Applies a message that arrives. */
export const applyCounts = (style: Style, mutant: CounterMutant) =>
  style === "operation" || mutant === "adds" ? addCounts : greaterCounts

/** The data type in a style. */
export const gCounter = (style: Style, mutant: CounterMutant): DataType<Counts, typeof Increment, Counts> => ({
  name: "g-counter",
  style,
  payload: Counts,
  content: Counts,
  operations: [Increment],
  initial: () => ({}),
  prepare: (counts, _increment, dot) => counted(counts, 1, dot, style, mutant),
  // An entry stands for all increments that its replica has made.
  includes: () => true,
  apply: applyCounts(style, mutant)
})

/** Replicas that increment a number of times in all. */
export const gCounterModel = Model.make({
  name: "g-counter",
  about: "A counter that only grows: state-based, delta-state and operation-based.",
  source: "Shapiro et al. 2011, specifications 5 and 6; Almeida et al. 2018, figure 2",
  parameters: {
    style: Model.choice({ default: "state", values: ["operation", "state", "delta"], about: "what is sent" }),
    ...replicaParameters,
    operations: Model.integer({ default: 3, least: 1, most: 6, about: "increments in all, at any replicas" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "adds", "shared"],
      about: "merging adds entries, or all replicas count in one entry"
    })
  },
  system: ({ delivery, mutant, operations, replicas, style }) =>
    replicasOf(gCounter(style, mutant), {
      replicas,
      delivery,
      workload: Workload.drawn(operations, [Increment.make({})])
    })
})
