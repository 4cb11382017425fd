/**
 * Conflict-free replicated sets, which differ in the effect of a removal. Each has settings with a delivery that is too
 * weak for it and with mutants.
 */
import { deltaOrSetModel, type DeltaSet, joinDelta } from "./delta-or-set.ts"
import { gSetMerge, gSetModel } from "./g-set.ts"
import { lwwElementSetModel, mergeTimed, type TimedSet, timedElements } from "./lww-element-set.ts"
import { mergeOptimised, type Optimised, optimisedOrSetModel } from "./optimised-or-set.ts"
import { elements, mergeOrSet, type ObservedRemove, orSetModel } from "./or-set.ts"
import { mergeTwoPhase, type TwoPhase, twoPhaseElements, twoPhaseSetModel } from "./two-phase-set.ts"
import {
  addedElements,
  latestElements,
  neverRemovedElements,
  observedRemoveElements
} from "plait/properties/data-type-values"
import { entry, type Entry } from "plait"
import { propertiesOf, deliveries, removable, rowOf } from "./shared-properties.ts"

const gSet = entry(gSetModel, {
  properties: ({ mutant, style }) =>
    propertiesOf<ReadonlySet<string>>({
      style,
      view: (elements) => [...elements].sort(),
      property: "the elements are those that were added",
      value: addedElements,
      merge: gSetMerge[mutant]
    }),
  settings: [
    ...(["operation", "state"] as const).flatMap((style) =>
      deliveries
        .slice(0, 2)
        .map((delivery) => ({ style, replicas: 2, delivery, operations: 3, mutant: "none" as const }))
    ),
    { style: "operation", replicas: 3, delivery: "at-least-once", operations: 2, mutant: "none" },
    { style: "operation", replicas: 2, delivery: "at-least-once", operations: 2, mutant: "replaces" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 2, mutant: "first" }
  ],
  place: (values) => rowOf(`grow-only set, ${values.style}`, values)
})

const twoPhaseSet = entry(twoPhaseSetModel, {
  properties: ({ mutant, style, workload }) => [
    ...propertiesOf<TwoPhase>({
      style,
      view: twoPhaseElements,
      property: "the elements are those that were added and never removed",
      value: neverRemovedElements,
      merge: mergeTwoPhase(mutant)
    }).slice(0, workload === "again" ? -1 : undefined),
    ...removable(twoPhaseElements).slice(workload === "again" ? 0 : 1)
  ],
  settings: [
    ...(["operation", "state", "delta"] as const).flatMap((style) =>
      (["at-least-once", "exactly-once", "causal"] as const).map((delivery) => ({
        style,
        replicas: 3,
        delivery,
        workload: "observed" as const,
        mutant: "none" as const
      }))
    ),
    { style: "state", replicas: 2, delivery: "at-least-once", workload: "again", mutant: "none" },
    { style: "state", replicas: 2, delivery: "at-least-once", workload: "observed", mutant: "no-tombstones" },
    { style: "state", replicas: 2, delivery: "at-least-once", workload: "observed", mutant: "common-removals" }
  ],
  place: (values) => rowOf(`two-phase set, ${values.style}`, values)
})

const observedRemove = {
  property: "an element is there if an addition of it is that no removal observed",
  value: observedRemoveElements
}

const orSet = entry(orSetModel, {
  properties: ({ mutant, operations, style }) => {
    const view = ({ added }: ObservedRemove) => elements(added)
    return [
      ...propertiesOf<ObservedRemove>({
        ...observedRemove,
        style,
        view,
        merge: (own, other) => mergeOrSet(own, other, mutant)
      }),
      ...removable(view).slice(operations < 3 ? 1 : 0)
    ]
  },
  settings: [
    ...(["at-least-once", "exactly-once", "causal"] as const).map((delivery) => ({
      style: "operation" as const,
      replicas: 2,
      delivery,
      operations: 3,
      mutant: "none" as const
    })),
    { style: "operation", replicas: 3, delivery: "exactly-once", operations: 2, mutant: "none" },
    { style: "operation", replicas: 3, delivery: "causal", operations: 2, mutant: "none" },
    { style: "operation", replicas: 2, delivery: "causal", operations: 3, mutant: "by-element" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 3, mutant: "none" },
    { style: "state", replicas: 3, delivery: "at-least-once", operations: 2, mutant: "none" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 3, mutant: "one-dot" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 3, mutant: "no-tombstones" }
  ],
  place: (values) => rowOf(`observed-remove set, ${values.style}`, values)
})

const optimisedOrSet = entry(optimisedOrSetModel, {
  properties: ({ mutant, operations, workload }) => {
    const view = ({ entries }: Optimised) => elements(entries)
    return [
      ...propertiesOf<Optimised>({ ...observedRemove, style: "state", view, merge: mergeOptimised(mutant) }),
      ...removable(view).slice(workload === "rivals" || operations < 3 ? 1 : 0)
    ]
  },
  settings: [
    { replicas: 2, delivery: "at-least-once", workload: "drawn", operations: 4, mutant: "none" },
    { replicas: 3, delivery: "at-least-once", workload: "drawn", operations: 2, mutant: "none" },
    { replicas: 2, delivery: "at-least-once", workload: "drawn", operations: 4, mutant: "keeps-common" },
    { replicas: 2, delivery: "at-least-once", workload: "drawn", operations: 3, mutant: "not-strict" },
    ...(["none", "keeps-common"] as const).map((mutant) => ({
      replicas: 3,
      delivery: "at-least-once" as const,
      workload: "rivals" as const,
      operations: 3,
      mutant
    }))
  ],
  place: (values) => rowOf("observed-remove set, state without tombstones", values)
})

const deltaOrSet = entry(deltaOrSetModel, {
  properties: ({ context, mutant, operations }) => {
    const view = ({ entries }: DeltaSet) => elements(entries)
    return [
      ...propertiesOf<DeltaSet>({
        ...observedRemove,
        style: "delta",
        view,
        ...(context === "dots" ? { merge: joinDelta("dots", mutant) } : {})
      }),
      ...removable(view).slice(operations < 3 ? 1 : 0)
    ]
  },
  settings: [
    ...(["dots", "vector"] as const).flatMap((context) =>
      (["at-least-once", "causal"] as const).map((delivery) => ({
        context,
        replicas: 2,
        delivery,
        operations: 3,
        mutant: "none" as const
      }))
    ),
    { context: "dots", replicas: 3, delivery: "at-least-once", operations: 2, mutant: "none" },
    { context: "dots", replicas: 2, delivery: "causal", operations: 3, mutant: "forgets-context" },
    { context: "dots", replicas: 2, delivery: "causal", operations: 3, mutant: "keeps-removed" }
  ],
  place: (values) => rowOf(`observed-remove set, delta with ${values.context === "dots" ? "dots" : "a vector"}`, values)
})

const times = { tie: ", equal times", between: "" }

const lwwElementSet = entry(lwwElementSetModel, {
  properties: ({ bias, mutant }) =>
    propertiesOf<TimedSet>({
      style: "state",
      view: timedElements,
      property: "the elements are those last added later than last removed",
      value: latestElements(bias === "remove" ? "remove" : "add"),
      // States of replicas with mixed biases have no commutative merge.
      ...(bias === "mixed" ? {} : { merge: mergeTimed(mutant) })
    }),
  settings: [
    ...(["add", "remove", "mixed"] as const).flatMap((bias) =>
      (["tie", "between"] as const).map((workload) => ({
        bias,
        replicas: 3,
        delivery: "at-least-once" as const,
        workload,
        mutant: "none" as const
      }))
    ),
    { bias: "add", replicas: 2, delivery: "at-most-once", workload: "between", mutant: "none" },
    { bias: "add", replicas: 2, delivery: "at-least-once", workload: "between", mutant: "keeps-own" },
    { bias: "remove", replicas: 2, delivery: "at-least-once", workload: "tie", mutant: "no-removals" }
  ],
  place: (values) =>
    rowOf(
      `last-writer-wins set, state, biases ${values.bias === "mixed" ? "mixed" : `to ${values.bias}`}`,
      values,
      times[values.workload]
    )
})

/** The entries. */
export const dataSets: ReadonlyArray<Entry> = [gSet, twoPhaseSet, orSet, optimisedOrSet, deltaOrSet, lwwElementSet]
