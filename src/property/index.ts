/** The imports of a property author: constructors of properties and observers, and the views that properties see. */
export type {
  Envelope,
  Key,
  NodeId,
  NodesView,
  NodeView,
  Note,
  Observation,
  Ordering,
  WriteName
} from "../model/index.ts"
export {
  type Eventually,
  type EventuallyOptions,
  type Fairness,
  type FairnessKind,
  type TogetherFairness
} from "./Eventually.ts"
export { Observer } from "./Observer.ts"
export {
  type AtQuiescence,
  type Invariant,
  type Monitor,
  type NodeInvariant,
  Property,
  type Reachable,
  type Refines,
  type StepInvariant,
  type StepView
} from "./Property.ts"
export type { Enabled, EnabledSteps, HistoryStep, StatePropertyOptions } from "./StateProperty.ts"
export type { StopReason, Verdict, VerdictTag } from "./Verdict.ts"
