/**
 * Properties of a system. A property is a predicate over its arguments and nothing else; the engine records which parts
 * it read and evaluates it again only for other values of them, so predicates must be pure.
 *
 * Choice of a kind: `invariant` for every state, `onEveryNode` for every node of every state (much cheaper than reading
 * all nodes at once), `stepInvariant` for every step, `refines` for a model that implements a more abstract one,
 * `atQuiescence` for states in which only faults are left, `reachable` to prove that the interesting state occurs,
 * `monitor` for orders of events, `eventually` for a predicate that has to come true in every fair run.
 */
import type { NodesView, NodeView, Observation, WholeState } from "../model/index.ts"
import { reasonOrNothing } from "../model/TruthValue.ts"
import { type Eventually, eventually } from "./Eventually.ts"
import type { Observer } from "./Observer.ts"
import type { HistoryStep, PropertyOptions, StateProperty, StatePropertyOptions } from "./StateProperty.ts"

/** A step as a step invariant sees it. */
export interface StepView {
  /** The action's name as reports list it. */
  readonly action: string
  readonly node: number | undefined
  readonly observations: ReadonlyArray<Observation>
}

/** True in every reachable state. */
export interface Invariant<in View> extends StateProperty<View, never> {
  readonly kind: "invariant"
}

/** True in every reachable quiescent state. */
export interface AtQuiescence<in View> extends StateProperty<View, never> {
  readonly kind: "atQuiescence"
}

/** True in some reachable state: the guard against vacuity. */
export interface Reachable<in View> extends StateProperty<View, never> {
  readonly kind: "reachable"
}

/** An observer that must never reject. */
export interface Monitor<in View> extends StateProperty<View, never> {
  readonly kind: "monitor"
}

/** No reachable state is deadlocked: judged in every exploration. `holds` is true for declared ends. */
export interface NoDeadlock<in View> extends StateProperty<View, never> {
  readonly kind: "noDeadlock"
}

/** True for every node in every reachable state. */
export interface NodeInvariant<in View> extends PropertyOptions<View, never> {
  readonly kind: "nodeInvariant"
  readonly holdsAt: (node: NodeView<never>) => boolean
  /** Restricts the property to the nodes for which this is true. */
  readonly premiseAt: ((node: NodeView<never>) => boolean) | undefined
}

/** True for every step. */
export interface StepInvariant<in View> extends PropertyOptions<View, never> {
  readonly kind: "stepInvariant"
  readonly holdsAcross: (before: View, after: View, step: StepView) => boolean
  /** Restricts the property to the steps for which this is true. */
  readonly premiseAcross: ((before: View, after: View, step: StepView) => boolean) | undefined
}

/** Every initial state maps to an initial state of an abstract model, every step to one of its steps or to stuttering. */
export interface Refines<in View> extends PropertyOptions<View, never> {
  readonly kind: "refines"
  readonly abstract: WholeState<unknown>
  readonly map: (view: View) => unknown
}

/** A property of any kind for systems whose properties see `View`. */
export type Property<View> =
  | Invariant<View>
  | NodeInvariant<View>
  | StepInvariant<View>
  | AtQuiescence<View>
  | NoDeadlock<View>
  | Reachable<View>
  | Monitor<View>
  | Eventually<View>
  | Refines<View>

const stateProperty = <View, Remembered>(
  name: string,
  { explain, holds, observer, premise }: StatePropertyOptions<View, Remembered>
) => ({ name, holds, premise, observer: observer as Observer<unknown> | undefined, explain })

/** Declares that the predicate is true in every reachable state. */
const invariant = <View, Remembered = undefined>(
  name: string,
  options: StatePropertyOptions<View, Remembered>
): Invariant<View> => ({ kind: "invariant", ...stateProperty(name, options) })

/** Declares that the predicate is true in every reachable quiescent state. */
const atQuiescence = <View, Remembered = undefined>(
  name: string,
  options: StatePropertyOptions<View, Remembered>
): AtQuiescence<View> => ({ kind: "atQuiescence", ...stateProperty(name, options) })

/** Declares that the predicate is true in some reachable state. */
const reachable = <View, Remembered = undefined>(
  name: string,
  options: StatePropertyOptions<View, Remembered>
): Reachable<View> => ({ kind: "reachable", ...stateProperty(name, options) })

/** Declares that the predicate is true for every node, independent of the other nodes; memoised per local state. */
const onEveryNode = <State>(
  name: string,
  options: {
    readonly holds: (node: NodeView<State>) => boolean
    readonly premise?: (node: NodeView<State>) => boolean
    readonly explain?: (
      view: NodesView<State>,
      remembered: undefined,
      history: ReadonlyArray<HistoryStep<NodesView<State>>>
    ) => string
  }
): NodeInvariant<NodesView<State>> => ({
  kind: "nodeInvariant",
  name,
  holdsAt: options.holds,
  premiseAt: options.premise,
  observer: undefined,
  explain: options.explain
})

/** Declares that the predicate is true for every step. */
const stepInvariant = <View>(
  name: string,
  options: {
    readonly holds: (before: View, after: View, step: StepView) => boolean
    readonly premise?: (before: View, after: View, step: StepView) => boolean
    readonly explain?: (view: View, remembered: undefined, history: ReadonlyArray<HistoryStep<View>>) => string
  }
): StepInvariant<View> => ({
  kind: "stepInvariant",
  name,
  holdsAcross: options.holds,
  premiseAcross: options.premise,
  observer: undefined,
  explain: options.explain
})

/**
 * Declares that the model refines a more abstract one: `map` returns the abstract state for a state.
 *
 * **Details** Every initial state has to map to an initial state of the abstract model, and every step to one of its
 * steps or to no change. The counterexample ends with the step that does not, and contains both mapped states. In TLA+:
 * `Init ∧ □[Next]_vars ⇒ Abstract!Init ∧ □[Abstract!Next]_Abstract!vars`. Fairness is no part of it.
 *
 * @example
 * ```ts
 * const hours = WholeState.make("hours", {
 *   variables: { hour: WholeState.variable(Schema.Number, 0) },
 *   actions: ({ hour }) => ({
 *     ticks: WholeState.action(Effect.flatMap(hour.get, (value) => hour.set((value + 1) % 12)))
 *   })
 * })
 *
 * Property.refines("its minutes make hours", {
 *   abstract: hours,
 *   map: ({ minute }: { readonly minute: number }) => ({ hour: Math.floor(minute / 60) })
 * })
 * ```
 */
const refines = <View, Abstract>(
  name: string,
  options: {
    readonly abstract: WholeState<Abstract>
    readonly map: (view: View) => NoInfer<Abstract>
    readonly explain?: (view: View, remembered: undefined, history: ReadonlyArray<HistoryStep<View>>) => string
  }
): Refines<View> => ({
  kind: "refines",
  name,
  abstract: options.abstract,
  map: options.map,
  observer: undefined,
  explain: options.explain
})

/** Declares that the observer never rejects: `rejects` returns the reason for a rejection, or `undefined`. */
const monitor = <Remembered, View = unknown>(
  name: string,
  options: {
    readonly observer: Observer<Remembered>
    readonly rejects: (remembered: Remembered) => string | undefined
    /** True if the observer has seen an observation that the property is about. */
    readonly premise?: (remembered: Remembered) => boolean
    readonly explain?: (view: View, remembered: Remembered, history: ReadonlyArray<HistoryStep<View>>) => string
  }
): Monitor<View> => {
  const { observer, premise, rejects } = options
  return {
    kind: "monitor",
    name,
    observer,
    holds: (_view, remembered: Remembered) => reasonOrNothing(rejects(remembered)) === undefined,
    premise: premise === undefined ? undefined : (_view, remembered: Remembered) => premise(remembered),
    explain: options.explain ?? ((_view, remembered: Remembered) => rejects(remembered) ?? "")
  }
}

/** Constructors of properties, one per kind. */
export const Property = { invariant, onEveryNode, stepInvariant, atQuiescence, reachable, refines, monitor, eventually }
