/**
 * Strongly connected components of a part of the graph, over integer arrays and without recursion.
 *
 * Source: Tarjan, "Depth-first search and linear graph algorithms" (1972).
 */
import type { TransitionGraph } from "./TransitionGraph.ts"

/** A part of the graph: the states with a mark, and the edges between them whose fairness class is not left out. */
export interface Part {
  readonly graph: TransitionGraph
  readonly members: Int32Array
  /** Per state, the number of the part it is in. */
  readonly marks: Int32Array
  readonly mark: number
  /** Per fairness class, 1 if its edges are left out. */
  readonly without: Uint8Array
}

/** True if an edge that leaves a state of a part is one of the part's edges. */
export const insideEdge = ({ graph, mark, marks, without }: Part, edge: number): boolean =>
  marks[graph.targets[edge]!] === mark && without[graph.fairnessClasses[edge]!] === 0

/** Work arrays for components; one set serves a whole judgement, because they have an entry per state. */
export class StronglyConnected {
  private readonly order: Int32Array
  private readonly low: Int32Array
  private readonly edge: Int32Array
  /** States whose component is not complete yet. */
  private readonly open: Int32Array
  private readonly path: Int32Array
  private readonly isOpen: Uint8Array

  constructor(states: number) {
    this.order = new Int32Array(states)
    this.low = new Int32Array(states)
    this.edge = new Int32Array(states)
    this.open = new Int32Array(states)
    this.path = new Int32Array(states)
    this.isOpen = new Uint8Array(states)
  }

  /** Calls `visit` with each component of a part, successors first. */
  components(part: Part, visit: (members: Int32Array) => void): void {
    const { order } = this
    for (const state of part.members) order[state] = 0
    let clock = 0
    for (const root of part.members) if (order[root] === 0) clock = this.walk(part, root, clock, visit)
  }

  private walk(part: Part, root: number, before: number, visit: (members: Int32Array) => void): number {
    const { edge, isOpen, low, open, order, path } = this
    const { first, targets } = part.graph
    let clock = before
    let depth = 0
    let opened = 0
    const enter = (state: number): void => {
      order[state] = low[state] = ++clock
      edge[state] = first[state]!
      open[opened++] = state
      isOpen[state] = 1
      path[depth++] = state
    }
    enter(root)
    while (depth > 0) {
      const state = path[depth - 1]!
      if (edge[state]! < first[state + 1]!) {
        const at = edge[state]!++
        if (!insideEdge(part, at)) continue
        const target = targets[at]!
        if (order[target] === 0) enter(target)
        else if (isOpen[target] === 1) low[state] = Math.min(low[state]!, order[target]!)
        continue
      }
      depth--
      if (depth > 0) low[path[depth - 1]!] = Math.min(low[path[depth - 1]!]!, low[state]!)
      if (low[state] !== order[state]) continue
      const end = opened
      do isOpen[open[--opened]!] = 0
      while (open[opened] !== state)
      visit(open.slice(opened, end))
    }
    return clock
  }
}
