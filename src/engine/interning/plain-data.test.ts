/**
 * Every kind of value that JavaScript has: taken exactly, so that it differs from all others and its copy equals it, or
 * refused by name.
 */
import { runInNewContext } from "node:vm"
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { canonical, canonicalCopy, canonicalFields, canonicalKey, NotPlainData, takenOnce } from "./Canonical.ts"

const parsed = (text: string): unknown => JSON.parse(text)
const nested = (depth: number, around = (value: unknown): unknown => [value]): unknown => {
  let value: unknown = 0
  for (let level = 0; level < depth; level++) value = around(value)
  return value
}

/** No two of these are equal. */
const taken: ReadonlyArray<unknown> = (
  [
    [null, undefined, true, false, 0, -0, 1, 0.1, -1, Number.NaN, Infinity, -Infinity, 1e21, 5e-324],
    [0n, 1n, -1n, 2n ** 64n, "", "0", "1", "1n", "NaN", "null", "undefined", "T", "U", "N", "\u0000", "\n", '"', "\\"],
    ["\ud800", "\udfff", "\\ud800", "\ud800\udc00", "é", "e\u0301", "\u202e", "a,b", "[]", "{}", "S{}"],
    [[], [undefined], [null], [[]], [0], [-0], ["0"], [1, 2], [2, 1], ["1,2"], [[1], 2], [1, [2]], [[1, 2]]],
    [{}, { a: undefined }, { a: null }, { a: 0 }, { a: -0 }, { b: undefined }, { "": 0 }, { 0: 1 }, { a: { b: 1 } }],
    [{ a: 1, b: 2 }, { a: 2, b: 1 }, { 'a":1,"b': 2 }, { "\ud800": 1 }, { "\\ud800": 1 }, { é: 1 }, { "e\u0301": 1 }],
    ["constructor", "toString", "hasOwnProperty", "then", "toJSON", "_tag", "#bigint", "#map", "length", "size"].map(
      (name) => ({ [name]: 1 })
    ),
    [parsed('{"__proto__":1}'), parsed('{"__proto__":{}}'), parsed('{"__proto__":null}')],
    [
      new Set(),
      new Set([undefined]),
      new Set([0]),
      new Set(["0"]),
      new Set([Number.NaN]),
      new Set([[]]),
      new Set([{}])
    ],
    [new Set([new Set()]), new Set([new Set([1])]), new Set([1, 2]), new Set([[1, 2]]), new Set(["1,2"])],
    [new Map(), new Map([[0, 0]]), new Map([["0", 0]]), new Map([[0n, 0]]), new Map([[Number.NaN, 0]])],
    [new Map([[undefined, undefined]]), new Map([[null, undefined]]), new Map([[new Map(), 0]]), new Map([[{}, 0]])],
    [new Map([[{ toString: 1 }, 0]]), new Map([[[1], 0]]), new Map([["1", 0]]), new Map([[new Set([1]), 0]])],
    [nested(200)]
  ] as ReadonlyArray<ReadonlyArray<unknown>>
).flat()

describe("taken exactly", () => {
  test("no two kinds of value have a key in common", () => {
    expect(new Set(taken.map((value) => canonicalKey(value))).size).toBe(taken.length)
  })

  test.each(taken.map((value, index) => [index, value] as const))("%i: its copy equals it, frozen", (_, value) => {
    const copy = canonicalCopy(value)
    expect(copy).toEqual(value)
    expect(canonicalKey(copy)).toBe(canonicalKey(value))
    expect(canonicalKey(structuredClone(copy))).toBe(canonicalKey(value))
    expect([Object.isFrozen(copy), canonicalCopy(canonical(value))]).toEqual([true, value])
    expect(Object.is(copy, value)).toBe(typeof value !== "object" || value === null)
  })

  test("a record is its fields, in whatever order, with a prototype or without", () => {
    const bare = Object.assign(Object.create(null), { b: 1, a: 2 })
    expect(canonicalKey(bare)).toBe(canonicalKey({ a: 2, b: 1 }))
    expect(canonicalCopy(bare)).toStrictEqual({ a: 2, b: 1 })
    expect(canonicalKey(Object.freeze(Object.seal({ a: 2, b: 1 })))).toBe(canonicalKey(bare))
  })

  test("a set or map with the key −0 has the key 0, as the language has it", () => {
    expect(canonicalKey(new Set([-0]))).toBe(canonicalKey(new Set([0])))
    expect(canonicalKey(new Map([[-0, -0]]))).toBe(canonicalKey(new Map([[0, -0]])))
  })

  test("a set or map of a state is its own copy, and inside another value too", () => {
    for (const value of [new Set([1]), new Map([[1, 2]])]) {
      const copy = canonicalCopy(value)
      expect([canonicalCopy(copy) === copy, Object.values(canonicalCopy({ copy }) as object)[0] === copy]).toEqual([
        true,
        true
      ])
    }
  })

  test("a hundred thousand elements are taken in a list, a set, a map and a record", () => {
    const numbers = Array.from({ length: 100_000 }, (_, index) => index)
    const large = [
      numbers,
      new Set(numbers),
      new Map(numbers.map((each) => [each, each])),
      Object.fromEntries(numbers.map((each) => [`k${each}`, each]))
    ]
    for (const value of large) expect(canonicalKey(canonicalCopy(value)) === canonicalKey(value)).toBe(true)
  })
})

class Version {
  readonly a = 1
}
class Stamped extends Schema.Class<Stamped>("Stamped")({ a: Schema.Finite }) {}
class OwnList extends Array<number> {}
class OwnSet extends Set<number> {}
class OwnMap extends Map<number, number> {}

const withField = (value: object, name: PropertyKey, field: PropertyDescriptor = { value: 1, enumerable: true }) =>
  Object.defineProperty(value, name, field)
const withLength = (list: Array<number>, length: number) => Object.assign(list, { length })
const own = { a: {} as object }
own.a = own
const ring = new Map<string, unknown>()
ring.set("k", [new Set([ring])])

const refused: ReadonlyArray<readonly [name: string, value: unknown, found: string]> = [
  ["a function", () => 1, "a function"],
  ["a class", Version, "a function"],
  ["a symbol", Symbol.iterator, "a symbol"],
  ["an instance of a class", new Version(), "an instance of Version"],
  ["an instance of a schema's class", new Stamped({ a: 1 }), "an instance of Stamped"],
  ["a date", new Date(0), "an instance of Date"],
  ["a regular expression", /x/, "an instance of RegExp"],
  ["an error", new RangeError("x"), "an instance of RangeError"],
  ["a promise", Promise.resolve(1), "an instance of Promise"],
  ["a weak map", new WeakMap(), "an instance of WeakMap"],
  ["a weak set", new WeakSet(), "an instance of WeakSet"],
  ["bytes", new Uint8Array([1]), "an instance of Uint8Array"],
  ["a buffer", Buffer.from("x"), "an instance of Buffer"],
  ["memory", new ArrayBuffer(1), "an instance of ArrayBuffer"],
  ["a URL", new URL("https://example.org"), "an instance of URL"],
  ["a number in a box", Object(1), "an instance of Number"],
  ["a string in a box", Object("x"), "an instance of String"],
  ["a big integer in a box", Object(1n), "an instance of BigInt"],
  ["a symbol in a box", Object(Symbol.iterator), "an instance of Symbol"],
  ["a generator", (function* () {})(), "an instance of an unknown class"],
  ["an iterator", [1].values(), "an instance of Iterator"],
  ["a list of a class", OwnList.of(1), "an instance of OwnList"],
  ["a set of a class", new OwnSet([1]), "an instance of OwnSet"],
  ["a map of a class", new OwnMap([[1, 1]]), "an instance of OwnMap"],
  ["an object with another prototype", Object.create({ a: 1 }), "an instance of Object"],
  ["an object of another realm", runInNewContext("({})"), "an instance of Object"],
  [
    "the arguments of a call",
    (function (..._: ReadonlyArray<number>) {
      return arguments
    })(1),
    "an object with a symbol for a field"
  ],
  ["a hole", withLength([1], 3), "a list with a hole"],
  ["a list of holes", withLength([], 3), "a list with a hole"],
  ["a hole in the place of a field", withField(withLength([1], 2), "x"), "a list with a hole"],
  ["a list without a prototype", Object.setPrototypeOf([1], null), "an instance of an unknown class"],
  ["too many levels of sets", nested(300, (value) => new Set([value])), "a value with more than 256 levels at the top"],
  ["too many levels of maps", nested(300, (value) => new Map([["k", value]])), "a value with more than 256 levels"],
  ["too many levels of keys", nested(300, (value) => new Map([[value, 1]])), "a value with more than 256 levels"],
  ["too many levels of records", nested(300, (a) => ({ a })), "a value with more than 256 levels"],
  ["a hole and a field", withField(withLength([1], 3), "x"), "a list with a hole"],
  ["a field of a list", withField([1], "x"), "a list with a field of its own"],
  ["a match", /x/.exec("x"), "a list with a field of its own"],
  ["a symbol of a list", withField([1], Symbol.iterator), "a list with a symbol for a field"],
  ["a symbol of an object", { [Symbol.iterator]: 1 }, "an object with a symbol for a field"],
  ["a field of a set", withField(new Set([1]), "x"), "an instance of Set"],
  ["a field of a map", withField(new Map(), "get"), "an instance of Map"],
  [
    "an accessor",
    {
      get a() {
        return 1
      }
    },
    "an accessor"
  ],
  ["an accessor of a list", withField([1], 0, { get: () => 1, enumerable: true }), "an accessor"],
  ["a hidden field", withField({}, "a", { value: 1 }), "a field that is not enumerable"],
  ["a proxy", new Proxy({ a: 1 }, {}), "a proxy"],
  ["a proxy of a set", new Proxy(new Set([1]), {}), "a proxy"],
  ["a record within itself", own, "a value within itself"],
  ["a map within itself", ring, "a value within itself"],
  ["too many levels", nested(300), "a value with more than 256 levels"],
  ["far too many levels", nested(100_000), "a value with more than 256 levels"]
]

describe("refused by name", () => {
  test.each(refused)("%s", (_, value, found) => {
    for (const within of [value, [value], { a: value }, new Set([value]), new Map([[value, 1]])]) {
      expect(() => canonicalKey(within)).toThrow(found)
      expect(() => canonicalKey(within)).toThrow(NotPlainData)
    }
  })

  test("a value within itself is named by the way to where it begins again", () => {
    expect(() => canonicalKey({ list: [{ self: own }] })).toThrow("a value within itself at .list[0].self.a")
    expect(() => canonicalKey(ring)).toThrow("a value within itself at {k}[0]{}")
  })

  test("an entry under a key that is no text is named by the key's canonical form", () => {
    expect(() => canonicalKey(new Map([[{ toString: 1 }, () => 1]]))).toThrow('a function at {{"toString":1,}}')
  })
})

test("canonical fields are copies in the order in which they were written", () => {
  const list = [1]
  const fields = canonicalFields({ z: list, a: { y: 1, x: 2 } })
  list.push(2)
  expect([Object.keys(fields), Object.isFrozen(fields), fields.z, Object.keys(fields.a)]).toEqual([
    ["z", "a"],
    true,
    [1],
    ["x", "y"]
  ])
})

test("a declaration's values are taken when they are first asked for, and never again", () => {
  const declaration = { initial: [1] }
  const first = takenOnce(declaration, () => canonical(declaration.initial))
  declaration.initial.push(2)
  expect([first, takenOnce(declaration, () => canonical(declaration.initial))]).toEqual([[1], [1]])
  expect(takenOnce({}, () => undefined)).toBe(undefined)
})
