import { expect, test } from "vitest"
import { canonicalKey } from "./Canonical.ts"
import { hashText, HIGH_SEED, LOW_SEED } from "./ContentHash.ts"
import { Interner } from "./Interner.ts"

const looksAlike = [null, undefined, "", "null", 0, false, [], {}, new Set(), new Map()]

test("ids are dense from 0, equal values share one, and each id has its value, its key and the key's hash", () => {
  const interner = new Interner()
  expect([...looksAlike, ...looksAlike].map((value) => interner.intern(value))).toEqual([
    ...looksAlike.keys(),
    ...looksAlike.keys()
  ])
  expect(interner.values).toEqual(looksAlike)
  expect(interner.keys).toEqual(looksAlike.map((value) => canonicalKey(value)))
  const { high, low } = interner.hashes
  expect(Array.from(low.subarray(0, 10))).toEqual(interner.keys.map((key) => hashText(key, LOW_SEED)))
  expect(Array.from(high.subarray(0, 10))).toEqual(interner.keys.map((key) => hashText(key, HIGH_SEED)))
})

test("values of one content share an id, and what is kept is one frozen copy, known as itself", () => {
  const interner = new Interner()
  const original = { b: 1, a: [2] }
  expect([interner.intern(original), interner.intern({ a: [2], b: 1 })]).toEqual([0, 0])
  original.b = 7
  expect([interner.values[0], interner.intern(original), interner.intern(interner.values[0])]).toEqual([
    { a: [2], b: 1 },
    1,
    0
  ])
  // A copy is read no further: its key is remembered, also inside another value.
  const kept = interner.values[0] as object
  const outer = interner.intern({ kept })
  expect((interner.values[outer] as { kept: object }).kept).toBe(kept)
})

test("a new value is shown to the guard once and in its canonical copy; what the guard refuses gets no id", () => {
  const seen: Array<unknown> = []
  const interner = new Interner((value) => {
    seen.push(value)
    if (value === "bad") throw new Error("refused")
  })
  const value = { x: 1 }
  interner.intern(value)
  interner.intern({ x: 1 })
  expect(() => interner.intern("bad")).toThrow("refused")
  expect(() => interner.intern("bad")).toThrow("refused")
  expect(interner.intern("good")).toBe(1)
  expect(seen).toEqual([{ x: 1 }, "bad", "bad", "good"])
  expect(seen[0]).toBe(interner.values[0])
})
