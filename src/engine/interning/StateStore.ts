/**
 * The set of visited states, tree-compressed: a state is a vector of slots, neighbouring slots are interned as pairs,
 * pairs of pairs likewise, up to a root whose id names the state. Exact, about 16 bytes a state, and a successor that
 * differs in one slot costs only the pairs above that slot.
 *
 * Source: Laarman, van de Pol, Weber, "Parallel recursive state compression for free" (SPIN 2011).
 *
 * Protocol of use: `unpack` a state; for each successor `set` the slots that differ and `stage` it; then `resolve`
 * each.
 */
import { grown } from "./ContentHash.ts"
import { hashPair, PairTable } from "./PairTable.ts"

/** Left half of a staged root that marks the successor as the state itself. */
const UNCHANGED = -1

/** States by id 0, 1, 2 … in order of discovery. */
export class StateStore {
  /** The slots of the state that was unpacked last; read only. Entries past the slots are inner nodes of the tree. */
  readonly current: Int32Array
  private readonly work: Int32Array
  private readonly slots: number
  private readonly tables: Array<PairTable> = []
  /** For inner node i (children before parents): the positions of its children; its own is slots + i. */
  private readonly leftChild: Int32Array
  private readonly rightChild: Int32Array
  /** Per position below the root: the inner node above it, its sibling, and 1 if it is the left child. */
  private readonly parent: Int32Array
  private readonly sibling: Int32Array
  private readonly isLeft: Uint8Array
  private readonly rootTable: PairTable
  /** For each slot, the inner nodes above it as bits in `words` words. */
  private readonly above: Int32Array
  private readonly words: number
  private readonly dirty: Int32Array
  private readonly touched: Int32Array
  private touchedCount = 0
  /** Per staged successor: both halves of its root pair and their hash. */
  private entries: Int32Array = new Int32Array(256)
  private staged = 0
  private readonly rootLeft: number
  private readonly rootRight: number
  private readonly rootBit: number

  /** Creates a store. `slots` is the length of the state vectors, at least 2. */
  constructor(slots: number) {
    if (slots < 2) throw new RangeError(`a state vector of ${slots} slots; it takes at least 2`)
    const inner = slots - 1
    this.slots = slots
    this.current = new Int32Array(slots + inner)
    this.work = new Int32Array(slots + inner)
    this.leftChild = new Int32Array(inner)
    this.rightChild = new Int32Array(inner)
    this.parent = new Int32Array(slots + inner)
    this.sibling = new Int32Array(slots + inner)
    this.isLeft = new Uint8Array(slots + inner)
    this.words = Math.ceil(inner / 32)
    this.above = new Int32Array(slots * this.words)
    this.dirty = new Int32Array(this.words)
    this.touched = new Int32Array(slots)
    this.plan(0, slots)
    this.rootTable = new PairTable(1 << 14)
    this.tables[inner - 1] = this.rootTable
    for (let node = 0; node < inner; node++) {
      const left = this.leftChild[node]!
      const right = this.rightChild[node]!
      this.parent[left] = this.parent[right] = node
      this.sibling[left] = right
      this.sibling[right] = left
      this.isLeft[left] = 1
    }
    this.rootLeft = this.leftChild[inner - 1]!
    this.rootRight = this.rightChild[inner - 1]!
    this.rootBit = 1 << ((inner - 1) & 31)
  }

  /** Number of states. */
  get count(): number {
    return this.rootTable.count
  }

  /** Bytes of all tables. */
  get bytes(): number {
    return this.tables.reduce((sum, table) => sum + table.bytes, 0)
  }

  /** Number of states at which the largest table grows next. */
  get capacity(): number {
    return this.rootTable.capacity
  }

  /** Bytes that must be allocated at once if `more` states are added. */
  growthBytes(more: number): number {
    return this.rootTable.growthBytes(more)
  }

  /** Inserts a state given as a whole; returns its id, which is the old `count` if it is new. */
  insert(vector: Int32Array): number {
    const { leftChild, rightChild, slots, tables, work } = this
    for (let slot = 0; slot < slots; slot++) work[slot] = vector[slot]!
    for (let node = 0; node < slots - 1; node++) {
      work[slots + node] = tables[node]!.put(work[leftChild[node]!]!, work[rightChild[node]!]!)
    }
    return work[2 * slots - 2]!
  }

  /** True if a state given as a whole is stored; does not store it. `unpack` before staging again. */
  has(vector: Int32Array): boolean {
    const { leftChild, rightChild, slots, tables, work } = this
    for (let slot = 0; slot < slots; slot++) work[slot] = vector[slot]!
    for (let node = 0; node < slots - 1; node++) {
      const pair = tables[node]!.find(work[leftChild[node]!]!, work[rightChild[node]!]!)
      if (pair === -1) return false
      work[slots + node] = pair
    }
    return true
  }

  /** Makes a stored state the current one. */
  unpack(id: number): void {
    const { current, leftChild, rightChild, slots, tables, work } = this
    current[2 * slots - 2] = id
    for (let node = slots - 2; node >= 0; node--) {
      const pair = current[slots + node]!
      const { pairs } = tables[node]!
      current[leftChild[node]!] = pairs[2 * pair]!
      current[rightChild[node]!] = pairs[2 * pair + 1]!
    }
    for (let at = 0; at < current.length; at++) work[at] = current[at]!
    this.touchedCount = 0
    this.staged = 0
  }

  /** Sets one slot of the successor. */
  set(slot: number, value: number): void {
    const { above, dirty, words, work } = this
    if (work[slot] === value) return
    work[slot] = value
    this.touched[this.touchedCount++] = slot
    for (let word = 0; word < words; word++) dirty[word]! |= above[slot * words + word]!
  }

  /**
   * Records the successor for `resolve` and resets the slots: the next one starts from the current state. All
   * successors of a state are staged before any is looked up: two short loops instead of a long one are about a tenth
   * faster on large spaces (grow-only set R=4 n=7: 6.9 s, in one loop 7.9 s).
   */
  stage(): void {
    const { current, dirty, leftChild, rightChild, slots, tables, touched, words, work } = this
    if (this.touchedCount === 0) return this.stageCurrent()
    for (let word = 0; word < words; word++) {
      let bits = dirty[word]!
      if (word === words - 1) bits &= ~this.rootBit
      while (bits !== 0) {
        const node = word * 32 + 31 - Math.clz32(bits & -bits)
        bits &= bits - 1
        work[slots + node] = tables[node]!.put(work[leftChild[node]!]!, work[rightChild[node]!]!)
      }
    }
    this.stageRoot(work[this.rootLeft]!, work[this.rootRight]!)
    for (let index = 0; index < this.touchedCount; index++) work[touched[index]!] = current[touched[index]!]!
    this.touchedCount = 0
    for (let word = 0; word < words; word++) {
      let bits = dirty[word]!
      while (bits !== 0) {
        const node = word * 32 + 31 - Math.clz32(bits & -bits)
        bits &= bits - 1
        work[slots + node] = current[slots + node]!
      }
      dirty[word] = 0
    }
  }

  /**
   * Combines `set` and `stage` for a successor that differs in one slot: climbs to the root and writes no inner node.
   */
  stageOne(slot: number, value: number): void {
    const { current, isLeft, parent, sibling, tables } = this
    if (current[slot] === value) return this.stageCurrent()
    const root = tables.length - 1
    let at = slot
    let id = value
    let node = parent[at]!
    while (node !== root) {
      const other = current[sibling[at]!]!
      id = isLeft[at] === 1 ? tables[node]!.put(id, other) : tables[node]!.put(other, id)
      at = this.slots + node
      node = parent[at]!
    }
    const other = current[sibling[at]!]!
    if (isLeft[at] === 1) this.stageRoot(id, other)
    else this.stageRoot(other, id)
  }

  /**
   * Stages the current state itself. Such a step is not looked up: 37 in 100 of two-phase commit's (n = 7: 1,008,896 of
   * 2,744,705).
   */
  private stageCurrent(): void {
    const at = 3 * this.staged++
    if (at + 2 >= this.entries.length) this.entries = grown(this.entries, at + 2)
    this.entries[at] = UNCHANGED
  }

  private stageRoot(left: number, right: number): void {
    const at = 3 * this.staged++
    if (at + 2 >= this.entries.length) this.entries = grown(this.entries, at + 2)
    const { entries } = this
    const hash = hashPair(left, right)
    entries[at] = left
    entries[at + 1] = right
    entries[at + 2] = hash
  }

  /** Interns the successor that was staged as number `index`; its id is the old `count` if it is new. */
  resolve(index: number): number {
    const staged = this.entries
    if (staged[3 * index] === UNCHANGED) return this.current[2 * this.slots - 2]!
    return this.rootTable.putHashed(staged[3 * index]!, staged[3 * index + 1]!, staged[3 * index + 2]!)
  }

  /** Lays a balanced tree over the slots first … last − 1, children before parents; returns the position of its root. */
  private plan(first: number, last: number): number {
    if (last - first === 1) return first
    const middle = (first + last) >> 1
    const left = this.plan(first, middle)
    const right = this.plan(middle, last)
    const node = this.tables.length
    this.tables.push(new PairTable())
    this.leftChild[node] = left
    this.rightChild[node] = right
    for (let slot = first; slot < last; slot++) this.above[slot * this.words + (node >> 5)]! |= 1 << (node & 31)
    return this.slots + node
  }
}
