import fc from "fast-check"
import { expect, test } from "vitest"
import { canonicalCopy, canonicalKey, NotPlainData } from "./Canonical.ts"

const plain = fc.letrec<{ value: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.bigInt()),
  value: fc.oneof(
    { maxDepth: 3 },
    tie("leaf"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 3 }),
    fc.uniqueArray(fc.string(), { maxLength: 3 }).map((elements) => new Set(elements)),
    fc.array(fc.tuple(fc.string(), tie("leaf")), { maxLength: 3 }).map((entries) => new Map(entries))
  )
})).value

test("the order in which fields, elements and entries were written does not matter", () => {
  expect(canonicalKey({ a: 1, b: new Set(["x", "y"]) })).toBe(canonicalKey({ b: new Set(["y", "x"]), a: 1 }))
  const forward = new Map([
    ["k", 1],
    ["l", 2]
  ])
  const backward = new Map([
    ["l", 2],
    ["k", 1]
  ])
  expect(canonicalKey(forward)).toBe(canonicalKey(backward))
})

test("values that look alike have different keys", () => {
  const values = [0, -0, "0", NaN, "NaN", null, "N", undefined, "U", true, "T", 1n, "1n", [], {}, new Set(), new Map()]
  values.push(
    { a: undefined } as never,
    [["a", 1]] as never,
    new Map([["a", 1]]) as never,
    { a: 1 } as never,
    ["a,1"] as never
  )
  expect(new Set(values.map((value) => canonicalKey(value))).size).toBe(values.length)
})

test("changing any one field changes the key", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), plain, { minKeys: 1 }), plain, fc.nat(), (record, other, pick) => {
      const names = Object.keys(record)
      const name = names[pick % names.length] ?? ""
      const same = canonicalKey(record[name]) === canonicalKey(other)
      expect(canonicalKey({ ...record, [name]: other }) === canonicalKey(record)).toBe(same)
    })
  )
})

test("a copy has the same key as its original, and cannot be changed at any depth", () => {
  fc.assert(
    fc.property(plain, (value) => {
      expect(canonicalKey(canonicalCopy(value))).toBe(canonicalKey(value))
    })
  )
  const copy = canonicalCopy({ list: [{ x: 1 }], set: new Set([1]), map: new Map([[1, 2]]) }) as {
    list: Array<{ x: number }>
    set: Set<number>
    map: Map<number, number>
  }
  expect(() => (copy.list[0]!.x = 2)).toThrow("read only")
  expect(() => copy.list.push({ x: 3 })).toThrow("not extensible")
  expect(() => copy.set.add(2)).toThrow("belongs to the state")
  expect(() => copy.map.clear()).toThrow("belongs to the state")
})

test("a set holds equal elements once, and a map with two equal keys is refused", () => {
  const twice = new Set([{ a: 1 }, { a: 1 }])
  expect(canonicalKey(twice)).toBe(canonicalKey(new Set([{ a: 1 }])))
  expect((canonicalCopy(twice) as Set<unknown>).size).toBe(1)
  const keys = new Map([
    [{ a: 1 }, 1],
    [{ a: 1 }, 2]
  ])
  expect(() => canonicalKey({ m: keys })).toThrow("a map with two entries for")
})

test("a field of the name __proto__ is kept", () => {
  const value = JSON.parse('{"__proto__": {"x": 1}}') as unknown
  expect(canonicalKey(canonicalCopy(value))).toBe(canonicalKey(value))
})

test("what is not plain data is refused with its path", () => {
  class Version {}
  expect(() => canonicalKey({ store: [new Version()] })).toThrow(
    "an instance of Version at .store[0] is not plain data"
  )
  expect(() => canonicalKey({ f: () => 1 })).toThrow(NotPlainData)
  expect(() => canonicalKey(Symbol("x"))).toThrow("a symbol at the top is not plain data")
})
