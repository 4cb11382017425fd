/**
 * Interned pairs of integers, the building block of tree compression: an open-addressing table in typed arrays that
 * gives each different pair the next dense id. Exact: both integers are compared; the hash only narrows the search.
 */

/** Hash of a pair; all bits of both affect all bits of the result. */
export const hashPair = (left: number, right: number): number => {
  let hash = Math.imul(left, 0x9e3779b1) + Math.imul(right, 0x85ebca77)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0x297a2d39)
  return hash ^ (hash >>> 16)
}

/** Share of the index in use at which it doubles; beyond it, probe runs get long. */
const FULLEST = 0.72

/** Size below which the index grows fourfold; that halves the work of growing while memory is no concern. */
const SMALL = 1 << 18

/** Pairs with ids 0, 1, 2 …, kept side by side in `pairs`. Memory: 8 bytes a pair and 6 to 11 of index. */
export class PairTable {
  /** Pair `id` is `pairs[2 * id]`, `pairs[2 * id + 1]`: one cache line, not two. */
  pairs: Int32Array
  count = 0
  /**
   * An entry holds id + 1 in the bits of `mask` and the pair's hash in the bits above. Pairs that only share an index
   * are distinguished without reading `pairs`, a cache miss. 0 is empty.
   */
  private index: Int32Array
  private mask: number
  private room: number

  /** Creates a table with room for `expected` pairs, a power of two. */
  constructor(expected = 64) {
    const size = expected * 2
    this.index = new Int32Array(size)
    this.mask = size - 1
    this.room = Math.floor(size * FULLEST)
    this.pairs = new Int32Array(2 * this.room)
  }

  /** The id of a pair; a new pair gets id `count`. */
  put(left: number, right: number): number {
    return this.putHashed(left, right, hashPair(left, right))
  }

  /** As `put`, for a pair whose hash is known. */
  putHashed(left: number, right: number, hash: number): number {
    const { index, mask, pairs } = this
    let at = hash & mask
    for (;;) {
      const entry = index[at]!
      if (entry === 0) break
      if (((entry ^ hash) & ~mask) === 0) {
        const id = (entry & mask) - 1
        if (pairs[2 * id] === left && pairs[2 * id + 1] === right) return id
      }
      at = (at + 1) & mask
    }
    if (this.count >= this.room) {
      this.grow()
      return this.putHashed(left, right, hash)
    }
    const id = this.count++
    pairs[2 * id] = left
    pairs[2 * id + 1] = right
    index[at] = (hash & ~mask) | (id + 1)
    return id
  }

  /** The id of a pair, or -1 if it was never put. */
  find(left: number, right: number): number {
    const { index, mask, pairs } = this
    const hash = hashPair(left, right)
    let at = hash & mask
    for (;;) {
      const entry = index[at]!
      if (entry === 0) return -1
      if (((entry ^ hash) & ~mask) === 0) {
        const id = (entry & mask) - 1
        if (pairs[2 * id] === left && pairs[2 * id + 1] === right) return id
      }
      at = (at + 1) & mask
    }
  }

  /** Bytes in use: the existing pairs, and the whole index. */
  get bytes(): number {
    return this.count * 8 + this.index.byteLength
  }

  /** Number of pairs at which the table grows next. */
  get capacity(): number {
    return this.room
  }

  /** Bytes that must be allocated at once if `more` pairs are added: 0 while there is room. */
  growthBytes(more: number): number {
    if (this.count + more < this.room) return 0
    const size = this.nextSize()
    return 4 * size + 8 * Math.floor(size * FULLEST)
  }

  /** Size of the index after it has grown. */
  private nextSize(): number {
    return this.index.length * (this.index.length < SMALL ? 4 : 2)
  }

  private grow(): void {
    const size = this.nextSize()
    const mask = size - 1
    const index = new Int32Array(size)
    this.room = Math.floor(size * FULLEST)
    const pairs = new Int32Array(2 * this.room)
    pairs.set(this.pairs)
    for (let id = 0; id < this.count; id++) {
      const hash = hashPair(pairs[2 * id]!, pairs[2 * id + 1]!)
      let at = hash & mask
      while (index[at] !== 0) at = (at + 1) & mask
      index[at] = (hash & ~mask) | (id + 1)
    }
    this.index = index
    this.mask = mask
    this.pairs = pairs
  }
}

/** A memo of a function of two integers. */
export class PairMemo {
  private readonly pairs = new PairTable()
  private results = new Int32Array(64)

  /** The stored result, or -1. */
  get(left: number, right: number): number {
    const id = this.pairs.find(left, right)
    return id === -1 ? -1 : this.results[id]!
  }

  /** Stores a result, which must not be negative. */
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
