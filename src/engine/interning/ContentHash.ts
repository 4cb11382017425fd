/**
 * 64-bit hashes of content, as two 32-bit lanes. They identify a whole state space for the baseline (an
 * order-independent sum over its states) and never decide whether two states are equal.
 */

/** Hashes of interned values by id; lanes grow with the interner. */
export class HashLanes {
  low: Int32Array = new Int32Array(64)
  high: Int32Array = new Int32Array(64)

  /** Records the hash of value `id`. */
  set(id: number, low: number, high: number): void {
    if (id >= this.low.length) {
      this.low = grown(this.low, id)
      this.high = grown(this.high, id)
    }
    this.low[id] = low
    this.high[id] = high
  }
}

/** A copy of an array with room for index `id`, at least twice as long; new entries are 0. */
export const grown = (array: Int32Array, id: number): Int32Array<ArrayBuffer> => {
  const larger = new Int32Array(Math.max(id + 1, array.length * 2))
  larger.set(array)
  return larger
}

/** Mixes one 32-bit word into a lane. */
export const mix = (lane: number, word: number): number => {
  let hash = Math.imul(lane ^ word, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** Seed of the low lane. */
export const LOW_SEED = 0x2545f491
/** Seed of the high lane. */
export const HIGH_SEED = 0x5bd1e995

/** One lane's hash of a text. */
export const hashText = (text: string, seed: number): number => {
  let hash = seed
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x9e3779b1)
    hash = (hash << 13) | (hash >>> 19)
  }
  return mix(hash, text.length)
}

/** Sixteen hexadecimal digits for two lanes. */
export const hexDigest = (low: number, high: number): string =>
  (high >>> 0).toString(16).padStart(8, "0") + (low >>> 0).toString(16).padStart(8, "0")
