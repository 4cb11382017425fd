/**
 * Two-phase set: a removed element never comes back. State: two grow-only sets, of elements added and removed; delta:
 * the element that changed. Operation (U-Set): there is no removed set, since each element is added only once; a
 * removal that overtakes its addition is then lost, so it requires causal delivery.
 *
 * Source: Shapiro et al. 2011, specifications 12 (state) and 13 (operations: the U-Set). The state always converges;
 * the price is that an element added again stays out. Mutants: `no-tombstones` removes from the added elements;
 * `common-removals` keeps only removals both sides have.
 */
import { Schema } from "effect"
import { Model, Workload } from "plait"
import { unite } from "./g-set.ts"
import { Add, Remove, type SetOperation } from "./operations.ts"
import { type DataType, replicaParameters, replicasOf, type Style } from "./replica.ts"

const TwoPhase = Schema.Struct({ added: Schema.ReadonlySet(Schema.String), removed: Schema.ReadonlySet(Schema.String) })

/** The elements ever added and ever removed; in the operation style those that are present, and none. */
export type TwoPhase = typeof TwoPhase.Type

/** Mutants of the set. */
export type TwoPhaseMutant = "none" | "no-tombstones" | "common-removals"

const minus = (left: ReadonlySet<string>, right: ReadonlySet<string>) =>
  new Set([...left].filter((element) => !right.has(element)))

const nothing: TwoPhase = { added: new Set(), removed: new Set() }

/** The elements a client reads, sorted. */
export const twoPhaseElements = ({ added, removed }: TwoPhase): ReadonlyArray<string> =>
  [...minus(added, removed)].sort()

/** Merges two states. */
export const mergeTwoPhase =
  (mutant: TwoPhaseMutant) =>
  (own: TwoPhase, other: TwoPhase): TwoPhase => ({
    added: unite(own.added, other.added),
    removed:
      mutant === "common-removals"
        ? new Set([...own.removed].filter((element) => other.removed.has(element)))
        : unite(own.removed, other.removed)
  })

/** The data type in a style. */
export const twoPhaseSet = (
  style: Style,
  mutant: TwoPhaseMutant
): DataType<TwoPhase, typeof Add | typeof Remove, TwoPhase> => ({
  name: "two-phase-set",
  style,
  payload: TwoPhase,
  content: TwoPhase,
  operations: [Add, Remove],
  initial: () => nothing,
  possible: (payload, { _tag, element }) => _tag === "Add" || twoPhaseElements(payload).includes(element),
  prepare: (payload, { _tag, element }: SetOperation) => {
    const { added, removed } = style === "state" ? payload : nothing
    if (_tag === "Add") return { added: new Set([...added, element]), removed }
    if (mutant === "no-tombstones") return { added: minus(added, new Set([element])), removed }
    return { added, removed: new Set([...removed, element]) }
  },
  apply: (own, other) =>
    style === "operation"
      ? { added: minus(unite(own.added, other.added), other.removed), removed: new Set() }
      : mergeTwoPhase(mutant)(own, other)
})

const scripts = {
  /** One replica that adds, another that removes the element it has seen. */
  observed: [[Add.make({ element: "x" })], [Remove.make({ element: "x" })]],
  /** One replica that adds, removes and adds again. */
  again: [[Add.make({ element: "x" }), Remove.make({ element: "x" }), Add.make({ element: "x" })]]
}

/** Replicas that add and remove one element. */
export const twoPhaseSetModel = Model.make({
  name: "two-phase-set",
  about: "A set in which what was removed never comes back: state-based, delta-state, and operation-based as a U-Set.",
  source: "Shapiro et al. 2011, specifications 12 and 13",
  parameters: {
    style: Model.choice({ default: "state", values: ["operation", "state", "delta"], about: "what is sent" }),
    ...replicaParameters,
    workload: Model.choice({
      default: "observed",
      values: ["observed", "again"],
      about: "an addition and a removal elsewhere, or an element added, removed and added again"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "no-tombstones", "common-removals"],
      about: "removals leave no mark, or count only where both sides have them"
    })
  },
  system: ({ delivery, mutant, replicas, style, workload }) =>
    replicasOf(twoPhaseSet(style, mutant), { replicas, delivery, workload: Workload.script(scripts[workload]) })
})
