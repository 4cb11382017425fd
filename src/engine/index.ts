/**
 * The engine's door: a system becomes a program of integers, properties become checkers, states go into the store.
 */
export { canonicalKey } from "./Canonical.ts"
export { type Checker, checkerOf, decisive, isJudgedAt, type Judge, type Occasion, STEP_EXTRAS } from "./Checkers.ts"
export { compile, type CompileOptions, judgedApart, refuseNamesakes } from "./compile.ts"
export { grown, type HashLanes, hexDigest, HIGH_SEED, LOW_SEED, mix } from "./ContentHash.ts"
export { culpritOf } from "./Culprit.ts"
export { asModelCode, endedAfter, timedScript } from "./ModelCode.ts"
export { brief, ModelRefused } from "./ModelRefused.ts"
export { type HandlerKind, handlerName } from "./NodeActions.ts"
export { FALSE, THREW, TRUE } from "./Predicates.ts"
export {
  type ActionInfo,
  type Program,
  type Snapshot,
  type StepDescription,
  type StepKind,
  type StepUnit,
  Successors
} from "./Program.ts"
export { StateStore } from "./StateStore.ts"
export { groupsOf, strengthsOf, type UnitGroup } from "./Strengths.ts"
export { isThrown, thrownText } from "./ThrownText.ts"
