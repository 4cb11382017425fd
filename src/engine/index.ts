/**
 * Entry point of the engine: turns a system into a program of integers and properties into checkers, and stores states.
 */
export { canonicalKey } from "./interning/Canonical.ts"
export type { Checker, Judge, JudgedAt } from "./predicates/Checker.ts"
export { checkerOf, decidingValue, isJudgedAt, STEP_EXTRAS } from "./predicates/Checkers.ts"
export { compile, type CompileOptions, judgedApart, refuseNamesakes } from "./compile.ts"
export { grown, type HashLanes, hexDigest, HIGH_SEED, LOW_SEED, mix } from "./interning/ContentHash.ts"
export { culpritOf } from "./execution/Culprit.ts"
export { callModelCode, withTimeLimit, timedScript } from "./execution/ModelCode.ts"
export { brief, ModelRefused } from "./execution/ModelRefused.ts"
export { type HandlerKind, handlerName } from "./nodes/NodeActions.ts"
export { FALSE, THREW, TRUE } from "./predicates/Predicates.ts"
export {
  type ActionInfo,
  type Program,
  type Snapshot,
  type StepDescription,
  type StepKind,
  type FairnessClass,
  Successors
} from "./Program.ts"
export { StateStore } from "./interning/StateStore.ts"
export { groupsOf, fairnessOf, type FairnessGroup } from "./fairness/Fairness.ts"
export { isThrown, thrownText } from "./execution/ThrownText.ts"
