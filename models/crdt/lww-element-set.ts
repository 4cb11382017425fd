/**
 * Last-writer-wins element set, state-based: each element has its latest addition and its latest removal, and the later
 * of the two decides. At equal timestamps a bias decides: to the addition or to the removal.
 *
 * Source: after Shapiro et al. 2011, section 3.3.3, LWW-element-set. Deviations: an operation brings its timestamp with
 * it; an element may be removed at a replica that does not have it. Replicas may be given different biases, as two
 * releases of one library may have them. Mutants: `keeps-own` keeps the own timestamp instead of the later one;
 * `no-removals` does not store removals.
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { Counts, greaterCounts } from "./g-counter.ts"
import { type DataType, replicaParameters, replicasOf } from "./replica.ts"

/** Adds an element at a time. */
export const AddAt = Schema.TaggedStruct("AddAt", { element: Schema.String, timestamp: Schema.Int })

/** Removes an element at a time. */
export const RemoveAt = Schema.TaggedStruct("RemoveAt", { element: Schema.String, timestamp: Schema.Int })

const TimedSet = Schema.Struct({ bias: Schema.Literals(["add", "remove"]), added: Counts, removed: Counts })

/** The replica's bias, and for each element the times of its last addition and removal. */
export type TimedSet = typeof TimedSet.Type

/** The decision at equal timestamps: the same at every replica, or the addition at n0 and the removal at the others. */
export type Bias = "add" | "remove" | "mixed"

/** Mutants of the set. */
export type TimedMutant = "none" | "keeps-own" | "no-removals"

/** The elements a client reads, sorted. */
export const timedElements = ({ added, bias, removed }: TimedSet): ReadonlyArray<string> =>
  Object.entries(added)
    .filter(([element, at]) => {
      const gone = removed[element] ?? 0
      return at > gone || (at === gone && bias === "add")
    })
    .map(([element]) => element)
    .sort()

/** Merges two states; the bias remains the replica's own. */
export const mergeTimed =
  (mutant: TimedMutant) =>
  (own: TimedSet, other: TimedSet): TimedSet =>
    mutant === "keeps-own"
      ? { ...own, added: { ...other.added, ...own.added }, removed: { ...other.removed, ...own.removed } }
      : {
          bias: own.bias,
          added: greaterCounts(own.added, other.added),
          removed: greaterCounts(own.removed, other.removed)
        }

/** The data type. */
export const lwwElementSet = (
  bias: Bias,
  mutant: TimedMutant
): DataType<TimedSet, typeof AddAt | typeof RemoveAt, TimedSet> => ({
  name: "lww-element-set",
  style: "state",
  payload: TimedSet,
  content: TimedSet,
  operations: [AddAt, RemoveAt],
  initial: (replica) => ({
    bias: bias === "mixed" ? (replica === 0 ? "add" : "remove") : bias,
    added: {},
    removed: {}
  }),
  prepare: (set, { _tag, element, timestamp }) => {
    const at = { [element]: timestamp }
    if (_tag === "AddAt") return { ...set, added: greaterCounts(set.added, at) }
    return { ...set, removed: mutant === "no-removals" ? set.removed : greaterCounts(set.removed, at) }
  },
  apply: mergeTimed(mutant)
})

const at = (timestamp: number) => ({ element: "x", timestamp })

const scripts = {
  /** One replica adds x and another removes it, both at time 1. */
  tie: [[AddAt.make(at(1))], [RemoveAt.make(at(1))]],
  /** One replica adds x at times 1 and 3, another removes it at time 2. */
  between: [[AddAt.make(at(1)), AddAt.make(at(3))], [RemoveAt.make(at(2))]]
}

/** Replicas that add and remove x at given times. */
export const lwwElementSetModel = Model.make({
  name: "lww-element-set",
  about: "A set in which the later of addition and removal decides, and a bias where they are of one time.",
  source: "after Shapiro et al. 2011, section 3.3.3",
  parameters: {
    bias: Model.choice({
      default: "add",
      values: ["add", "remove", "mixed"],
      about: "what decides at equal timestamps; mixed: the addition at n0, the removal elsewhere"
    }),
    ...replicaParameters,
    workload: Model.choice({
      default: "tie",
      values: ["tie", "between"],
      about: "an addition and a removal of one time, or a removal between two additions"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "keeps-own", "no-removals"],
      about: "merging keeps the own timestamp, or removals are not kept"
    })
  },
  system: ({ bias, delivery, mutant, replicas, workload }) =>
    replicasOf(lwwElementSet(bias, mutant), { replicas, delivery, workload: Workload.script(scripts[workload]) })
})
