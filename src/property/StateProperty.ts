/**
 * Properties of single states, and the parts that they share with the other kinds: a name, an observer, an explanation.
 * `Property.ts` and `Eventually.ts` declare the kinds.
 */
import type { Observation } from "../model/index.ts"
import type { Observer } from "./Observer.ts"

/** The parts that properties of every kind have. */
export interface PropertyOptions<in View, in Remembered> {
  /** The property in plain words, such as `no acknowledged write is lost`. */
  readonly name: string
  /** The observer whose value the property reads, if any. */
  readonly observer: Observer<unknown> | undefined
  /** Explains in one or two sentences why the last state of the history violates (or reaches) the property. */
  readonly explain:
    | ((view: View, remembered: Remembered, history: ReadonlyArray<HistoryStep<View>>) => string)
    | undefined
}

/** Steps that enable an action: those that change the state (ENABLED ⟨A⟩_vars of TLA+), or any (ENABLED A). */
export type EnabledSteps = "changing" | "any"

/**
 * True if an action of a whole-state model, or one instance of it such as `prepare(2)`, can be taken in the state.
 * `steps`: default `changing`, as fairness counts it. Throws for a name that no action has, and for systems of nodes.
 */
export type Enabled = (action: string, steps?: EnabledSteps) => boolean

/** A property of single states. */
export interface StateProperty<in View, in Remembered> extends PropertyOptions<View, Remembered> {
  readonly holds: (view: View, remembered: Remembered, enabled: Enabled) => boolean
  /**
   * Restricts the property to states where this holds: in others `holds` is not evaluated, and the property is not
   * reached. If it never holds, the verdict is `vacuous`.
   */
  readonly premise: ((view: View, remembered: Remembered, enabled: Enabled) => boolean) | undefined
}

/** Options of the state-based kinds besides their name. */
export interface StatePropertyOptions<View, Remembered> {
  readonly holds: (view: View, remembered: Remembered, enabled: Enabled) => boolean
  readonly premise?: (view: View, remembered: Remembered, enabled: Enabled) => boolean
  readonly observer?: Observer<Remembered>
  readonly explain?: (view: View, remembered: Remembered, history: ReadonlyArray<HistoryStep<View>>) => string
}

/** One step of the history that led to a state, for explanations. */
export interface HistoryStep<out View> {
  /** Position in the trace, from 1. */
  readonly number: number
  /** The action in words, such as `n1 receives Replicate from n0`. */
  readonly label: string
  /** The node of the step; absent for steps of the environment and of whole-state models. */
  readonly node: number | undefined
  /** The observations made in the step. */
  readonly observations: ReadonlyArray<Observation>
  /** The state after the step. */
  readonly after: View
}
