import fc from "fast-check"
import { expect, test } from "vitest"
import { canonical, canonicalCopy, canonicalKey, NotPlainData, rememberKey } from "./Canonical.ts"

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

test("each kind of value has the key it had yesterday: keys are hashed into the digests that a baseline pins", () => {
  const keys: ReadonlyArray<readonly [value: unknown, key: string]> = [
    ['a"b', '"a\\"b"'],
    [0, "0"],
    [-0, "-0"],
    [NaN, "NaN"],
    [true, "T"],
    [false, "F"],
    [undefined, "U"],
    [null, "N"],
    [12n, "12n"],
    [[1, [2], []], "[1,[2,],[],]"],
    [new Set(["b", "a"]), 'S{"a","b"}'],
    [
      new Map([
        ["k", 1],
        ["a", 2]
      ]),
      'M{"a":2,"k":1}'
    ],
    [{ b: 1, a: { c: null } }, '{"a":{"c":N,},"b":1,}']
  ]
  expect(keys.map(([value]) => canonicalKey(value))).toEqual(keys.map(([, key]) => key))
})

test("a copy lists fields, elements and entries in one order, however they were written", () => {
  const shuffled = [3, 1, 4, 5, 2]
  const copy = (order: ReadonlyArray<number>) =>
    canonicalCopy({
      set: new Set(order),
      map: new Map(order.map((key) => [key, { z: key, a: -key }])),
      record: Object.fromEntries(order.map((key) => [`field ${key}`, key]))
    }) as { set: Set<number>; map: Map<number, object>; record: object }
  for (const { map, record, set } of [copy(shuffled), copy(shuffled.toReversed())]) {
    expect([...set]).toEqual([1, 2, 3, 4, 5])
    expect([...map.keys()]).toEqual([1, 2, 3, 4, 5])
    expect([...map.values()].map((entry) => Object.keys(entry))).toEqual(Array(5).fill(["a", "z"]))
    expect(Object.keys(record)).toEqual([1, 2, 3, 4, 5].map((key) => `field ${key}`))
  }
})

test("no method of a copied set or map changes it, and none that it lacked is added", () => {
  const set = canonicalCopy(new Set([1])) as Set<number>
  const map = canonicalCopy(new Map([[1, 2]])) as Map<number, number>
  const changes = [() => set.add(2), () => set.delete(1), () => set.clear(), () => map.set(2, 1), () => map.delete(1)]
  for (const change of changes) expect(change).toThrow("Cannot add to or delete from a set or map")
  expect([[...set], [...map]]).toEqual([[1], [[1, 2]]])
  expect(["set" in set, "add" in map, Object.keys(set), Object.keys(map)]).toEqual([false, false, [], []])
})

test("what is refused inside a set or a map is refused with its path", () => {
  const refused = (value: unknown) => {
    try {
      return canonicalKey(value)
    } catch (thrown) {
      return thrown instanceof NotPlainData ? [thrown.path, thrown.found] : thrown
    }
  }
  const f = () => 1
  expect(refused({ s: new Set([f]) })).toEqual([".s{}", "a function"])
  expect(refused({ m: new Map([[f, 1]]) })).toEqual([".m{key}", "a function"])
  expect(refused({ m: new Map([["k", f]]) })).toEqual([".m{k}", "a function"])
  expect(refused([1, Object.create({})])).toEqual(["[1]", "an instance of Object"])
  expect(refused([Object.create(Object.create(null))])).toEqual(["[0]", "an instance of an unknown class"])
  expect(refused(Object.create(null))).toBe("{}")
})

test("a copy whose key is remembered is not read again, and is its own copy", () => {
  const copy = canonicalCopy({ a: 1 }) as object
  rememberKey(copy, "remembered")
  expect([canonicalKey(copy), canonicalKey([copy])]).toEqual(["remembered", "[remembered,]"])
  expect((canonicalCopy([copy]) as ReadonlyArray<unknown>)[0]).toBe(copy)
  const made = canonical({ b: [2], a: 1 })
  expect([made, Object.keys(made), Object.isFrozen(made), canonicalKey(made)]).toEqual([
    { a: 1, b: [2] },
    ["a", "b"],
    true,
    '{"a":1,"b":[2,],}'
  ])
  expect(canonicalCopy(made)).toBe(made)
})
