import { expect, test } from "vitest"
import { grown, HashLanes, hashText, hexDigest, HIGH_SEED, LOW_SEED, mix } from "./ContentHash.ts"

const wrap = (value: bigint) => BigInt.asUintN(32, value)
const signed = (value: bigint) => Number(BigInt.asIntN(32, value))

/** `mix` in integers without bounds, cut to 32 bits after every operation. */
const mixed = (lane: number, word: number): number => {
  let hash = wrap(wrap(BigInt(lane) ^ BigInt(word)) * 0x85ebca6bn)
  hash ^= hash >> 13n
  hash = wrap(hash * 0xc2b2ae35n)
  return signed(hash ^ (hash >> 16n))
}

/** `hashText` likewise: each code unit is mixed in by a multiplication and a rotation by 13 bits. */
const hashed = (text: string, seed: number): number => {
  let hash = wrap(BigInt(seed))
  for (let at = 0; at < text.length; at++) {
    hash = wrap((hash ^ BigInt(text.charCodeAt(at))) * 0x9e3779b1n)
    hash = wrap(hash << 13n) | (hash >> 19n)
  }
  return mixed(signed(hash), text.length)
}

test("mixing is that of unbounded integers cut to 32 bits", () => {
  const words = [0, 1, 2, 0xffff, 0x7fffffff, -1, LOW_SEED, HIGH_SEED]
  for (const lane of words) expect(words.map((word) => mix(lane, word))).toEqual(words.map((word) => mixed(lane, word)))
})

test("the hash of a text depends on each of its characters, their order, its length and the seed", () => {
  const texts = ["", "a", "b", "ab", "ba", "aa", "aaa", "\u0000", "\u0000\u0000", '{"a":1,}', "\uffff", "é"]
  for (const seed of [LOW_SEED, HIGH_SEED]) {
    expect(texts.map((text) => hashText(text, seed))).toEqual(texts.map((text) => hashed(text, seed)))
  }
  const lanes = texts.flatMap((text) => [hashText(text, LOW_SEED), hashText(text, HIGH_SEED)])
  expect(new Set(lanes).size).toBe(2 * texts.length)
})

test("a digest is the high lane and then the low one, eight digits each, also where they are negative or small", () => {
  expect(hexDigest(0x2a, -1)).toBe("ffffffff0000002a")
  expect(hexDigest(-2, 0x1234)).toBe("00001234fffffffe")
  expect(hexDigest(0, 0)).toBe("0000000000000000")
})

test("an array grows to twice its length, or as far as it has to, and keeps what is in it", () => {
  const array = Int32Array.of(1, 2, 3)
  expect([grown(array, 3), grown(array, 5)]).toEqual([Int32Array.of(1, 2, 3, 0, 0, 0), Int32Array.of(1, 2, 3, 0, 0, 0)])
  expect([grown(array, 6).length, grown(array, 9).length]).toEqual([7, 10])
})

test("both lanes keep the hash of every value, past the room for 64 too", () => {
  const lanes = new HashLanes()
  const ids = Array.from({ length: 300 }, (_, id) => id)
  for (const id of ids) {
    lanes.set(id, id, -id)
    // Twice the room when it is used up, not before: 64 for ids 0 to 63, 128 for 64 to 127 …
    const room = 64 * 2 ** Math.max(0, Math.floor(Math.log2(id)) - 5)
    expect([lanes.low.length, lanes.high.length]).toEqual([room, room])
  }
  expect([...lanes.low].slice(0, 300)).toEqual(ids)
  expect([...lanes.high].slice(0, 300)).toEqual(ids.map((id) => 0 - id))
})
