import fc from "fast-check"
import { expect, test } from "vitest"
import { hashPair, PairMemo, PairTable } from "./PairTable.ts"

test("a pair table gives each different pair the next id, and the pair back", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 2000 }), (pairs) => {
      const table = new PairTable()
      const known = new Map<string, number>()
      for (const [left, right] of pairs) {
        const key = `${left},${right}`
        expect(table.find(left, right)).toBe(known.get(key) ?? -1)
        if (!known.has(key)) known.set(key, known.size)
        expect(table.put(left, right)).toBe(known.get(key))
      }
      expect(table.count).toBe(known.size)
      for (const [key, id] of known) expect(`${table.pairs[2 * id]},${table.pairs[2 * id + 1]}`).toBe(key)
    })
  )
})

/** Pairs (0, 0) … (n − 1, n − 1) put into a table. */
const diagonal = (table: PairTable, pairs: number) => {
  for (let at = 0; at < pairs; at++) table.put(at, at)
  return table
}

test("a table for 64 pairs holds 92, 0.72 of its 128 places, and then has four times the places", () => {
  const table = diagonal(new PairTable(), 92)
  expect([table.count, table.capacity, table.bytes]).toEqual([92, 92, 92 * 8 + 128 * 4])
  expect(table.find(92, 92)).toBe(-1)
  expect(table.put(92, 92)).toBe(92)
  // ⌊512 · 0.72⌋
  expect([table.count, table.capacity, table.bytes]).toEqual([93, 368, 93 * 8 + 512 * 4])
  expect(table.pairs.length).toBe(2 * 368)
  for (let at = 0; at < 93; at++) expect(table.find(at, at)).toBe(at)
  // ⌊16 · 0.72⌋ for a table that is made for 8.
  expect([new PairTable(8).capacity, new PairTable(8).bytes]).toEqual([11, 64])
})

test("a known pair makes a full table no larger", () => {
  const table = diagonal(new PairTable(), 92)
  expect(table.put(7, 7)).toBe(7)
  expect(table.capacity).toBe(92)
})

test("the pair (0, 0) is new in a table that grows for it, though empty room looks like it", () => {
  const table = new PairTable()
  for (let at = 1; at <= 92; at++) table.put(at, at)
  expect([table.put(0, 0), table.put(93, 93), table.find(0, 0)]).toEqual([92, 93, 92])
})

test("growth costs nothing while there is room, and then the larger index and the larger pairs", () => {
  const table = diagonal(new PairTable(), 90)
  expect(table.growthBytes(1)).toBe(0)
  // 512 places of 4 bytes, and 368 pairs of 8.
  expect([table.growthBytes(2), table.growthBytes(100)]).toEqual([512 * 4 + 368 * 8, 512 * 4 + 368 * 8])
  diagonal(table, 93)
  expect([table.pairs.byteLength + table.bytes - 93 * 8]).toEqual([512 * 4 + 368 * 8])
  // From 2¹⁸ places on an index doubles: 2¹⁷ become 2¹⁹, and 2¹⁸ too. ⌊2¹⁹ · 0.72⌋ = 377,487.
  for (const expected of [1 << 16, 1 << 17]) {
    expect(new PairTable(expected).growthBytes(1 << 20)).toBe(4 * 2 ** 19 + 8 * 377_487)
  }
})

test("a pair put by its hash is found by the pair", () => {
  const table = new PairTable()
  expect(table.putHashed(3, 4, hashPair(3, 4))).toBe(0)
  expect([table.find(3, 4), table.put(3, 4), table.find(4, 3)]).toEqual([0, 0, -1])
})

test("pairs of one hash are told apart, and both are still found after the table has grown", () => {
  const table = new PairTable()
  // All pairs are given the hash of the first, as if they had collided.
  const hash = hashPair(1, 1)
  expect([table.putHashed(1, 1, hash), table.putHashed(1, 2, hash), table.putHashed(2, 1, hash)]).toEqual([0, 1, 2])
  expect([table.putHashed(1, 2, hash), table.putHashed(2, 1, hash), table.putHashed(1, 1, hash)]).toEqual([1, 2, 0])
  for (let at = 3; at < 100; at++) table.put(at, at)
  expect([table.find(1, 1), table.find(1, 2), table.find(2, 1)]).toEqual([0, 1, 2])
})

test("a pair that was never put is not found, although others have its left, its right and the bits of its hash", () => {
  // An entry of 2¹⁸ places has 14 bits of a hash. 180,000 pairs are looked for among as many that each have an
  // integer in common with many of them. A search passes about five entries, so 5 · 180,000 / 2¹⁴ meet their own bits there,
  // and of these some eighth has the left in common and some eighth the right.
  const table = new PairTable(1 << 17)
  const pairs = (odd: number) =>
    Array.from({ length: 45_000 }, (_, at) => 2 * (at * 20_011 + 1) + odd).flatMap((large) => [
      [0, large] as const,
      [large, 0] as const,
      [1, large] as const,
      [large, 1] as const
    ])
  const known = pairs(0).map(([left, right]) => table.put(left, right))
  expect(known.filter((id, at) => id !== at)).toEqual([])
  expect(pairs(1).filter(([left, right]) => table.find(left, right) !== -1)).toEqual([])
  expect(pairs(0).filter(([left, right], at) => table.find(left, right) !== at)).toEqual([])
})

test("two pairs with the same 32 bits of hash are told apart", () => {
  // The hash begins with 0x9e3779b1 · left + 0x85ebca77 · right: with each other's factor they cancel out.
  const [left, right] = [0x85ebca77 | 0, -0x9e3779b1 | 0]
  expect(hashPair(left, right)).toBe(hashPair(0, 0))
  const table = new PairTable()
  expect([table.put(0, 0), table.find(left, right), table.put(left, right), table.find(0, 0)]).toEqual([0, -1, 1, 0])
  expect([...table.pairs.subarray(0, 4)]).toEqual([0, 0, left, right])
})

test("a hash is a 32-bit integer, and the low bits of 65,536 neighbouring pairs fill a table as evenly as chance does", () => {
  const places = new Uint32Array(1 << 16)
  let wide = 0
  for (let left = 0; left < 256; left++) {
    for (let right = 0; right < 256; right++) {
      const hash = hashPair(left, right)
      if (hash !== (hash | 0)) wide++
      places[hash & 0xffff]!++
    }
  }
  expect(wide).toBe(0)
  // Balls in as many bins: a share of 1/e stays empty, 24,109 of 65,536.
  const empty = places.filter((count) => count === 0).length
  expect(Math.abs(empty - (1 << 16) / Math.E)).toBeLessThan(1000)
})

test("a memo remembers what it was told and nothing else", () => {
  const memo = new PairMemo()
  for (let at = 0; at < 1000; at++) memo.set(at % 10, at, 2 * at)
  for (let at = 0; at < 1000; at++) expect([memo.get(at % 10, at), memo.get((at % 10) + 1, at)]).toEqual([2 * at, -1])
})

test("a memo keeps the last result it was told", () => {
  const memo = new PairMemo()
  memo.set(1, 2, 3)
  memo.set(1, 2, 4)
  expect(memo.get(1, 2)).toBe(4)
})
