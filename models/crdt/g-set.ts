/**
 * Grow-only set. State: the whole set is sent and united; operation and delta: one element is, to the same effect.
 * Union is commutative, associative and idempotent, so any delivery that loses no message for ever is sufficient.
 *
 * Source: Shapiro et al. 2011, specification 11, which is the state. grow-only-set.ts is the operation-based set alone,
 * whose states have a closed form. Mutants: `replaces` overwrites the set with the one that arrives; `first` never adds
 * to its first element.
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { Add } from "./operations.ts"
import { type DataType, replicaParameters, replicasOf, type Style } from "./replica.ts"

const Elements = Schema.ReadonlySet(Schema.String)
type Elements = typeof Elements.Type

/** Mutants of the set. */
export type GSetMutant = "none" | "replaces" | "first"

/** All elements of either set. */
export const unite = (left: Elements, right: Elements): Elements => new Set([...left, ...right])

/** Applies a message that arrives, by mutant. */
export const gSetMerge: { readonly [F in GSetMutant]: (own: Elements, other: Elements) => Elements } = {
  none: unite,
  replaces: (_own, other) => other,
  first: (own, other) => (own.size === 0 ? other : own)
}

/** The data type in a style. */
export const gSet = (style: Style, mutant: GSetMutant): DataType<Elements, typeof Add, Elements> => ({
  name: "g-set",
  style,
  payload: Elements,
  content: Elements,
  operations: [Add],
  initial: () => new Set<string>(),
  prepare: (elements, { element }) => new Set(style === "state" ? [...elements, element] : [element]),
  apply: gSetMerge[mutant]
})

/** Replicas that add x or y a number of times in all. */
export const gSetModel = Model.make({
  name: "g-set",
  about: "A set that only grows: state-based, delta-state and operation-based.",
  source: "Shapiro et al. 2011, specification 11",
  parameters: {
    style: Model.choice({ default: "state", values: ["operation", "state", "delta"], about: "what is sent" }),
    ...replicaParameters,
    operations: Model.integer({ default: 2, least: 1, most: 6, about: "additions in all, at any replicas" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "replaces", "first"],
      about: "what arrives replaces the set, or the first element stays the only one"
    })
  },
  system: ({ delivery, mutant, operations, replicas, style }) =>
    replicasOf(gSet(style, mutant), {
      replicas,
      delivery,
      workload: Workload.drawn(operations, [Add.make({ element: "x" }), Add.make({ element: "y" })])
    })
})
