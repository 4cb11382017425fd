/**
 * Observed-remove set without tombstones, state-based: a version vector covers the additions that a replica has seen.
 * An addition that one side lacks and has seen was removed there; one that it has not seen is new.
 *
 * Source: Bieniusa, Zawirski, Preguiça, Shapiro, Baquero, Balegas, Duarte, "An optimized conflict-free replicated set"
 * (INRIA RR-8083, 2012), figure 3; the same structure is Riak's ORSWOT. Deviation: additions and removals of a replica
 * are numbered together, so a removal leaves a gap in the numbers of the dots. Mutants, as they were in Riak:
 * `keeps-common` keeps every dot of an element that both sides have (riak_dt pull request 82); `not-strict` counts a
 * dot as unseen unless the other side has seen a later one (pull request 78).
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { Counts, greaterCounts } from "./g-counter.ts"
import { Add, Remove, type SetOperation } from "./operations.ts"
import { chosen, Dotted, elements } from "./or-set.ts"
import { type DataType, dotName, replicaName, replicaParameters, replicasOf } from "./replica.ts"

const Optimised = Schema.Struct({ entries: Dotted, vector: Counts })

/** The additions that are present, and the number of updates seen of each replica. */
export type Optimised = typeof Optimised.Type

/** Mutants of the merge. */
export type OptimisedMutant = "none" | "keeps-common" | "not-strict"

/** True if a vector has seen a dot. */
const seen = (vector: Counts, dot: string, mutant: OptimisedMutant): boolean => {
  const [replica = "", number] = dot.split(".")
  const count = vector[replica] ?? 0
  return mutant === "not-strict" ? count > Number(number) : count >= Number(number)
}

/** Merges two states, correctly or by a mutant's rule. */
export const mergeOptimised =
  (mutant: OptimisedMutant) =>
  (own: Optimised, other: Optimised): Optimised => {
    const common = elements(own.entries).filter((element) => elements(other.entries).includes(element))
    const keep = (side: Optimised, opposite: Optimised) =>
      chosen(side.entries, (dot, element) => {
        if (mutant === "keeps-common" && common.includes(element)) return true
        return dot in opposite.entries || !seen(opposite.vector, dot, mutant)
      })
    return {
      entries: { ...keep(own, other), ...keep(other, own) },
      vector: greaterCounts(own.vector, other.vector)
    }
  }

/** The data type. */
export const optimisedOrSet = (
  mutant: OptimisedMutant
): DataType<Optimised, typeof Add | typeof Remove, Optimised> => ({
  name: "optimised-or-set",
  style: "state",
  payload: Optimised,
  content: Optimised,
  operations: [Add, Remove],
  initial: () => ({ entries: {}, vector: {} }),
  possible: ({ entries }, { _tag, element }) => _tag === "Add" || elements(entries).includes(element),
  prepare: ({ entries, vector }, { _tag, element }: SetOperation, dot) => {
    const others = chosen(entries, (_dot, other) => other !== element)
    if (_tag === "Remove") return { entries: others, vector }
    return {
      entries: { ...others, [dotName(dot)]: element },
      vector: { ...vector, [replicaName(dot.replica)]: dot.number }
    }
  },
  apply: mergeOptimised(mutant)
})

const scripts = {
  /** Two replicas that each add x and remove it, possibly without each other's updates. */
  rivals: [
    [Add.make({ element: "x" }), Remove.make({ element: "x" })],
    [Add.make({ element: "x" }), Remove.make({ element: "x" })]
  ]
}

/** Replicas that add and remove x. */
export const optimisedOrSetModel = Model.make({
  name: "optimised-or-set",
  about: "An observed-remove set without tombstones: a version vector tells what was removed from what is new.",
  source: "Bieniusa et al. 2012, figure 3; riak_dt pull requests 78 and 82 for the mutants",
  parameters: {
    ...replicaParameters,
    workload: Model.choice({
      default: "drawn",
      values: ["drawn", "rivals"],
      about: "a number of operations at any replicas, or n0 and n1 each add x and remove it"
    }),
    operations: Model.integer({ default: 3, least: 1, most: 5, about: "operations in all, where they are drawn" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "keeps-common", "not-strict"],
      about: "what both sides have is kept whole, or a dot is unseen until a later one is seen"
    })
  },
  system: ({ delivery, mutant, operations, replicas, workload }) =>
    replicasOf(optimisedOrSet(mutant), {
      replicas,
      delivery,
      workload:
        workload === "rivals"
          ? Workload.script(scripts.rivals)
          : Workload.drawn(operations, [Add.make({ element: "x" }), Remove.make({ element: "x" })])
    })
})
