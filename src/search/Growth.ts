/**
 * Parts of the state that grow with depth, to explain a search that does not end: a log, a counter or an inbox that is
 * larger at each of some states on the way to the last one found. A hint and no proof: a part that has grown so far may
 * have a bound further on.
 */
import type { Program, Snapshot } from "../engine/index.ts"
import type { StopReason } from "../property/index.ts"
import { inBraces } from "../trace/diff.ts"
import type { Growth } from "./Exploration.ts"
import type { Search } from "./Search.ts"

/** Most paths that are named. */
const MOST = 3

/** Numbers of states compared; the fewer find a part that grows too seldom to be larger at each of ten. */
const POINTS = [10, 5]

/** Ends of a search that growth may have caused. */
const limits: ReadonlySet<StopReason | null> = new Set<StopReason>([
  "state limit",
  "depth limit",
  "memory limit",
  "time limit"
])

/**
 * The parts that grew on the way to the last state of a search that a limit ended; empty if none did, or the search is
 * not deep.
 */
export const growingIn = (search: Search, program: Program): ReadonlyArray<Growth> => {
  if (!limits.has(search.stopReason)) return []
  const path: Array<number> = []
  for (let id = search.store.count - 1; id >= 0; id = search.parents[id]!) path.push(id)
  path.reverse()
  const snapshotOf = (id: number): Snapshot => {
    search.store.unpack(id)
    return program.snapshot(search.store.current)
  }
  // A path too short for so many points contains some state twice, and nothing grows between the two.
  for (const points of POINTS) {
    const chosen = Array.from(
      { length: points },
      (_, point) => path[Math.floor((point * (path.length - 1)) / (points - 1))]!
    )
    const found = growthAlong(chosen.map(snapshotOf))
    if (found.length > 0) return found
  }
  return []
}

/** A part of the state, with its value in each of the states. */
interface Part {
  readonly path: string
  readonly values: ReadonlyArray<unknown>
}

/**
 * Parts that are larger in each state than in the one before, the shortest path first and at most three. Numbers that
 * fall below zero grow as well.
 */
export const growthAlong = (states: ReadonlyArray<Snapshot>): ReadonlyArray<Growth> => {
  const found: Array<Growth> = []
  let parts = Object.keys(states[0] ?? {}).map((path): Part => ({ path, values: states.map((state) => state[path]) }))
  while (parts.length > 0 && found.length < MOST) {
    found.push(...parts.flatMap(growthOf))
    parts = parts.flatMap(partsOf)
  }
  return found.slice(0, MOST)
}

type Kind = Growth["of"]

/** The measure of a value that can grow, and its size. */
const measured = (value: unknown): readonly [of: Kind, size: number | bigint] | undefined => {
  if (typeof value === "number") return Number.isFinite(value) ? ["value", value] : undefined
  if (typeof value === "bigint") return ["value", value]
  if (typeof value === "string") return ["characters", value.length]
  if (typeof value !== "object" || value === null) return undefined
  if (Array.isArray(value)) return ["elements", value.length]
  if (value instanceof Set) return ["elements", value.size]
  if (value instanceof Map) return ["entries", value.size]
  return ["entries", Object.keys(value).length]
}

const growthOf = ({ path, values }: Part): ReadonlyArray<Growth> => {
  const sizes: Array<number | bigint> = []
  const kinds = new Set<Kind>()
  for (const value of values) {
    const measure = measured(value)
    if (measure === undefined) return []
    kinds.add(measure[0])
    sizes.push(measure[1])
  }
  const [of] = kinds
  const [from, to] = [sizes[0]!, sizes.at(-1)!]
  const rises = sizes.every((size, index) => index === 0 || size > sizes[index - 1]!)
  const falls = to < 0 && sizes.every((size, index) => index === 0 || size < sizes[index - 1]!)
  if (kinds.size !== 1 || !(rises || falls)) return []
  return [{ path, of: of!, from: plain(from), to: plain(to) }]
}

/** A size in a form that JSON can hold. */
const plain = (size: number | bigint): number | string => (typeof size === "bigint" ? String(size) : size)

/** The parts directly within a part that exist in every state; none if a later value is the first value again. */
const partsOf = ({ path, values }: Part): ReadonlyArray<Part> => {
  const [first, ...others] = values
  if (others.includes(first)) return []
  return keysOf(first).flatMap((key) => {
    const within = values.flatMap((value) => (isMap(value) === isMap(first) ? memberOf(value, key) : []))
    return within.length < values.length ? [] : [{ path: path + stepTo(first, key), values: within }]
  })
}

const isMap = (value: unknown): value is ReadonlyMap<unknown, unknown> => value instanceof Map

/** Names, indices or keys of a value's members. */
const keysOf = (value: unknown): ReadonlyArray<unknown> => {
  if (typeof value !== "object" || value === null) return []
  return isMap(value) ? [...value.keys()] : Object.keys(value)
}

/** The member of a value, as a list; empty if there is none. Inherited properties are not members. */
const memberOf = (value: unknown, key: unknown): ReadonlyArray<unknown> => {
  if (isMap(value)) return value.has(key) ? [value.get(key)] : []
  const isMember = typeof value === "object" && value !== null && Object.hasOwn(value, key as string)
  return isMember ? [Reflect.get(value, key as string)] : []
}

/** The path from a value to its member, as traces write it. */
const stepTo = (value: unknown, key: unknown): string => {
  if (isMap(value)) return `{${inBraces(key)}}`
  return Array.isArray(value) ? `[${String(key)}]` : `.${inBraces(key)}`
}
