import fc from "fast-check"
import { expect, test } from "vitest"
import { HashLanes } from "../engine/interning/ContentHash.ts"
import { HIGH_SEED, hexDigest, LOW_SEED, mix } from "../engine/index.ts"
import { Digest } from "./Digest.ts"

const slots = 3
const values = 5

/** Content hashes that differ between all values and slots. */
const lanes = Array.from({ length: slots }, (_, slot) => {
  const hashes = new HashLanes()
  for (let id = 0; id < values; id++) {
    hashes.set(id, mix(slot * values + id, LOW_SEED), mix(slot * values + id, HIGH_SEED))
  }
  return hashes
})

const digestOf = (states: ReadonlyArray<ReadonlyArray<number>>) => {
  const digest = new Digest(lanes)
  for (const state of states) digest.add(Int32Array.from(state))
  return digest.text
}

const state = fc.tuple(fc.nat(values - 1), fc.nat(values - 1), fc.nat(values - 1))
const edits = fc.uniqueArray(fc.tuple(fc.nat(slots - 1), fc.nat(values - 1)), { selector: ([slot]) => slot })

test("the digest of no state is zero, and of states it is that of the same states in any order", () => {
  expect(digestOf([])).toBe("0000000000000000")
  fc.assert(
    fc.property(fc.array(state, { maxLength: 6 }), (states) => {
      expect(digestOf(states.toReversed())).toBe(digestOf(states))
    })
  )
})

test("a successor is added as if it had been added as a whole, whichever states were added before", () => {
  const step = fc.record({ from: fc.nat(3), edits, whole: fc.boolean() })
  fc.assert(
    fc.property(fc.array(state, { minLength: 4, maxLength: 4 }), fc.array(step, { maxLength: 8 }), (froms, steps) => {
      const digest = new Digest(lanes)
      const states: Array<ReadonlyArray<number>> = []
      for (const { edits, from, whole } of steps) {
        const vector = Int32Array.from(froms[from]!)
        const after = vector.slice()
        for (const [slot, value] of edits) after[slot] = value
        // What stands beside the edits of one successor belongs to its neighbours.
        const data = Int32Array.from([1, 2, ...edits.flat(), 0, 3])
        if (whole) digest.add(after)
        else digest.addSuccessor(from, vector, data, 2, 2 + 2 * edits.length)
        states.push([...after])
      }
      expect(digest.text).toBe(digestOf(states))
    })
  )
})

test("all 125 states of three slots with five values have different digests, in each half", () => {
  const all = Array.from({ length: 125 }, (_, at) => [at % 5, Math.floor(at / 5) % 5, Math.floor(at / 25)])
  const texts = all.map((each) => digestOf([each]))
  expect(new Set(texts.map((text) => text.slice(0, 8))).size).toBe(125)
  expect(new Set(texts.map((text) => text.slice(8))).size).toBe(125)
})

test("two states that exchange the value of a slot have another digest together", () => {
  expect(
    digestOf([
      [0, 1, 0],
      [2, 3, 0]
    ])
  ).not.toBe(
    digestOf([
      [0, 3, 0],
      [2, 1, 0]
    ])
  )
})

/** The definition, in integers without bounds: per lane the mixed sum over slots, summed over states. */
const defined = (states: ReadonlyArray<ReadonlyArray<number>>) => {
  const laneOf = (seed: number, hashOf: (slot: number, id: number) => number) =>
    states.reduce((total, each) => {
      const sum = each.reduce((sum, id, slot) => sum + BigInt(hashOf(slot, id)) * BigInt(2 * slot + 1), BigInt(seed))
      return total + BigInt(mix(Number(BigInt.asIntN(32, sum)), seed))
    }, 0n)
  const low = laneOf(LOW_SEED, (slot, id) => lanes[slot]!.low[id]!)
  const high = laneOf(HIGH_SEED, (slot, id) => lanes[slot]!.high[id]!)
  return hexDigest(Number(BigInt.asIntN(32, low)), Number(BigInt.asIntN(32, high)))
}

test("a digest is the sum over states of mixed sums over slots, of 32 bits in each lane", () => {
  fc.assert(
    fc.property(fc.array(state, { maxLength: 6 }), (states) => {
      expect(digestOf(states)).toBe(defined(states))
    })
  )
})
