/**
 * A search of a program that a test has tampered with: no clock, no memory to run out of.
 */
import type { Checker, Program } from "../../src/engine/index.ts"
import { defaultLimits } from "../../src/search/Limits.ts"
import { Search } from "../../src/search/Search.ts"

/** The search after it has ended, by itself or at so many states. */
export const searched = (
  program: Program,
  states = defaultLimits.states,
  checkers: ReadonlyArray<Checker> = []
): Search => {
  const search = new Search(program, checkers, {
    limits: { ...defaultLimits, states },
    resources: { residentBytes: () => 0, heapIsFull: () => false },
    now: () => 0,
    interrupted: () => false,
    allow: undefined,
    stopWhenDecided: false
  })
  search.advance(1)
  return search
}
