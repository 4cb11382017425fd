/**
 * Graphs of states from lists of edges, for tests of what is found in them.
 */
import type { StateGraph } from "../src/search/liveness/StateGraph.ts"

/** Edges, each with the unit of its step. */
export type Edges = ReadonlyArray<readonly [source: number, target: number, unit: number]>

/** The graph of so many states with these edges; of a state graph's fields those that describe edges. */
export const graphOf = (states: number, edges: Edges): StateGraph => {
  const sorted = edges.toSorted(([left], [right]) => left - right)
  return {
    states,
    first: Int32Array.from({ length: states + 1 }, (_, state) => sorted.filter(([source]) => source < state).length),
    targets: Int32Array.from(sorted, ([, target]) => target),
    units: Int32Array.from(sorted, ([, , unit]) => unit)
  } as StateGraph
}
