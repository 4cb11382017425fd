/**
 * Properties that a predicate comes true, in every fair run: the liveness half of a specification.
 *
 * A run continues for ever or stops. It may stop, or repeat a loop, only if that is fair. The words are those of TLA+
 * (Lamport, *Specifying Systems*, chapter 8): steps that change nothing are stuttering, neither taken nor enabled (a
 * new value of the property's own observer is a change, one of another property's observer is not); weak fairness (WF)
 * of A forbids a run in which A is enabled for ever from some moment on and never taken again; strong fairness (SF) of
 * A forbids one in which A is enabled again and again and never taken again.
 *
 * One A is, in a system of nodes, an action at one node with one input from one sender, so that a message in flight is
 * not starved by others of its kind (copies with equal content from the same sender are one; timers and recoveries are
 * one per node and name); in a whole-state model an action with its parameter; for the actions named in `together`, all
 * of their steps. A choice inside a handler or action is free: fairness does not demand any of its alternatives.
 *
 * In TLA+, with P for `from` and Q for `holds`:
 *
 * | options | TLA+ |
 * | --- | --- |
 * | `holds` | `<>Q` |
 * | `from`, `holds` | `P ~> Q` |
 * | `from: () => true`, `holds` | `[]<>Q` |
 * | `holds`, `stable` | `<>[]Q` |
 * | `from`, `holds`, `stable` | `P ~> []Q` |
 */
import { list, oneOf, refuse, shown, truthValue } from "../model/Checked.ts"
import type { Observer } from "./Observer.ts"
import type { Enabled, HistoryStep, StateProperty } from "./StateProperty.ts"

/**
 * Demand on a fair run for an action: no demand (`none`), the action is taken if it stays enabled (`weak`, WF), it is
 * taken if it is enabled again and again (`strong`, SF); or the assumption that it is taken finitely often (`finite`).
 */
export type FairnessKind = "none" | "weak" | "strong" | "finite"

/** Demands on a fair run for each action. */
export interface Fairness {
  /**
   * Demand for every action that is not a fault and not named below. Default `weak`; faults have no demand unless
   * named.
   */
  readonly default?: FairnessKind
  /**
   * Demands by the name that reports list, such as `deliver Replicate` or `recover`; in a whole-state model also by
   * instance, such as `prepare(2)`, which takes precedence over its action. A name that no action has is refused.
   */
  readonly actions?: { readonly [action: string]: FairnessKind }
  /**
   * Demands on several actions as one. Actions named here have no demand one by one, unless `actions` names them too:
   * WF(A) ∧ WF(B) implies WF(A ∨ B).
   */
  readonly together?: ReadonlyArray<TogetherFairness>
}

/**
 * Fairness of a disjunction. WF(A ∨ B): `{ actions: ["A", "B"], strength: "weak" }`. WF(∃ p: A(p)):
 * `{ actions: ["A"], strength: "weak" }`, which is met by taking A with any parameter; `actions: { A: "weak" }` in
 * contrast is ∀ p: WF(A(p)). An instance such as `A(2)` can be named alone.
 */
export interface TogetherFairness {
  readonly actions: ReadonlyArray<string>
  readonly fairness: "weak" | "strong"
}

/** True at some moment of every fair run, or from some moment on. */
export interface Eventually<in View> extends StateProperty<View, never> {
  readonly kind: "eventually"
  /** True if the predicate has to stay true. */
  readonly stable: boolean
  readonly fairness: Fairness
}

/** Options of `Property.eventually` besides the property's name. */
export interface EventuallyOptions<View, Remembered> {
  /** The predicate that has to come true. */
  readonly holds: (view: View, remembered: Remembered, enabled: Enabled) => boolean
  /**
   * The condition under which the property begins: in every state where it is true, `holds` has to come true then or
   * later (TLA+: `from ~> holds`). Absent: at the start of the run. Always true: again and again (`[]<>`).
   */
  readonly from?: (view: View, remembered: Remembered, enabled: Enabled) => boolean
  /** True if the predicate has to stay true from some moment on (`<>[]`). Default false: once is enough. */
  readonly stable?: boolean
  readonly fairness?: Fairness
  readonly observer?: Observer<Remembered>
  /** Explains the last state of the counterexample, where the run stops or its loop closes, in one or two sentences. */
  readonly explain?: (view: View, remembered: Remembered, history: ReadonlyArray<HistoryStep<View>>) => string
}

/**
 * Declares that the predicate comes true in every fair run.
 *
 * **Details** Throws `RangeError` if `stable` is neither true nor false, or a demand on an action is not a fairness.
 * Decided on the whole reachable graph, so only after a complete search; a counterexample is a stem and a loop that
 * repeats for ever, or a run that stops. Costs eight bytes a transition. Faults have budgets, so in systems of nodes
 * they stop by themselves: "after the faults" needs no premise.
 *
 * @example
 * ```ts
 * Property.eventually<RingView>("the net empties for good", {
 *   holds: ({ net }) => net.length === 0,
 *   stable: true
 * })
 * ```
 */
export const eventually = <View, Remembered = undefined>(
  name: string,
  { explain, fairness = {}, from, holds, observer, stable = false }: EventuallyOptions<View, Remembered>
): Eventually<View> => {
  const of = `Property.eventually("${name}")`
  truthValue({ of, name: "stable" }, stable)
  refuseFairness(of, fairness)
  return {
    kind: "eventually",
    name,
    holds,
    premise: from,
    stable,
    fairness,
    observer: observer as Observer<unknown> | undefined,
    explain
  }
}

const fairnessKinds: ReadonlyArray<FairnessKind> = ["none", "weak", "strong", "finite"]

/** Throws `RangeError` for a demand that is not a fairness, such as `true`, or a promise of one. */
const refuseFairness = (of: string, fairness: Fairness): void => {
  if (typeof fairness !== "object" || fairness === null) {
    return refuse({ of, name: "fairness" }, `is ${shown(fairness)}`, "{ default, actions, together }")
  }
  const { actions = {}, default: otherwise = "weak", together = [] } = fairness
  oneOf({ of, name: "fairness.default" }, otherwise, fairnessKinds)
  for (const [action, fairnessKind] of Object.entries(actions)) {
    oneOf({ of, name: `fairness.actions, ${shown(action)},` }, fairnessKind, fairnessKinds)
  }
  list({ of, name: "fairness.together" }, together)
  for (const group of together) {
    list({ of, name: "fairness.together, actions," }, group.actions)
    oneOf({ of, name: "fairness.together, strength," }, group.fairness, ["weak", "strong"])
  }
}
