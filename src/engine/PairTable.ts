/**
 * Interned pairs of integers, the building block of tree compression: an open-addressing table in typed arrays that
 * gives each different pair the next dense id. Exact: both integers are compared, the hash only narrows.
 */

/** Hash of a pair; all bits of both go into all bits of the result. */
const hashPair = (left: number, right: number): number => {
  let hash = Math.imul(left ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(right ^ 0x27d4eb2f, 0xc2b2ae35)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 12
  hash = Math.imul(hash, 0x297a2d39)
  return hash ^ (hash >>> 15)
}

/** At most this share of the index is in use before it doubles; past it, probe runs get long. */
const FULLEST = 0.6

/** Pairs with ids 0, 1, 2 …; `left[id]` and `right[id]` give a pair back. Memory: 8 bytes a pair and 7 to 14 of index. */
export class PairTable {
  left: Int32Array
  right: Int32Array
  count = 0
  private index: Int32Array
  private mask: number
  private room: number

  /** `expected`: how many pairs to make room for at first; a power of two. */
  constructor(expected = 64) {
    const size = expected * 2
    this.index = new Int32Array(size)
    this.mask = size - 1
    this.room = Math.floor(size * FULLEST)
    this.left = new Int32Array(this.room)
    this.right = new Int32Array(this.room)
  }

  /** The id of a pair; a new pair gets id `count`. */
  put(left: number, right: number): number {
    const { index, left: lefts, mask, right: rights } = this
    let at = hashPair(left, right) & mask
    for (;;) {
      const entry = index[at]!
      if (entry === 0) break
      if (lefts[entry - 1] === left && rights[entry - 1] === right) return entry - 1
      at = (at + 1) & mask
    }
    if (this.count >= this.room) {
      this.grow()
      return this.put(left, right)
    }
    const id = this.count++
    lefts[id] = left
    rights[id] = right
    index[at] = id + 1
    return id
  }

  /** The id of a pair, or -1 if it was never put. */
  find(left: number, right: number): number {
    const { index, mask } = this
    let at = hashPair(left, right) & mask
    for (;;) {
      const entry = index[at]!
      if (entry === 0) return -1
      if (this.left[entry - 1] === left && this.right[entry - 1] === right) return entry - 1
      at = (at + 1) & mask
    }
  }

  /** Bytes in use: the pairs there are, and the whole index. */
  get bytes(): number {
    return this.count * 8 + this.index.byteLength
  }

  /** Bytes that have to be found at once if `more` pairs come: 0 while there is room. */
  growthBytes(more: number): number {
    return this.count + more < this.room ? 0 : this.index.byteLength * 2 + this.room * 16
  }

  private grow(): void {
    const size = this.index.length * 2
    const mask = size - 1
    const index = new Int32Array(size)
    this.room = Math.floor(size * FULLEST)
    const left = new Int32Array(this.room)
    const right = new Int32Array(this.room)
    left.set(this.left)
    right.set(this.right)
    for (let id = 0; id < this.count; id++) {
      let at = hashPair(left[id]!, right[id]!) & mask
      while (index[at] !== 0) at = (at + 1) & mask
      index[at] = id + 1
    }
    this.index = index
    this.mask = mask
    this.left = left
    this.right = right
  }
}

/** A function of two integers that is filled in as it is learned. */
export class PairMemo {
  private readonly pairs = new PairTable()
  private results = new Int32Array(64)

  /** The remembered result, or -1. */
  get(left: number, right: number): number {
    const id = this.pairs.find(left, right)
    return id === -1 ? -1 : this.results[id]!
  }

  /** Remembers a result, which must not be negative. */
  set(left: number, right: number, result: number): void {
    const id = this.pairs.put(left, right)
    if (id >= this.results.length) {
      const larger = new Int32Array(this.results.length * 2)
      larger.set(this.results)
      this.results = larger
    }
    this.results[id] = result
  }
}
