/**
 * Canonical form of plain data: equal values have equal keys, different values different keys, whatever the order in
 * which fields, set elements or map entries were written. The key is made of the whole value, not of what a schema
 * mentions, so no field can be forgotten; schemas refuse what should not be there.
 *
 * Sets hold equal elements once, as in mathematics; a map with two equal keys is refused.
 *
 * Plain data: primitives except symbols, arrays, objects without a class, sets and maps. Anything else throws.
 */

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

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const describe = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return `a ${typeof value}`
  return `an instance of ${value.constructor?.name ?? "an unknown class"}`
}

/**
 * The key of every object that `canonicalCopy` made and someone interned: those never change, so a value that contains
 * them need not be read to the bottom again.
 */
const keysOfCopies = new WeakMap<object, string>()

/** Says what key a canonical copy has. */
export const rememberKey = (copy: object, key: string): void => void keysOfCopies.set(copy, key)

/** The canonical copy of an object, its key remembered. */
export const canonical = <A extends object>(value: A): A => {
  const copy = canonicalCopy(value) as A
  rememberKey(copy, canonicalKey(value))
  return copy
}

/** The canonical key of a value; throws `NotPlainData`. Cost: about a microsecond for a small state. */
export const canonicalKey = (value: unknown, path = ""): string => {
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
      return value === null ? "N" : objectKey(value, path)
    default:
      throw new NotPlainData(path, describe(value))
  }
}

const objectKey = (value: object, path: string): string => {
  const known = keysOfCopies.get(value)
  if (known !== undefined) return known
  if (Array.isArray(value)) {
    let key = "["
    for (let index = 0; index < value.length; index++) key += `${canonicalKey(value[index], `${path}[${index}]`)},`
    return `${key}]`
  }
  if (value instanceof Set) {
    const elements = new Set([...value].map((element) => canonicalKey(element, `${path}{}`)))
    return `S{${[...elements].sort().join(",")}}`
  }
  if (value instanceof Map) {
    const entries = new Map<string, string>()
    for (const [key, entry] of value) {
      const name = canonicalKey(key, `${path}{key}`)
      if (entries.has(name)) throw new NotPlainData(path, `a map with two entries for ${name}`)
      entries.set(name, canonicalKey(entry, `${path}{${String(key)}}`))
    }
    return `M{${[...entries]
      .map(([key, entry]) => `${key}:${entry}`)
      .sort()
      .join(",")}}`
  }
  if (!isPlainObject(value)) throw new NotPlainData(path, describe(value))
  let key = "{"
  for (const name of Object.keys(value).sort()) {
    key += `${JSON.stringify(name)}:${canonicalKey((value as Record<string, unknown>)[name], `${path}.${name}`)},`
  }
  return `${key}}`
}

const refuseMutation = (): never => {
  throw new TypeError("Cannot add to or delete from a set or map that belongs to the state")
}

const freezeCollection = <A extends object>(collection: A): A => {
  for (const method of ["add", "set", "delete", "clear"]) {
    if (method in collection) Object.defineProperty(collection, method, { value: refuseMutation, enumerable: false })
  }
  return Object.freeze(collection)
}

const byKey = (left: readonly [string, unknown], right: readonly [string, unknown]): number =>
  left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0

/**
 * A deeply frozen copy in canonical order. Handlers and properties only ever see such copies, so what they iterate over
 * comes in the same order however the value was first built, and an attempt to change it throws.
 */
export const canonicalCopy = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || keysOfCopies.has(value)) return value
  if (Array.isArray(value)) return Object.freeze(value.map(canonicalCopy))
  if (value instanceof Set) {
    const distinct = new Map([...value].map((element): [string, unknown] => [canonicalKey(element), element]))
    const elements = [...distinct].sort(byKey)
    return freezeCollection(new Set(elements.map(([, element]) => canonicalCopy(element))))
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, entry]): [string, unknown] => [canonicalKey(key), [key, entry]]).sort(byKey)
    return freezeCollection(new Map(entries.map(([, entry]) => canonicalCopy(entry) as [unknown, unknown])))
  }
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(value).sort()) {
    // An assignment would lose a field of the name __proto__.
    const field = canonicalCopy((value as Record<string, unknown>)[name])
    Object.defineProperty(copy, name, { value: field, enumerable: true })
  }
  return Object.freeze(copy)
}
