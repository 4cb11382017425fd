/**
 * Observed-remove set with deltas: a delta contains the dots of an update, the new one and those it replaces or
 * removes; a join is of sets of entries with a context of all dots ever seen.
 *
 * Source: Almeida, Shoker, Baquero, "Delta state replicated data types" (2018), figure 3 (optimised add-wins OR-set)
 * and section 7.2 on compressing the context. With the context as a set of dots deltas may arrive in any order. A
 * context compressed to a version vector covers all earlier dots, so that a delta which arrives early makes those
 * before it look removed: it needs the causal delta-merging condition. Mutants: `forgets-context` sends a removal
 * without the dots it removes; `keeps-removed` never drops an entry.
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { Add, Remove, type SetOperation } from "./operations.ts"
import { chosen, Dotted, elements } from "./or-set.ts"
import { type DataType, dotName, replicaParameters, replicasOf } from "./replica.ts"

const DeltaSet = Schema.Struct({ entries: Dotted, context: Schema.Array(Schema.String) })

/**
 * The additions that are present, and every dot that was ever seen; sorted, for each replica the last under `vector`.
 */
export type DeltaSet = typeof DeltaSet.Type

/** Form of the context. */
export type Context = "dots" | "vector"

/** Mutants of the set. */
export type DeltaMutant = "none" | "forgets-context" | "keeps-removed"

const replicaOf = (dot: string): string => dot.split(".")[0] ?? ""

const isSeen = (context: DeltaSet["context"], dot: string, kind: Context): boolean =>
  context.some((seen) => seen === dot || (kind === "vector" && replicaOf(seen) === replicaOf(dot) && seen > dot))

/** Joins a state with a state or a delta. A vector drops every dot but the last of each replica. */
export const joinDelta =
  (kind: Context, mutant: DeltaMutant) =>
  (own: DeltaSet, other: DeltaSet): DeltaSet => {
    const all = [...new Set([...own.context, ...other.context])].sort()
    const context =
      kind === "dots"
        ? all
        : all.filter(
            (dot) =>
              !isSeen(
                all.filter((seen) => seen !== dot),
                dot,
                kind
              )
          )
    // Messages name their dots one by one; only the state of a replica is compressed.
    const mine = chosen(
      own.entries,
      (dot) => mutant === "keeps-removed" || dot in other.entries || !other.context.includes(dot)
    )
    const theirs = chosen(other.entries, (dot) => dot in own.entries || !isSeen(own.context, dot, kind))
    return { entries: { ...mine, ...theirs }, context }
  }

/** The data type. */
export const deltaOrSet = (
  kind: Context,
  mutant: DeltaMutant
): DataType<DeltaSet, typeof Add | typeof Remove, DeltaSet> => ({
  name: "delta-or-set",
  style: "delta",
  payload: DeltaSet,
  content: DeltaSet,
  operations: [Add, Remove],
  initial: () => ({ entries: {}, context: [] }),
  possible: ({ entries }, { _tag, element }) => _tag === "Add" || elements(entries).includes(element),
  prepare: ({ entries }, { _tag, element }: SetOperation, dot) => {
    const replaced = Object.keys(chosen(entries, (_dot, other) => other === element))
    if (_tag === "Remove") return { entries: {}, context: mutant === "forgets-context" ? [] : replaced }
    return { entries: { [dotName(dot)]: element }, context: [...replaced, dotName(dot)].sort() }
  },
  apply: joinDelta(kind, mutant)
})

/** Replicas that add x or y and remove x a number of times in all. */
export const deltaOrSetModel = Model.make({
  name: "delta-or-set",
  about: "An observed-remove set whose replicas send what changed, with a context of dots or a version vector.",
  source: "Almeida et al. 2018, figure 3 and section 7.2",
  parameters: {
    context: Model.choice({
      default: "dots",
      values: ["dots", "vector"],
      about: "whether a replica keeps every dot it has seen or the last of each replica"
    }),
    ...replicaParameters,
    operations: Model.integer({ default: 3, least: 1, most: 5, about: "operations in all, at any replicas" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "forgets-context", "keeps-removed"],
      about: "removals do not say what they remove, or nothing is dropped"
    })
  },
  system: ({ context, delivery, mutant, operations, replicas }) =>
    replicasOf(deltaOrSet(context, mutant), {
      replicas,
      delivery,
      workload: Workload.drawn(operations, [
        Add.make({ element: "x" }),
        Add.make({ element: "y" }),
        Remove.make({ element: "x" })
      ])
    })
})
