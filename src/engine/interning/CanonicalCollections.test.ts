import { inspect } from "node:util"
import { describe, expect, test } from "vitest"
import { canonicalCopy, canonicalKey, NotPlainData } from "./Canonical.ts"

type Vote = { readonly from: number; readonly for?: string }

const setOf = (...elements: ReadonlyArray<unknown>) => canonicalCopy(new Set(elements)) as Set<unknown>
const mapOf = (...entries: ReadonlyArray<readonly [unknown, unknown]>) =>
  canonicalCopy(new Map(entries)) as Map<unknown, unknown>
const votes = () => setOf({ from: 1, for: "a" }, { from: 2 }, 3)
const shown = (set: Set<unknown>) => [...set].map((element) => canonicalKey(element)).sort()

describe("a set of a state", () => {
  test("has an object that equals an element, however it was written", () => {
    expect(votes().has({ for: "a", from: 1 })).toBe(true)
    expect(votes().has({ from: 2 } satisfies Vote)).toBe(true)
    expect(votes().has([...votes()][1])).toBe(true)
    expect(setOf([1, [2]], new Set([{ a: 1 }])).has([1, [2]])).toBe(true)
    expect(setOf([1, [2]], new Set([{ a: 1 }])).has(new Set([{ a: 1 }]))).toBe(true)
  })

  test("has no object that differs, and no primitive that looks like one", () => {
    const others = [{ from: 1 }, { from: 2, for: undefined }, { from: 2n }, [2], {}, null, undefined, "3", 2, "U"]
    expect(others.filter((other) => votes().has(other))).toEqual([])
    expect(setOf('{"from":2,}').has({ from: 2 })).toBe(false)
    expect(setOf({ from: 2 }).has('{"from":2,}')).toBe(false)
    expect([votes().has(3), setOf(1, "1").has(1n), setOf(Number.NaN).has(Number.NaN)]).toEqual([true, false, true])
  })

  test("refuses to compare its objects with what is no plain data", () => {
    expect(() => votes().has(new Date(0))).toThrow(NotPlainData)
    expect(() => votes().isSubsetOf(new Set([new Date(0)]))).toThrow("an instance of Date")
    expect(setOf(1, 2).has(new Date(0))).toBe(false)
  })

  test("forms unions, intersections and differences by content, with native sets, maps and its own kind", () => {
    const others = new Set<unknown>([{ from: 2 }, { from: 9 }, { from: 9 }, 3, 4])
    const known = shown(votes())
    for (const other of [others, setOf(...others), new Map([...others].map((element) => [element, 1]))]) {
      expect(shown(votes().union(other))).toEqual([...known, '{"from":9,}', "4"].sort())
      expect(shown(votes().intersection(other))).toEqual(['{"from":2,}', "3"].sort())
      expect(shown(votes().difference(other))).toEqual(['{"for":"a","from":1,}'])
      expect(shown(votes().symmetricDifference(other))).toEqual(['{"for":"a","from":1,}', '{"from":9,}', "4"].sort())
    }
  })

  test("is a subset, a superset or disjoint by content", () => {
    const some = new Set<unknown>([{ from: 2 }])
    const more = new Set<unknown>([...votes()].map((element) => structuredClone(element))).add({ from: 9 })
    expect([votes().isSubsetOf(more), votes().isSubsetOf(some)]).toEqual([true, false])
    expect([votes().isSupersetOf(some), votes().isSupersetOf(more)]).toEqual([true, false])
    expect([votes().isDisjointFrom(some), votes().isDisjointFrom(new Set([{ from: 3 }]))]).toEqual([false, true])
  })

  test("is a set to whoever looks: its class, its clone, its text, its elements in order", () => {
    const set = setOf(3, 1, 2)
    expect([set instanceof Set, set.constructor, set.size]).toEqual([true, Set, 3])
    expect([[...set], [...set.values()], [...set.keys()], [...set.entries()].flat()]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
      [1, 1, 2, 2, 3, 3]
    ])
    const told: Array<unknown> = []
    set.forEach(function (this: unknown, ...all) {
      told.push([this, ...all])
    }, "this")
    expect(told).toEqual([1, 2, 3].map((each) => ["this", each, each, set]))
    expect(inspect(set)).toBe("Set(3) { 1, 2, 3 }")
    const clone = structuredClone(set)
    expect([...clone.add(4)]).toEqual([1, 2, 3, 4])
    expect(setOf(1)).toStrictEqual(new Set([1]))
  })
})

describe("a map of a state", () => {
  const map = () => mapOf([{ a: 1, b: [2] }, "pair"], ["k", "text"], [[1], undefined])

  test("gets what stands under a key that equals its own", () => {
    expect([map().get({ b: [2], a: 1 }), map().has({ b: [2], a: 1 })]).toEqual(["pair", true])
    expect([map().get([1]), map().has([1]), map().get([...map().keys()].find(Array.isArray))]).toEqual([
      undefined,
      true,
      undefined
    ])
    expect([map().get("k"), map().has("k")]).toEqual(["text", true])
  })

  test("has no key that differs", () => {
    expect([{ a: 1 }, [2], {}, "[1,]", 1, null, "a"].filter((key) => map().has(key))).toEqual([])
    expect([map().get({ a: 1 }), mapOf(["k", 1]).has({}), mapOf(["k", 1]).get({})]).toEqual([
      undefined,
      false,
      undefined
    ])
    expect([map().get(() => 1), mapOf(["k", 1]).get(new Date(0))]).toEqual([undefined, undefined])
    expect(() => map().get(new Date(0))).toThrow("an instance of Date")
  })

  test("is a map to whoever looks", () => {
    const two = mapOf(["l", 2], ["k", 1])
    expect([two instanceof Map, two.constructor, two.size, [...two]]).toEqual([
      true,
      Map,
      2,
      [
        ["k", 1],
        ["l", 2]
      ]
    ])
    expect([[...two.keys()], [...two.values()], [...two.entries()]]).toEqual([["k", "l"], [1, 2], [...two]])
    const told: Array<unknown> = []
    two.forEach(function (this: unknown, ...all) {
      told.push([this, ...all])
    }, "this")
    expect(told).toEqual([
      ["this", 1, "k", two],
      ["this", 2, "l", two]
    ])
    expect(inspect(two)).toBe("Map(2) { 'k' => 1, 'l' => 2 }")
    expect([...structuredClone(two).set("m", 3).keys()]).toEqual(["k", "l", "m"])
  })
})

describe("nobody changes a set or map of a state", () => {
  const mutators = ["add", "set", "delete", "clear", "getOrInsert", "getOrInsertComputed"]

  test("no method of its own does, of whatever edition of the language", () => {
    for (const collection of [setOf(1), mapOf([1, 1])]) {
      for (const name of mutators.filter((each) => each in collection)) {
        expect(() => Reflect.get(collection, name).call(collection, 2, 2)).toThrow("belongs to the state")
      }
    }
  })

  test("a native method called on it changes nothing that is read or compared", () => {
    const set = setOf(1, { a: 1 })
    const map = mapOf(["k", 1])
    const before = [canonicalKey(set), canonicalKey(map)]
    Set.prototype.add.call(set, 2)
    Set.prototype.delete.call(set, 1)
    Map.prototype.set.call(map, "k", 2)
    Map.prototype.clear.call(map)
    expect([canonicalKey(set), canonicalKey(map)]).toEqual(before)
    expect([[...set], set.size, set.has(2), set.has(1), map.get("k"), map.size]).toEqual([
      [1, { a: 1 }],
      2,
      false,
      true,
      1,
      1
    ])
    expect([canonicalCopy(set) === set, canonicalCopy(map) === map]).toEqual([true, true])
  })

  test("neither it nor its prototype takes a field or another method", () => {
    for (const value of [setOf(1), mapOf([1, 1])]) {
      for (const object of [value, Object.getPrototypeOf(value) as object]) {
        expect(() => Object.assign(object, { has: () => true })).toThrow(TypeError)
        expect(() => Object.setPrototypeOf(object, null)).toThrow(TypeError)
      }
    }
  })

  test("an object that borrows its prototype is not taken for one", () => {
    const borrowed = Object.setPrototypeOf(new Set([1]), Object.getPrototypeOf(setOf(1))) as object
    expect(() => canonicalKey(borrowed)).toThrow("an instance of Set at the top is not plain data")
  })
})
