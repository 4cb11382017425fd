/**
 * Observed-remove set: every addition has a dot of its own, and a removal removes exactly the dots it saw. Operation:
 * the removal names those dots, so it must not overtake the additions: causal delivery. State: removed dots stay as
 * tombstones, so any order is sufficient.
 *
 * Source: Shapiro et al. 2011, specification 15, for the operations; Bieniusa et al., "An optimized conflict-free
 * replicated set" (INRIA RR-8083, 2012), section 3, for the state with tombstones. Deviation: an absent element cannot
 * be removed, as in `pre` of specification 15. Mutants: `by-element` removes all additions of the element that are
 * present when it arrives; `one-dot` gives every addition of an element the same dot (a two-phase set then);
 * `no-tombstones` drops the dots that were removed.
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { Add, Remove, type SetOperation } from "./operations.ts"
import { type DataType, dotName, replicaParameters, replicasOf } from "./replica.ts"

/** Elements by dot. */
export const Dotted = Schema.Record(Schema.String, Schema.String)
/** Elements by dot. */
export type Dotted = typeof Dotted.Type

const ObservedRemove = Schema.Struct({ added: Dotted, removed: Dotted })

/** The additions that are present, and those that were removed: as tombstones, or as the dots of a removal. */
export type ObservedRemove = typeof ObservedRemove.Type

/** Mutants of the set. */
export type OrSetMutant = "none" | "by-element" | "one-dot" | "no-tombstones"

/** The entries that pass a test of dot and element. */
export const chosen = (dotted: Dotted, keep: (dot: string, element: string) => boolean): Dotted =>
  Object.fromEntries(Object.entries(dotted).filter(([dot, element]) => keep(dot, element)))

/** The elements a client reads, sorted. */
export const elements = (dotted: Dotted): ReadonlyArray<string> => [...new Set(Object.values(dotted))].sort()

const without = (dotted: Dotted, removed: Dotted, mutant: OrSetMutant): Dotted =>
  chosen(dotted, (dot, element) =>
    mutant === "by-element" ? !Object.values(removed).includes(element) : !(dot in removed)
  )

/** Merges two states with tombstones. */
export const mergeOrSet = (
  own: ObservedRemove,
  other: ObservedRemove,
  mutant: OrSetMutant = "none"
): ObservedRemove => {
  const removed = { ...own.removed, ...other.removed }
  return { added: without({ ...own.added, ...other.added }, removed, mutant), removed }
}

/** The data type in a style. */
export const orSet = (
  style: "operation" | "state",
  mutant: OrSetMutant
): DataType<ObservedRemove, typeof Add | typeof Remove, ObservedRemove> => ({
  name: "or-set",
  style,
  payload: ObservedRemove,
  content: ObservedRemove,
  operations: [Add, Remove],
  initial: () => ({ added: {}, removed: {} }),
  possible: ({ added }, { _tag, element }) => _tag === "Add" || Object.values(added).includes(element),
  prepare: ({ added, removed }, { _tag, element }: SetOperation, dot) => {
    const there = style === "state" ? { added, removed } : { added: {}, removed: {} }
    if (_tag === "Add") {
      return { ...there, added: { ...there.added, [mutant === "one-dot" ? element : dotName(dot)]: element } }
    }
    const seen = chosen(added, (_dot, other) => other === element)
    return {
      added: chosen(there.added, (other) => !(other in seen)),
      removed: mutant === "no-tombstones" ? there.removed : { ...there.removed, ...seen }
    }
  },
  apply: (own, other) => {
    if (style === "state" && mutant !== "no-tombstones") return mergeOrSet(own, other, mutant)
    if (style === "state") return { added: { ...own.added, ...other.added }, removed: {} }
    return { added: { ...without(own.added, other.removed, mutant), ...other.added }, removed: {} }
  }
})

/** Replicas that add and remove x a number of times in all. */
export const orSetModel = Model.make({
  name: "or-set",
  about:
    "A set in which a removal takes only the additions it observed: operation-based, and state-based with tombstones.",
  source: "Shapiro et al. 2011, specification 15; Bieniusa et al. 2012, section 3",
  parameters: {
    style: Model.choice({ default: "state", values: ["operation", "state"], about: "what is sent" }),
    ...replicaParameters,
    operations: Model.integer({ default: 3, least: 1, most: 5, about: "operations in all, at any replicas" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "by-element", "one-dot", "no-tombstones"],
      about: "removals take all of an element, all its additions have one dot, or removed dots are forgotten"
    })
  },
  system: ({ delivery, mutant, operations, replicas, style }) =>
    replicasOf(orSet(style, mutant), {
      replicas,
      delivery,
      workload: Workload.drawn(operations, [Add.make({ element: "x" }), Remove.make({ element: "x" })])
    })
})
