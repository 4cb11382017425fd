/**
 * Predicates of properties, memoised on what they read: the same learned tries as for actions, over the positions that
 * a program offers.
 */
import { DecisionTrie, LEAF, UNKNOWN } from "./DecisionTrie.ts"
import { asModelCode, type ModelCode } from "./ModelCode.ts"
import type { Position } from "./Program.ts"

/** What a predicate comes to. */
export const FALSE = 0
/** See FALSE. */
export const TRUE = 1
/** It threw; the error is in `thrown`. */
export const THREW = 2

/** Nodes of the trie from which on further combinations are evaluated without being remembered. */
const LARGEST = 1 << 21

/** A predicate over frames: vectors of ids such as a state, or the states before and after a step. */
export class Predicate {
  /** What the predicate threw last. */
  thrown: unknown
  private readonly trie = new DecisionTrie()
  private readonly root: number
  private readonly slots: Int32Array
  private readonly projections: ReadonlyArray<{ readonly data: Int32Array } | undefined>
  private readonly holds: () => boolean
  private readonly describe: () => ModelCode
  private frame: Int32Array = new Int32Array(0)
  private node = 0
  private readonly seen: Map<number, number> = new Map()
  private readonly largest: number

  /** `make` builds the predicate of a property from a function that reads a position; it is called once. */
  constructor(
    property: string,
    positions: ReadonlyArray<Position>,
    make: (read: (position: number) => number) => () => boolean,
    largest = LARGEST
  ) {
    this.largest = largest
    this.describe = () => ({ where: `property "${property}"`, input: "" })
    this.slots = Int32Array.from(positions, ({ slot }) => slot)
    this.projections = positions.map(({ project }) => project)
    this.root = this.trie.node()
    this.holds = make((position) => this.read(position))
  }

  /** FALSE, TRUE or THREW for a frame. */
  evaluate(frame: Int32Array): number {
    const { trie } = this
    let node = this.root
    let position = trie.position(node)
    while (position >= 0) {
      node = trie.child(node, this.at(frame, position))
      position = trie.position(node)
    }
    return position === LEAF ? trie.result(node) : this.learn(frame)
  }

  private at(frame: Int32Array, position: number): number {
    const id = frame[this.slots[position]!]!
    const projection = this.projections[position]
    return projection === undefined ? id : projection.data[id]!
  }

  private read(position: number): number {
    const known = this.seen.get(position)
    if (known !== undefined) return known
    const value = this.at(this.frame, position)
    this.seen.set(position, value)
    if (this.node !== 0) {
      const { trie } = this
      if (trie.position(this.node) === UNKNOWN) trie.settle(this.node, position, 0)
      else if (trie.position(this.node) !== position) throw new Error("the predicate is not deterministic")
      this.node = trie.extend(this.node, value)
    }
    return value
  }

  private learn(frame: Int32Array): number {
    const { trie } = this
    this.frame = frame
    this.seen.clear()
    this.node = trie.count < this.largest ? this.root : 0
    let result: number
    try {
      result = asModelCode(this.describe, this.holds) ? TRUE : FALSE
    } catch (thrown) {
      this.thrown = thrown
      return THREW
    }
    if (this.node !== 0) trie.settle(this.node, LEAF, result)
    return result
  }
}
