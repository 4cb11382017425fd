/**
 * All states of a small system and the steps between them: for a drawing, and for a reader who wants to see the whole
 * space. Breadth first, so that a state's depth is the fewest steps to it. Cost: one snapshot a state.
 */
import { compile, Successors } from "../engine/index.ts"
import type { System } from "../model/index.ts"
import type { Property } from "../property/index.ts"
import { inline } from "./diff.ts"
import { successorOf } from "./follow.ts"

/** A state. */
export interface GraphState {
  /** Fewest steps from an initial state. */
  readonly depth: number
  /** True if only faults are left. */
  readonly quiescent: boolean
  /** Each part with its value in one line. */
  readonly parts: ReadonlyArray<string>
}

/** A step from one state to another; several steps between the same two states are one edge. */
export interface GraphEdge {
  readonly from: number
  readonly to: number
  readonly labels: ReadonlyArray<string>
}

/** The states in the order of discovery, and the edges. */
export interface DrawnGraph {
  readonly states: ReadonlyArray<GraphState>
  readonly edges: ReadonlyArray<GraphEdge>
}

/** The whole graph, or `undefined` if it has more states than the limit. Throws `ModelRefused`. */
export const drawnGraphOf = (
  system: System<unknown>,
  properties: ReadonlyArray<Property<unknown>>,
  limit: number
): DrawnGraph | undefined => {
  const program = compile(system, properties)
  const numbers = new Map<string, number>()
  const vectors: Array<Int32Array> = []
  const depths: Array<number> = []
  const numberOf = (vector: Int32Array, depth: number): number => {
    const key = vector.join()
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, vectors.length)
    depths.push(depth)
    return vectors.push(vector) - 1
  }
  for (const initial of program.initial) {
    if (program.excludes?.(undefined, initial) !== true) numberOf(initial, 0)
  }
  const edges = new Map<string, { from: number; to: number; labels: Array<string> }>()
  const states: Array<GraphState> = []
  const out = new Successors()
  for (const [from, vector] of vectors.entries()) {
    if (vectors.length > limit) return undefined
    out.clear()
    program.expand(vector, out)
    const depth = depths[from] ?? 0
    for (let ordinal = 0; ordinal < out.count; ordinal++) {
      const after = successorOf(vector, ordinal, out) ?? vector
      if (program.excludes?.(vector, after) === true) continue
      const to = numberOf(after, depth + 1)
      const edge = edges.get(`${from} ${to}`) ?? { from, to, labels: [] }
      edge.labels.push(program.describeStep(vector, ordinal).label)
      edges.set(`${from} ${to}`, edge)
    }
    const parts = Object.entries(program.snapshot(vector)).map(([name, value]) => `${name}: ${inline(value)}`)
    states.push({ depth, quiescent: program.isQuiescent(vector, out), parts })
  }
  return { states, edges: [...edges.values()] }
}
