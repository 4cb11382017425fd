/**
 * plait's public API on one screen: what protocol authors, authors of properties and test suites import.
 */
export * from "./model/index.ts"
export * from "./property/index.ts"
export { ModelRefused } from "./engine/index.ts"
export type { ActionCost, ActionCounts, OutcomeCount, VariableRead } from "./coverage/Coverage.ts"
export type { Exploration, Growth, PropertyResult } from "./search/Exploration.ts"
export { explore, type ExploreOptions, type Progress } from "./search/Explorer.ts"
export { defaultLimits, type Limits } from "./search/Limits.ts"
export { replay, type Replayed } from "./trace/replay.ts"
export type { Schedule, Trace, TraceStep } from "./trace/Trace.ts"
export { type Config, defineConfig } from "./suite/Config.ts"
export type { Guarantee } from "./suite/Matrix.ts"
export { type Entry, entry, type MatrixPlace } from "./suite/Suite.ts"
export { type ReplayedCase, replayCase } from "./suite/replayCase.ts"
