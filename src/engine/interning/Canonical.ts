/**
 * Canonical form of plain data: equal values have equal keys and different values have different keys, independent of
 * the order in which fields, set elements or map entries were written. The key covers the whole value, not only the
 * fields of a schema, so no field can be missed; schemas refuse excess fields.
 *
 * Sets hold equal elements once, as in mathematics; a map with two equal keys is refused. A record is its fields, with
 * or without a prototype.
 *
 * Plain data: primitives except symbols, lists without holes, objects without a class, sets and maps. Any other value
 * throws. So do values that a key could not represent: accessors, fields that are symbols or not enumerable, proxies,
 * and extra fields on a list, set or map.
 */
import { types } from "node:util"
import { CanonicalMap, CanonicalSet } from "./CanonicalCollections.ts"

/** Thrown for a value that is not plain data; `path` leads to it, such as `.store["x"]`. */
export class NotPlainData extends Error {
  readonly path: string
  readonly found: string
  constructor(path: string, found: string) {
    super(`${found} at ${path === "" ? "the top" : path} is not plain data`)
    this.path = path
    this.found = found
  }
}

const numberKey = (value: number): string => (Object.is(value, -0) ? "-0" : String(value))

/** Most levels of nested values: the code that reads states recurses, and its stack is limited. */
const DEEPEST = 256

const describe = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return `a ${typeof value}`
  const prototype: unknown = Object.getPrototypeOf(value)
  const constructor: unknown = prototype === null ? undefined : Reflect.get(prototype as object, "constructor")
  const name = typeof constructor === "function" ? constructor.name : ""
  return name === "" ? "an instance of an unknown class" : `an instance of ${name}`
}

/**
 * The key of every object that `canonicalCopy` made and that was interned. Those objects never change, so a value that
 * contains them need not be read to the bottom again.
 */
const keysOfCopies = new WeakMap<object, string>()

/** Stores the key of a canonical copy. */
export const rememberKey = (copy: object, key: string): void => void keysOfCopies.set(copy, key)

/** The canonical copy of a value; the key of an object is stored. Throws `NotPlainData`. */
export const canonical = <A>(value: A): A => {
  const key = canonicalKey(value)
  const copy = canonicalCopy(value) as A
  if (typeof copy === "object" && copy !== null) rememberKey(copy, key)
  return copy
}

/**
 * A frozen record of the fields of another in the order they were written, for readers; each field is a canonical copy.
 */
export const canonicalFields = <A extends object>(record: A): A =>
  Object.freeze(Object.fromEntries(Object.entries(record).map(([name, value]) => [name, canonical(value)]))) as A

const takenFrom = new WeakMap<object, unknown>()

/**
 * The values of a declaration at their first use. A declaration is compiled again for each replay; changes that its
 * author's code makes to its objects meanwhile have no effect.
 */
export const takenOnce = <A>(declaration: object, take: () => A): A => {
  if (!takenFrom.has(declaration)) takenFrom.set(declaration, take())
  return takenFrom.get(declaration) as A
}

/** The canonical key of a value; throws `NotPlainData`. Cost: about a microsecond for a small state. */
export const canonicalKey = (value: unknown): string => keyOf(value, "", 0)

const keyOf = (value: unknown, path: string, depth: number): string => {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value)
    case "number":
      return numberKey(value)
    case "boolean":
      return value ? "T" : "F"
    case "undefined":
      return "U"
    case "bigint":
      return `${value}n`
    case "object":
      return value === null ? "N" : objectKey(value, path, depth)
    default:
      throw new NotPlainData(path, describe(value))
  }
}

/** The objects around the value being read, outermost first; deeper entries are left over from before. */
const around: Array<{ readonly value: object; readonly path: string }> = []

const objectKey = (value: object, path: string, depth: number): string => {
  const existing = keysOfCopies.get(value)
  if (existing !== undefined) return existing
  if (depth === DEEPEST) throw tooDeep()
  around[depth] = { value, path }
  if (types.isProxy(value)) throw new NotPlainData(path, "a proxy")
  if (Array.isArray(value)) return listKey(value, path, depth)
  if (value instanceof Set && isNative(value, Set, CanonicalSet)) return setKey(value, path, depth)
  if (value instanceof Map && isNative(value, Map, CanonicalMap)) return mapKey(value, path, depth)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new NotPlainData(path, describe(value))
  return recordKey(value, path, depth)
}

const tooDeep = (): NotPlainData => {
  const inner = around.find(({ value }, at) => around.findIndex((outer) => outer.value === value) < at)
  around.length = 0
  if (inner !== undefined) return new NotPlainData(inner.path, "a value within itself")
  return new NotPlainData("", `a value with more than ${DEEPEST} levels`)
}

/**
 * True if a set or map is native, or belongs to a state; false for another class, or for one with fields of its own.
 */
const isNative = (
  value: object,
  native: { readonly prototype: object },
  canonical: { readonly isOne: (value: object) => boolean }
): boolean =>
  canonical.isOne(value) || (Object.getPrototypeOf(value) === native.prototype && Reflect.ownKeys(value).length === 0)

const refuseHidden = (value: object, path: string, found: string): void => {
  if (Object.getOwnPropertySymbols(value).length > 0) throw new NotPlainData(path, `${found} with a symbol for a field`)
}

/** The value of a field; an accessor is not called. */
const fieldOf = (value: object, name: string | number, path: string): unknown => {
  const field = Object.getOwnPropertyDescriptor(value, name)!
  if (!("value" in field)) throw new NotPlainData(path, "an accessor")
  if (!field.enumerable) throw new NotPlainData(path, "a field that is not enumerable")
  return field.value
}

const listKey = (value: ReadonlyArray<unknown>, path: string, depth: number): string => {
  if (Object.getPrototypeOf(value) !== Array.prototype) throw new NotPlainData(path, describe(value))
  refuseHidden(value, path, "a list")
  const { length } = Object.getOwnPropertyNames(value)
  // A list has its elements and "length".
  if (length !== value.length + 1) {
    const isShort = length <= value.length
    throw new NotPlainData(path, isShort ? "a list with a hole" : "a list with a field of its own")
  }
  let key = "["
  for (let index = 0; index < value.length; index++) {
    const within = `${path}[${index}]`
    if (!Object.hasOwn(value, index)) throw new NotPlainData(path, "a list with a hole")
    key += `${keyOf(fieldOf(value, index, within), within, depth + 1)},`
  }
  return `${key}]`
}

const setKey = (value: ReadonlySet<unknown>, path: string, depth: number): string => {
  const elements = new Set<string>()
  for (const element of value) elements.add(keyOf(element, `${path}{}`, depth + 1))
  return `S{${[...elements].sort().join(",")}}`
}

const mapKey = (value: ReadonlyMap<unknown, unknown>, path: string, depth: number): string => {
  const entries = new Map<string, string>()
  for (const [key, entry] of value) {
    const name = keyOf(key, `${path}{key}`, depth + 1)
    if (entries.has(name)) throw new NotPlainData(path, `a map with two entries for ${name}`)
    entries.set(name, keyOf(entry, `${path}{${typeof key === "string" ? key : name}}`, depth + 1))
  }
  return `M{${[...entries]
    .map(([key, entry]) => `${key}:${entry}`)
    .sort()
    .join(",")}}`
}

const recordKey = (value: object, path: string, depth: number): string => {
  refuseHidden(value, path, "an object")
  let key = "{"
  for (const name of Object.getOwnPropertyNames(value).sort()) {
    const within = `${path}.${name}`
    key += `${JSON.stringify(name)}:${keyOf(fieldOf(value, name, within), within, depth + 1)},`
  }
  return `${key}}`
}

const byKey = (left: readonly [string, unknown], right: readonly [string, unknown]): number =>
  left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0

/**
 * A deeply frozen copy in canonical order of a value that has a canonical key. Handlers and properties only see such
 * copies: the order of iteration does not depend on the order of construction, and an attempt to change a copy throws.
 */
export const canonicalCopy = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || keysOfCopies.has(value)) return value
  if (Array.isArray(value)) return Object.freeze(value.map(canonicalCopy))
  if (value instanceof Set) {
    if (CanonicalSet.isOne(value)) return value
    const distinct = new Map([...value].map((element): [string, unknown] => [canonicalKey(element), element]))
    const elements = [...distinct].sort(byKey)
    return new CanonicalSet(
      elements.map(([, element]) => canonicalCopy(element)),
      canonicalKey
    )
  }
  if (value instanceof Map) {
    if (CanonicalMap.isOne(value)) return value
    const entries = [...value].map(([key, entry]): [string, unknown] => [canonicalKey(key), [key, entry]]).sort(byKey)
    return new CanonicalMap(
      entries.map(([, entry]) => canonicalCopy(entry) as [unknown, unknown]),
      canonicalKey
    )
  }
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value).sort()) {
    // An assignment would lose a field of the name __proto__.
    const field = canonicalCopy((value as Record<string, unknown>)[name])
    Object.defineProperty(copy, name, { value: field, enumerable: true })
  }
  return Object.freeze(copy)
}
