/**
 * Conflict-free replicated data types: what each shows is compared with what its specification says of the updates
 * applied, and each stands with a delivery that is too weak for it and with mutants.
 */
import { difference, type Difference, pnCounterModel } from "../../models/crdt/pn-counter.ts"
import { applyCounts, type Counts, gCounterModel, total } from "../../models/crdt/g-counter.ts"
import { gSetMerge, gSetModel } from "../../models/crdt/g-set.ts"
import { deltaOrSetModel, type DeltaSet, joinDelta } from "../../models/crdt/delta-or-set.ts"
import { lwwElementSetModel, mergeTimed, type TimedSet, timedElements } from "../../models/crdt/lww-element-set.ts"
import { mergeOptimised, type Optimised, optimisedOrSetModel } from "../../models/crdt/optimised-or-set.ts"
import { mergeMultiValue, type MultiValue, mvRegisterModel, registerValues } from "../../models/crdt/mv-register.ts"
import { elements, mergeOrSet, type ObservedRemove, orSetModel } from "../../models/crdt/or-set.ts"
import { mergeTwoPhase, type TwoPhase, twoPhaseElements, twoPhaseSetModel } from "../../models/crdt/two-phase-set.ts"
import type { Delivery, ReplicaState, Style } from "../../models/crdt/replica.ts"
import { convergence, strongConvergence } from "../../properties/convergence.ts"
import { meetsSpecification, type UpdateMade } from "../../properties/data-type-specification.ts"
import {
  addedElements,
  counterValue,
  type DataOperation,
  latestElements,
  maximalWrites,
  neverRemovedElements,
  observedRemoveElements
} from "../../properties/data-type-values.ts"
import { statesGrow } from "../../properties/growing-states.ts"
import { addedAgainIsThere, removedStaysOut } from "../../properties/removal.ts"
import { mergeLaws } from "../../properties/merge-laws.ts"
import { type NodesView, Property } from "../property/index.ts"
import { type Entry, entry } from "../suite/Suite.ts"

/** What the claims about a data type need to know of it. */
interface Claimed<Payload> {
  readonly style: Style
  readonly view: (payload: Payload) => unknown
  /** What its specification says, in words and as a function. */
  readonly claim: string
  readonly value: (applied: ReadonlyArray<UpdateMade<DataOperation>>) => unknown
  readonly merge?: (own: Payload, other: Payload) => Payload
}

const lattice = <Payload>(merge: (own: Payload, other: Payload) => Payload) => {
  const value = ({ payload }: ReplicaState<Payload>) => payload
  return [...mergeLaws<ReplicaState<Payload>, Payload>({ value, merge }), statesGrow({ value, merge })]
}

const claimsOf = <Payload>({ claim, merge, style, value, view }: Claimed<Payload>) => {
  const shown = ({ payload }: ReplicaState<Payload>) => view(payload)
  return [
    convergence<ReplicaState<Payload>>({ view: shown }),
    strongConvergence<ReplicaState<Payload>>({ view: shown }),
    meetsSpecification<ReplicaState<Payload>, DataOperation>({ claim, view: shown, value }),
    ...(style === "operation" || merge === undefined ? [] : lattice(merge)),
    updatesCross<Payload>()
  ]
}

/** Two replicas each have an update that the other is still to receive. */
const updatesCross = <Payload>() =>
  Property.reachable<NodesView<ReplicaState<Payload>>>("two updates cross in flight", {
    holds: ({ nodes }) =>
      nodes.some(({ inbox, id }) => inbox.some(({ from }) => nodes[from]?.inbox.some((other) => other.from === id)))
  })

const deliveries = [
  "at-most-once",
  "at-least-once",
  "exactly-once",
  "causal"
] as const satisfies ReadonlyArray<Delivery>

const gCounter = entry(gCounterModel, {
  claims: ({ fault, style }) =>
    claimsOf<Counts>({
      style,
      view: total,
      claim: "the value is the number of increments",
      value: counterValue,
      merge: applyCounts(style, fault)
    }),
  settings: [
    ...(["operation", "state", "delta"] as const).flatMap((style) =>
      deliveries
        .slice(0, 3)
        .map((delivery) => ({ style, replicas: 2, delivery, operations: 3, fault: "none" as const }))
    ),
    { style: "state", replicas: 3, delivery: "at-least-once", operations: 2, fault: "none" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 2, fault: "adds" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 2, fault: "shared" }
  ]
})

const pnCounter = entry(pnCounterModel, {
  claims: ({ fault, style }) => {
    const apply = applyCounts(style, fault === "one-vector" ? "none" : fault)
    return claimsOf<Difference>({
      style,
      view: difference,
      claim: "the value is increments less decrements",
      value: counterValue,
      merge: (own, other) => ({
        increments: apply(own.increments, other.increments),
        decrements: apply(own.decrements, other.decrements)
      })
    })
  },
  settings: [
    ...(["operation", "state", "delta"] as const).flatMap((style) =>
      deliveries
        .slice(0, 3)
        .map((delivery) => ({ style, replicas: 2, delivery, operations: 3, fault: "none" as const }))
    ),
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 2, fault: "one-vector" },
    { style: "delta", replicas: 2, delivery: "at-least-once", operations: 2, fault: "adds" }
  ]
})

const gSet = entry(gSetModel, {
  claims: ({ fault, style }) =>
    claimsOf<ReadonlySet<string>>({
      style,
      view: (elements) => [...elements].sort(),
      claim: "the elements are those that were added",
      value: addedElements,
      merge: gSetMerge[fault]
    }),
  settings: [
    ...(["operation", "state"] as const).flatMap((style) =>
      deliveries
        .slice(0, 2)
        .map((delivery) => ({ style, replicas: 2, delivery, operations: 3, fault: "none" as const }))
    ),
    { style: "operation", replicas: 3, delivery: "at-least-once", operations: 2, fault: "none" },
    { style: "operation", replicas: 2, delivery: "at-least-once", operations: 2, fault: "replaces" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 2, fault: "first" }
  ]
})

const removable = <Payload>(view: (payload: Payload) => ReadonlyArray<string>) => {
  const shown = ({ payload }: ReplicaState<Payload>) => view(payload)
  return [
    addedAgainIsThere<ReplicaState<Payload>>({ elements: shown }),
    removedStaysOut<ReplicaState<Payload>>({ elements: shown })
  ]
}

const twoPhaseSet = entry(twoPhaseSetModel, {
  claims: ({ fault, style, workload }) => [
    ...claimsOf<TwoPhase>({
      style,
      view: twoPhaseElements,
      claim: "the elements are those that were added and never removed",
      value: neverRemovedElements,
      merge: mergeTwoPhase(fault)
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
        fault: "none" as const
      }))
    ),
    { style: "state", replicas: 2, delivery: "at-least-once", workload: "again", fault: "none" },
    { style: "state", replicas: 2, delivery: "at-least-once", workload: "observed", fault: "no-tombstones" },
    { style: "state", replicas: 2, delivery: "at-least-once", workload: "observed", fault: "common-removals" }
  ]
})

const observedRemove = {
  claim: "an element is there if an addition of it is that no removal observed",
  value: observedRemoveElements
}

const orSet = entry(orSetModel, {
  claims: ({ fault, operations, style }) => {
    const view = ({ added }: ObservedRemove) => elements(added)
    return [
      ...claimsOf<ObservedRemove>({
        ...observedRemove,
        style,
        view,
        merge: (own, other) => mergeOrSet(own, other, fault)
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
      fault: "none" as const
    })),
    { style: "operation", replicas: 3, delivery: "exactly-once", operations: 2, fault: "none" },
    { style: "operation", replicas: 3, delivery: "causal", operations: 2, fault: "none" },
    { style: "operation", replicas: 2, delivery: "causal", operations: 3, fault: "by-element" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 3, fault: "none" },
    { style: "state", replicas: 3, delivery: "at-least-once", operations: 2, fault: "none" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 3, fault: "one-dot" },
    { style: "state", replicas: 2, delivery: "at-least-once", operations: 3, fault: "no-tombstones" }
  ]
})

const optimisedOrSet = entry(optimisedOrSetModel, {
  claims: ({ fault, operations, workload }) => {
    const view = ({ entries }: Optimised) => elements(entries)
    return [
      ...claimsOf<Optimised>({ ...observedRemove, style: "state", view, merge: mergeOptimised(fault) }),
      ...removable(view).slice(workload === "rivals" || operations < 3 ? 1 : 0)
    ]
  },
  settings: [
    { replicas: 2, delivery: "at-least-once", workload: "drawn", operations: 4, fault: "none" },
    { replicas: 3, delivery: "at-least-once", workload: "drawn", operations: 2, fault: "none" },
    { replicas: 2, delivery: "at-least-once", workload: "drawn", operations: 4, fault: "keeps-common" },
    { replicas: 2, delivery: "at-least-once", workload: "drawn", operations: 3, fault: "not-strict" },
    ...(["none", "keeps-common"] as const).map((fault) => ({
      replicas: 3,
      delivery: "at-least-once" as const,
      workload: "rivals" as const,
      operations: 3,
      fault
    }))
  ]
})

const deltaOrSet = entry(deltaOrSetModel, {
  claims: ({ context, fault, operations }) => {
    const view = ({ entries }: DeltaSet) => elements(entries)
    return [
      ...claimsOf<DeltaSet>({
        ...observedRemove,
        style: "delta",
        view,
        ...(context === "dots" ? { merge: joinDelta("dots", fault) } : {})
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
        fault: "none" as const
      }))
    ),
    { context: "dots", replicas: 3, delivery: "at-least-once", operations: 2, fault: "none" },
    { context: "dots", replicas: 2, delivery: "causal", operations: 3, fault: "forgets-context" },
    { context: "dots", replicas: 2, delivery: "causal", operations: 3, fault: "keeps-removed" }
  ]
})

const lwwElementSet = entry(lwwElementSetModel, {
  claims: ({ bias, fault }) =>
    claimsOf<TimedSet>({
      style: "state",
      view: timedElements,
      claim: "the elements are those last added later than last removed",
      value: latestElements(bias === "remove" ? "remove" : "add"),
      // Replicas of mixed biases hold states of which no merge could be commutative.
      ...(bias === "mixed" ? {} : { merge: mergeTimed(fault) })
    }),
  settings: [
    ...(["add", "remove", "mixed"] as const).flatMap((bias) =>
      (["tie", "between"] as const).map((workload) => ({
        bias,
        replicas: 3,
        delivery: "at-least-once" as const,
        workload,
        fault: "none" as const
      }))
    ),
    { bias: "add", replicas: 2, delivery: "at-most-once", workload: "between", fault: "none" },
    { bias: "add", replicas: 2, delivery: "at-least-once", workload: "between", fault: "keeps-own" },
    { bias: "remove", replicas: 2, delivery: "at-least-once", workload: "tie", fault: "no-removals" }
  ]
})

const mvRegister = entry(mvRegisterModel, {
  claims: ({ fault, style }) =>
    claimsOf<MultiValue>({
      style,
      view: registerValues,
      claim: "the values are those of the writes that no other write has seen",
      value: maximalWrites,
      merge: mergeMultiValue(fault)
    }),
  settings: [
    ...(["at-least-once", "exactly-once", "causal"] as const).map((delivery) => ({
      style: "operation" as const,
      replicas: 2,
      delivery,
      fault: "none" as const
    })),
    { style: "operation", replicas: 2, delivery: "causal", fault: "forgets-seen" },
    { style: "state", replicas: 2, delivery: "at-least-once", fault: "none" },
    { style: "state", replicas: 3, delivery: "exactly-once", fault: "none" },
    { style: "state", replicas: 2, delivery: "at-least-once", fault: "keeps-all" },
    { style: "state", replicas: 2, delivery: "at-least-once", fault: "forgets-seen" }
  ]
})

/** The entries. */
export const dataTypes: ReadonlyArray<Entry> = [
  gCounter,
  pnCounter,
  gSet,
  twoPhaseSet,
  orSet,
  optimisedOrSet,
  deltaOrSet,
  lwwElementSet,
  mvRegister
]
