/**
 * What a function read, learned by running it: an inner node names the position that was read next, an edge the value
 * found there, a leaf the result. A later call walks the trie and runs the function only where it leaves what is known.
 * Nobody declares what an action or a property depends on.
 *
 * Relative: local transition caching in LTSmin (Blom, van de Pol, Weber, CAV 2010), there with declared dependencies.
 */
import { grown } from "./ContentHash.ts"
import { PairMemo } from "./PairTable.ts"

/** The node has not been reached by a run yet. */
export const UNKNOWN = -1
/** The node is a leaf; its result is in `result`. */
export const LEAF = -2
/** The node is a choice; the number of alternatives is in `result`. */
export const CHOICE = -3

/** Edges of values below this are found by index, the others by hash. */
const DENSE = 4096

/** Several functions' tries in shared arrays; node 0 stands for "unknown". */
export class DecisionTrie {
  /** For each node: the position read there, or UNKNOWN, LEAF or CHOICE. */
  position: Int32Array = new Int32Array(1024).fill(UNKNOWN)
  /** For each leaf its result, for each choice its alternatives. */
  result: Int32Array = new Int32Array(1024)
  /** Dense edges of node n: `edges[base[n] + value]` for value < `width[n]`; 0 is unknown. */
  base: Int32Array = new Int32Array(1024)
  width: Int32Array = new Int32Array(1024)
  edges: Int32Array = new Int32Array(4096)
  private edgeCount = 0
  private readonly sparse = new PairMemo()
  /** Number of nodes, node 0 included. */
  count = 1

  /** A new node of which nothing is known. */
  node(): number {
    const id = this.count++
    if (id >= this.position.length) {
      const old = this.position.length
      this.position = grown(this.position, id).fill(UNKNOWN, old)
      this.result = grown(this.result, id)
      this.base = grown(this.base, id)
      this.width = grown(this.width, id)
    }
    return id
  }

  /** The node behind an edge, or 0. */
  child(node: number, value: number): number {
    if (value < this.width[node]!) return this.edges[this.base[node]! + value]!
    if (value < DENSE) return 0
    const found = this.sparse.get(node, value)
    return found === -1 ? 0 : found
  }

  /** The node behind an edge, made if it was not known. */
  extend(node: number, value: number): number {
    const known = this.child(node, value)
    if (known !== 0) return known
    const fresh = this.node()
    if (value >= DENSE) this.sparse.set(node, value, fresh)
    else {
      if (value >= this.width[node]!) this.widen(node, value)
      this.edges[this.base[node]! + value] = fresh
    }
    return fresh
  }

  private widen(node: number, value: number): void {
    const old = this.width[node]!
    const width = Math.max(4, old * 2, 1 << (32 - Math.clz32(value)))
    const base = this.edgeCount
    this.edgeCount += width
    if (this.edgeCount > this.edges.length) this.edges = grown(this.edges, this.edgeCount)
    this.edges.copyWithin(base, this.base[node]!, this.base[node]! + old)
    this.base[node] = base
    this.width[node] = width
  }
}
