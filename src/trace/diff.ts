/**
 * What changed between two values of plain data, path by path, for people.
 */
import { canonicalKey } from "../engine/index.ts"

/** A path whose value changed; `undefined` stands for "was not there". */
export interface Change {
  /** Such as `n2.state.row`. */
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
    return [...names].flatMap((name) => changes(before[name], after[name], path === "" ? name : `${path}.${name}`))
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((element, index) => changes(element, after[index], `${path}[${index}]`))
  }
  if (before instanceof Map && after instanceof Map) {
    const keys = new Set([...before.keys(), ...after.keys()])
    return [...keys].flatMap((key) => changes(before.get(key), after.get(key), `${path}{${String(key)}}`))
  }
  return [{ path, before, after }]
}

/** A value in one line: JSON, with sets in braces and maps with arrows. */
export const inline = (value: unknown): string => {
  if (value === undefined) return "∅"
  if (value instanceof Set) return `{${[...value].map(inline).join(", ")}}`
  if (value instanceof Map)
    return `{${[...value].map(([key, entry]) => `${inline(key)} → ${inline(entry)}`).join(", ")}}`
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`
  if (isRecord(value))
    return `{${Object.entries(value)
      .map(([name, entry]) => `${name}: ${inline(entry)}`)
      .join(", ")}}`
  return typeof value === "bigint" ? `${value}n` : JSON.stringify(value)
}
