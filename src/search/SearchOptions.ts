/**
 * Limits, clock and policy of a search.
 */
import type { Limits, ResourceUse } from "./Limits.ts"

/** Inputs of a search besides its program. */
export interface SearchOptions {
  readonly limits: Limits
  readonly resources: ResourceUse
  readonly now: () => number
  readonly interrupted: () => boolean
  /** Selects the successors to follow; all of them if absent. For searches that shorten a given run. */
  readonly allow: ((state: Int32Array, ordinal: number, action: number) => boolean) | undefined
  /** True to stop as soon as every property is decided. */
  readonly stopWhenDecided: boolean
  /** Selects properties, by name, whose violation ends the search with the level that violates them; none if absent. */
  readonly stopsAtViolation?: ((property: string) => boolean) | undefined
}
