/**
 * Limits, clock and policy of a search.
 */
import type { Limits, ResourceUse } from "./Limits.ts"

/** What a search is given besides its program. */
export interface SearchOptions {
  readonly limits: Limits
  readonly resources: ResourceUse
  readonly now: () => number
  readonly interrupted: () => boolean
  /** Successors to follow; all of them when absent. For searches that shorten a given run. */
  readonly allow: ((state: Int32Array, ordinal: number, action: number) => boolean) | undefined
  /** Whether to stop as soon as every property is decided. */
  readonly stopWhenDecided: boolean
  /** Properties, by name, whose violation ends the search with the level that violates them; none when absent. */
  readonly stopsAtViolation?: ((property: string) => boolean) | undefined
}
