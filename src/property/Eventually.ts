/**
 * Properties that something happens, in every fair run: the liveness half of a specification.
 *
 * A run goes on for ever or stops. It may stop, or go round a loop, only where that is fair. The words are those of
 * TLA+ (Lamport, *Specifying Systems*, chapter 8): steps that change nothing are stuttering, neither taken nor enabled
 * (what the property's own observer remembers is something, what another property's does is nothing);
 * weak fairness (WF) of A forbids a run in which A is enabled for ever from some moment on and never taken again; strong
 * fairness (SF) of A forbids one in which A is enabled again and again and never taken again.
 *
 * What one A is: in a system of nodes an action at one node with one input from one sender, so that a message in flight
 * is not starved by others of its kind (copies with equal content from the same sender are one; timers and recoveries
 * are one per node and name); in a whole-state model an action with its parameter; where `together` says so, all steps of
 * the actions named there. A choice inside a handler or action
 * is free: nothing is demanded of which alternative is taken.
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
import type { Enabled, HistoryStep, StateProperty } from "./Property.ts"

/**
 * What a fair run owes an action: nothing (`none`), that it is taken if it stays enabled (`weak`, WF), that it is taken
 * if it is enabled again and again (`strong`, SF); or the assumption that it is taken finitely often (`stops`).
 */
export type FairnessKind = "none" | "weak" | "strong" | "finite"

/** What a fair run owes each action. */
export interface Fairness {
  /** For every action that is no fault and not named below. Default `weak`; faults owe nothing unless named. */
  readonly default?: FairnessKind
  /**
   * By the name reports list, such as `deliver Replicate` or `recover`; in a whole-state model also by instance, such as
   * `prepare(2)`, which precedes its action. A name that no action has is refused.
   */
  readonly actions?: { readonly [action: string]: FairnessKind }
  /**
   * Demands on several actions as one. Actions named here owe nothing one by one, unless `actions` names them too:
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
  /** Whether it has to stay true. */
  readonly stable: boolean
  readonly fairness: Fairness
}

/** What `Property.eventually` takes besides the property's name. */
export interface EventuallyOptions<View, Remembered> {
  /** What has to come true. */
  readonly holds: (view: View, remembered: Remembered, enabled: Enabled) => boolean
  /**
   * Where the property begins: whenever this is true, what is claimed has to come true then or later (TLA+: `from ~> holds`).
   * Absent: at the start of the run. Always true: again and again (`[]<>`).
   */
  readonly from?: (view: View, remembered: Remembered, enabled: Enabled) => boolean
  /** Whether it has to stay true from some moment on (`<>[]`). Default false: once is enough. */
  readonly stable?: boolean
  readonly fairness?: Fairness
  readonly observer?: Observer<Remembered>
  /** One or two sentences about the last state of the counterexample: where the run stops, or where its loop closes. */
  readonly explain?: (view: View, remembered: Remembered, history: ReadonlyArray<HistoryStep<View>>) => string
}

/**
 * In every fair run the predicate comes true.
 *
 * **Details** Throws `RangeError` where `stable` is neither true nor false, or a demand on an action is no strength. Decided on the whole reachable graph, so only after a complete search; a counterexample is a stem and a
 * loop that repeats for ever, or a run that stops. Costs eight bytes a transition. Faults have budgets, so in systems of
 * nodes they stop by themselves: "after the faults" needs no premise.
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

/** Throws `RangeError` for a demand that is none of the strengths, such as `true`, or a promise of one. */
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
