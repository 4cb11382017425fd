/** Differences between two values of plain data, path by path, for readers. */
import { canonicalKey } from "../engine/index.ts"

/** A path whose value changed; `undefined` stands for "was not there". */
export interface Change {
  /** The path, such as `n2.state.row`. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Set) &&
  !(value instanceof Map)

/** The changed paths, in the order of the fields. Lists, sets and maps change as a whole unless their lengths agree. */
export const changes = (before: unknown, after: unknown, path = ""): ReadonlyArray<Change> => {
  if (before === after || canonicalKey(before) === canonicalKey(after)) return []
  if (isRecord(before) && isRecord(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return changesWithin(before, after, path, [...names], field, (name) => (path === "" ? name : `.${word(name)}`))
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((element, index) => changes(element, after[index], `${path}[${index}]`))
  }
  if (before instanceof Map && after instanceof Map) {
    const keys = new Map([...before.keys(), ...after.keys()].map((key): [string, unknown] => [canonicalKey(key), key]))
    const entry = (map: ReadonlyMap<unknown, unknown>, key: unknown) => (map.has(key) ? [map.get(key)] : [])
    return changesWithin(before, after, path, [...keys.values()], entry, (key) => `{${inBraces(key)}}`)
  }
  return [{ path, before, after }]
}

/** The field of a record, or no value: inherited members of objects, such as `constructor`, are not fields. */
const field = (record: { readonly [name: string]: unknown }, name: string): ReadonlyArray<unknown> =>
  Object.hasOwn(record, name) ? [record[name]] : []

/** Changes part by part; the whole, if the parts do not show the change: an undefined part came or went. */
const changesWithin = <Whole, Part>(
  before: Whole,
  after: Whole,
  path: string,
  parts: ReadonlyArray<Part>,
  get: (whole: Whole, part: Part) => ReadonlyArray<unknown>,
  place: (part: Part) => string
): ReadonlyArray<Change> => {
  const found = parts.map((part) => ({ part, was: get(before, part), is: get(after, part) }))
  const isHidden = found.some(({ is, was }) => is.length !== was.length && is[0] === was[0])
  if (isHidden) return [{ path, before, after }]
  return found.flatMap(({ is, part, was }) => changes(was[0], is[0], `${path}${place(part)}`))
}

/** A field's name in a line: in quotes if it could be taken for something else. */
const word = (name: string): string => (/^[^\s\p{C}"{}[\],:]+$/u.test(name) ? name : JSON.stringify(name))

/** A key in a line; the name of a field without quotes if possible. */
export const inBraces = (key: unknown): string => (typeof key === "string" ? word(key) : inline(key))

/** A value in one line: JSON, with sets in braces and maps with arrows. */
export const inline = (value: unknown): string => {
  if (value === undefined) return "∅"
  if (value instanceof Set) return `{${[...value].map(inline).join(", ")}}`
  if (value instanceof Map)
    return `{${[...value].map(([key, entry]) => `${inline(key)} → ${inline(entry)}`).join(", ")}}`
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`
  if (isRecord(value))
    return `{${Object.entries(value)
      .map(([name, entry]) => `${word(name)}: ${inline(entry)}`)
      .join(", ")}}`
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value)
  return typeof value === "bigint" ? `${value}n` : JSON.stringify(value)
}
