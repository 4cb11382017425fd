/**
 * The set of visited states, tree-compressed: a state is a vector of slots, neighbouring slots are interned as pairs,
 * pairs of pairs likewise, up to a root whose id names the state. Exact, about 16 bytes a state, and a successor that
 * differs in one slot costs only the pairs above that slot.
 *
 * Source: Laarman, van de Pol, Weber, "Parallel recursive state compression for free" (SPIN 2011).
 *
 * Protocol of use: `unpack` a state; for each successor `set` the slots that differ, `commit`, read `work`, `rollback`.
 */
import { PairTable } from "./PairTable.ts"

/** States by id 0, 1, 2 … in order of discovery. */
export class StateStore {
  /** The slots of the state that was unpacked last; read only. Entries past the slots are inner nodes of the tree. */
  readonly current: Int32Array
  /** After `commit` and before `rollback`: the slots of the successor; read only. */
  readonly work: Int32Array
  private readonly slots: number
  private readonly tables: Array<PairTable> = []
  /** For inner node i (children before parents): the positions of its children; its own is slots + i. */
  private readonly leftChild: Int32Array
  private readonly rightChild: Int32Array
  private readonly rootTable: PairTable
  /** For each slot, the inner nodes above it as bits in `words` words. */
  private readonly above: Int32Array
  private readonly words: number
  private readonly dirty: Int32Array
  private readonly touched: Int32Array
  private touchedCount = 0

  /** `slots`: length of the state vectors, at least 2. */
  constructor(slots: number) {
    if (slots < 2) throw new RangeError(`a state vector of ${slots} slots; it takes at least 2`)
    const inner = slots - 1
    this.slots = slots
    this.current = new Int32Array(slots + inner)
    this.work = new Int32Array(slots + inner)
    this.leftChild = new Int32Array(inner)
    this.rightChild = new Int32Array(inner)
    this.words = Math.ceil(inner / 32)
    this.above = new Int32Array(slots * this.words)
    this.dirty = new Int32Array(this.words)
    this.touched = new Int32Array(slots)
    this.plan(0, slots)
    this.rootTable = new PairTable(1 << 14)
    this.tables[inner - 1] = this.rootTable
  }

  /** Number of states. */
  get count(): number {
    return this.rootTable.count
  }

  /** Bytes of all tables. */
  get bytes(): number {
    return this.tables.reduce((sum, table) => sum + table.bytes, 0)
  }

  /** Bytes that have to be found at once if `more` states come. */
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

  /** Makes a stored state the current one. */
  unpack(id: number): void {
    const { current, leftChild, rightChild, slots, tables, work } = this
    current[2 * slots - 2] = id
    for (let node = slots - 2; node >= 0; node--) {
      const pair = current[slots + node]!
      const table = tables[node]!
      current[leftChild[node]!] = table.left[pair]!
      current[rightChild[node]!] = table.right[pair]!
    }
    for (let at = 0; at < current.length; at++) work[at] = current[at]!
    this.touchedCount = 0
  }

  /** Sets one slot of the successor. */
  set(slot: number, value: number): void {
    const { above, dirty, words, work } = this
    if (work[slot] === value) return
    work[slot] = value
    this.touched[this.touchedCount++] = slot
    for (let word = 0; word < words; word++) dirty[word]! |= above[slot * words + word]!
  }

  /** Interns the successor; returns its id, which is the old `count` if it is new. */
  commit(): number {
    const { dirty, leftChild, rightChild, slots, tables, words, work } = this
    for (let word = 0; word < words; word++) {
      let bits = dirty[word]!
      while (bits !== 0) {
        const node = word * 32 + 31 - Math.clz32(bits & -bits)
        bits &= bits - 1
        work[slots + node] = tables[node]!.put(work[leftChild[node]!]!, work[rightChild[node]!]!)
      }
    }
    return work[2 * slots - 2]!
  }

  /** Forgets the successor: the next one starts from the current state. */
  rollback(): void {
    const { current, dirty, slots, touched, words, work } = this
    for (let at = 0; at < this.touchedCount; at++) work[touched[at]!] = current[touched[at]!]!
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
