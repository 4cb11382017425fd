/**
 * Graphs of states from lists of edges, for tests of what is found in them.
 */
import type { TransitionGraph } from "../src/search/liveness/TransitionGraph.ts"

/** Edges, each with the unit of its step. */
export type Edges = ReadonlyArray<readonly [source: number, target: number, fairnessClass: number]>

/** The graph of so many states with these edges; of a state graph's fields those that describe edges. */
export const graphOf = (states: number, edges: Edges): TransitionGraph => {
  const sorted = edges.toSorted(([left], [right]) => left - right)
  return {
    states,
    first: Int32Array.from({ length: states + 1 }, (_, state) => sorted.filter(([source]) => source < state).length),
    targets: Int32Array.from(sorted, ([, target]) => target),
    fairnessClasses: Int32Array.from(sorted, ([, , fairnessClass]) => fairnessClass)
  } as TransitionGraph
}
