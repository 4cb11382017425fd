/**
 * A trie of the values that a function read, built by running it: an inner node names the position read next, an edge
 * the value found there, a leaf the result. A later call walks the trie and runs the function only if the trie has no
 * edge for a value. No action and no property declares its dependencies.
 *
 * Related: local transition caching in LTSmin (Blom, van de Pol, Weber, CAV 2010), with declared dependencies.
 */
import { grown } from "../interning/ContentHash.ts"
import { PairMemo } from "../interning/PairTable.ts"

/** Marks a node that no run has reached yet. */
export const UNKNOWN = -1
/** Marks a leaf; its result is in `result`. */
export const LEAF = -2
/** Marks a choice; the number of alternatives is in `result`. */
export const CHOICE = -3

/** Edges of values below this are found by index, the others by hash. */
const DENSE = 4096

/** Integers per node in `nodes`. */
const STRIDE = 4

/**
 * Tries of several functions in shared arrays. A node is an offset into `nodes`, where four integers stand next to each
 * other: the position it reads (or UNKNOWN, LEAF, CHOICE), its result (the number of alternatives for a choice), the
 * start of its dense edges in `edges`, and their number. Node 0 means "unknown".
 */
export class DecisionTrie {
  nodes: Int32Array = new Int32Array(1024)
  /**
   * Targets of the dense edges: value v leads from node n to `edges[nodes[n + 2] + v]` for v < `nodes[n + 3]`; 0 is
   * unknown.
   */
  edges: Int32Array = new Int32Array(4096)
  private length = 0
  private edgeCount = 0
  private readonly sparse = new PairMemo()

  constructor() {
    this.node()
  }

  /** Number of nodes, node 0 included. */
  get count(): number {
    return this.length / STRIDE
  }

  /** Adds a node without a position, a result or edges. */
  node(): number {
    const node = this.length
    this.length += STRIDE
    if (this.length > this.nodes.length) this.nodes = grown(this.nodes, this.length)
    this.nodes[node] = UNKNOWN
    return node
  }

  /** The position that a node reads, or UNKNOWN, LEAF or CHOICE. */
  position(node: number): number {
    return this.nodes[node]!
  }

  /** The result of a leaf, or the number of alternatives of a choice. */
  result(node: number): number {
    return this.nodes[node + 1]!
  }

  /** Sets the position and the result of a node. */
  settle(node: number, position: number, result: number): void {
    this.nodes[node] = position
    this.nodes[node + 1] = result
  }

  /** The target of an edge, or 0. */
  child(node: number, value: number): number {
    if (value < this.nodes[node + 3]!) return this.edges[this.nodes[node + 2]! + value]!
    if (value < DENSE) return 0
    const found = this.sparse.get(node, value)
    return found === -1 ? 0 : found
  }

  /** The target of an edge; adds it if it does not exist. */
  extend(node: number, value: number): number {
    const existing = this.child(node, value)
    if (existing !== 0) return existing
    const fresh = this.node()
    if (value >= DENSE) this.sparse.set(node, value, fresh)
    else {
      if (value >= this.nodes[node + 3]!) this.widen(node, value)
      this.edges[this.nodes[node + 2]! + value] = fresh
    }
    return fresh
  }

  private widen(node: number, value: number): void {
    const first = this.nodes[node + 2]!
    const old = this.nodes[node + 3]!
    // At least twice the old width, a power of two that the value has reached.
    const width = Math.max(4, 1 << (32 - Math.clz32(value)))
    const base = this.edgeCount
    this.edgeCount += width
    if (this.edgeCount > this.edges.length) this.edges = grown(this.edges, this.edgeCount)
    this.edges.copyWithin(base, first, first + old)
    this.nodes[node + 2] = base
    this.nodes[node + 3] = width
  }
}
