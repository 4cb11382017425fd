/**
 * The order-independent digest of a set of states: per lane a sum over slots, mixed, summed over states. Two spaces
 * with equal counts and different states have different digests except with probability 2⁻⁶⁴; no verdict rests on it.
 */
import { type HashLanes, HIGH_SEED, hexDigest, LOW_SEED, mix } from "../engine/index.ts"

/** A digest under construction. */
export class Digest {
  private readonly hashes: ReadonlyArray<HashLanes>
  private low = 0
  private high = 0
  /** The state whose slots are summed in `lowSum` and `highSum`. */
  private summed = -1
  private lowSum = 0
  private highSum = 0

  /** Creates a digest. `hashes` are, per slot, the content hashes of its values. */
  constructor(hashes: ReadonlyArray<HashLanes>) {
    this.hashes = hashes
  }

  /** Adds a state. */
  add(state: Int32Array): void {
    this.sum(state)
    this.summed = -1
    this.include(this.lowSum, this.highSum)
  }

  /**
   * Adds the successor of state `id` that edits the slots in `edits` from `first` to `end`; only those are summed
   * again.
   */
  addSuccessor(id: number, state: Int32Array, edits: Int32Array, first: number, end: number): void {
    if (this.summed !== id) this.sum(state)
    this.summed = id
    let low = this.lowSum
    let high = this.highSum
    for (let edit = first; edit < end; edit += 2) {
      const slot = edits[edit]!
      const lanes = this.hashes[slot]!
      const before = state[slot]!
      const after = edits[edit + 1]!
      const salt = 2 * slot + 1
      low = (low + Math.imul(lanes.low[after]! - lanes.low[before]!, salt)) | 0
      high = (high + Math.imul(lanes.high[after]! - lanes.high[before]!, salt)) | 0
    }
    this.include(low, high)
  }

  /** Sixteen hexadecimal digits. */
  get text(): string {
    return hexDigest(this.low, this.high)
  }

  private sum(state: Int32Array): void {
    let low = LOW_SEED
    let high = HIGH_SEED
    for (let slot = 0; slot < this.hashes.length; slot++) {
      const lanes = this.hashes[slot]!
      const id = state[slot]!
      const salt = 2 * slot + 1
      low = (low + Math.imul(lanes.low[id]!, salt)) | 0
      high = (high + Math.imul(lanes.high[id]!, salt)) | 0
    }
    this.lowSum = low
    this.highSum = high
  }

  private include(low: number, high: number): void {
    this.low = (this.low + mix(low, LOW_SEED)) | 0
    this.high = (this.high + mix(high, HIGH_SEED)) | 0
  }
}
