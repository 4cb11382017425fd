/**
 * Searches of programs of edges, and what tests look at in them.
 */
import type { Checker, Program } from "../src/engine/index.ts"
import { defaultLimits, type Limits } from "../src/search/Limits.ts"
import { Search } from "../src/search/Search.ts"
import type { SearchOptions } from "../src/search/SearchOptions.ts"
import { numberOf, type StepOf, type StepsFrom } from "./edges-program.ts"

/** The action of programs of edges that is no fault. */
export const GO = 0
/** The action of programs of edges that is a fault. */
export const FAIL = 1

/** What a search of a program of edges is given; nothing stops it otherwise. */
export interface Given extends Partial<Omit<SearchOptions, "limits">> {
  readonly limits?: Partial<Limits>
  readonly checkers?: ReadonlyArray<Checker>
}

/** A search that has not begun. */
export const searchOf = (program: Program, { checkers = [], limits, ...given }: Given = {}): Search =>
  new Search(program, checkers, {
    limits: { ...defaultLimits, ...limits },
    resources: { residentBytes: () => 0, heapIsFull: () => false },
    now: () => 0,
    interrupted: () => false,
    allow: undefined,
    stopWhenDecided: false,
    ...given
  })

/** The search after it has ended. */
export const ended = (program: Program, given: Given = {}): Search => {
  const search = searchOf(program, given)
  search.advance(Infinity)
  return search
}

/** States in the order in which they were found, by number. */
export const found = (search: Search): ReadonlyArray<number> =>
  Array.from({ length: search.store.count }, (_, id) => {
    search.store.unpack(id)
    return numberOf(search.store.current)
  })

/** What a search counts. */
export const counts = (search: Search) => ({
  levels: search.levels,
  generated: search.generated,
  taken: [...search.taken],
  fresh: [...search.fresh],
  unchanged: [...search.unchanged],
  quiescent: search.quiescent,
  deadlocked: search.deadlocked,
  stopReason: search.stopReason
})

/** The parent of each state. */
export const parents = (search: Search) => [...search.parents.subarray(0, search.store.count)]
/** The fewest faults of each state. */
export const faults = (search: Search) => search.faults && [...search.faults.subarray(0, search.store.count)]

/** One step after the other from state 0. */
export const chain = (steps: number, action = GO): ReadonlyArray<StepOf> =>
  Array.from({ length: steps }, (_, state) => [state, state + 1, action])

/** A binary tree in level order with so many inner nodes: the children of n are 2n + 1, by a fault, and 2n + 2. */
export const tree =
  (nodes: number): StepsFrom =>
  (node) =>
    node < nodes
      ? [
          [0, 2 * node + 1, FAIL],
          [0, 2 * node + 2, GO]
        ]
      : []
