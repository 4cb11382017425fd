/**
 * Counter with increments and decrements. State: two grow-only counters, the value is their difference. Delta: the one
 * entry that changed. Operation: a total, to which every delivered operation adds or from which it subtracts.
 *
 * Source: Shapiro et al. 2011, specifications 5 (operations) and 7 (state); Almeida et al. 2018 for deltas. Deviation:
 * the operation-based total is the one entry `total` of the increments, and may be negative. Mutants: `one-vector`
 * counts decrements down in the vector of increments, in which the greater of two entries hides them (the reason for
 * two vectors that section 3.1.3 gives); `adds` and `shared` as in g-counter.ts.
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { applyCounts, counted, type CounterMutant, Counts, total } from "./g-counter.ts"
import { Decrement, Increment } from "./operations.ts"
import { type DataType, replicaParameters, replicasOf, type Style } from "./replica.ts"

const Difference = Schema.Struct({ increments: Counts, decrements: Counts })

/** Two grow-only counters. */
export type Difference = typeof Difference.Type

/** Mutants of the counter. */
export type DifferenceMutant = CounterMutant | "one-vector"

/** The value a client reads. */
export const difference = ({ decrements, increments }: Difference): number => total(increments) - total(decrements)

/** The data type in a style. */
export const pnCounter = (
  style: Style,
  mutant: DifferenceMutant
): DataType<Difference, typeof Increment | typeof Decrement, Difference> => {
  const within = mutant === "one-vector" ? "none" : mutant
  const apply = applyCounts(style, within)
  const signed = style === "operation" || mutant === "one-vector"
  return {
    name: "pn-counter",
    style,
    payload: Difference,
    content: Difference,
    operations: [Increment, Decrement],
    initial: () => ({ increments: {}, decrements: {} }),
    prepare: ({ decrements, increments }, { _tag }, dot) => {
      const rest = style === "state" ? { increments, decrements } : { increments: {}, decrements: {} }
      if (_tag === "Increment") return { ...rest, increments: counted(increments, 1, dot, style, within) }
      if (signed) return { ...rest, increments: counted(increments, -1, dot, style, within) }
      return { ...rest, decrements: counted(decrements, 1, dot, style, within) }
    },
    // An entry stands for all increments, or all decrements, that its replica has made.
    includes: (earlier, { _tag }) => earlier.endsWith(_tag.toLowerCase()),
    apply: (left, right) => ({
      increments: apply(left.increments, right.increments),
      decrements: apply(left.decrements, right.decrements)
    })
  }
}

/** Replicas with a number of increments and decrements in all. */
export const pnCounterModel = Model.make({
  name: "pn-counter",
  about: "A counter that grows and shrinks: state-based, delta-state and operation-based.",
  source: "Shapiro et al. 2011, specifications 5 and 7; Almeida et al. 2018",
  parameters: {
    style: Model.choice({ default: "state", values: ["operation", "state", "delta"], about: "what is sent" }),
    ...replicaParameters,
    operations: Model.integer({ default: 3, least: 1, most: 6, about: "operations in all, at any replicas" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "adds", "shared", "one-vector"],
      about: "merging adds entries, all replicas count in one entry, or decrements count down in the same vector"
    })
  },
  system: ({ delivery, mutant, operations, replicas, style }) =>
    replicasOf(pnCounter(style, mutant), {
      replicas,
      delivery,
      workload: Workload.drawn(operations, [Increment.make({}), Decrement.make({})])
    })
})
