/**
 * Traces that another tool wrote in the Informal Trace Format (Apalache ADR-015), such as Quint and Apalache: they
 * contain states and no schedule. The schedule is computed by following a model from its initial states along the
 * successors whose variables agree; if several runs agree, the first in the order of the successors is taken.
 *
 * Names differ between a specification and a model, so a correspondence maps a foreign state to the model's variables.
 * Variables that it leaves out may have any value.
 */
import { canonicalKey, compile, Successors } from "../../engine/index.ts"
import type { System } from "../../model/index.ts"
import { inline } from "../diff.ts"
import { successorOf } from "../follow.ts"
import { TraceUnreadable } from "./Itf.ts"
import type { Schedule } from "../Trace.ts"

/**
 * A state of a foreign trace: integers as numbers if they are safe, sets, maps and tuples as in JavaScript, `None` as
 * null.
 */
export type ForeignState = { readonly [variable: string]: unknown }

/** Maps a foreign state to values of a model's variables, by the names in its traces. */
export type Correspondence = (state: ForeignState) => ForeignState

/** The result of the search for a schedule. */
export type Matched =
  | { readonly _tag: "matched"; readonly schedule: Schedule }
  /** No run of the model agrees with the states up to this one, from 0. */
  | { readonly _tag: "unmatched"; readonly state: number; readonly wanted: string }

const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const listIn = (value: unknown): ReadonlyArray<unknown> => {
  if (Array.isArray(value)) return value
  throw new Error("a list is expected")
}

/** True for an absent value as Quint writes it, and plait for null. */
const isNone = ({ tag, value }: { readonly [name: string]: unknown }): boolean =>
  tag === "None" && isRecord(value) && Array.isArray(value["#tup"]) && value["#tup"].length === 0

const decoded = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(decoded)
  if (!isRecord(value)) return value
  if ("#bigint" in value) return integer(String(value["#bigint"]))
  if ("#set" in value) return new Set(listIn(value["#set"]).map(decoded))
  if ("#tup" in value) return listIn(value["#tup"]).map(decoded)
  if ("#map" in value) {
    return new Map(
      listIn(value["#map"]).map((pair): [unknown, unknown] => {
        const [key, entry] = listIn(pair)
        return [decoded(key), decoded(entry)]
      })
    )
  }
  if (isNone(value)) return null
  if ("#unserializable" in value)
    throw new Error(`a value that the format cannot hold: ${String(value["#unserializable"])}`)
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, decoded(entry)]))
}

const integer = (text: string): number | bigint => {
  const exact = BigInt(text)
  return BigInt(Number(exact)) === exact && Number.isSafeInteger(Number(exact)) ? Number(exact) : exact
}

/** The states of a foreign trace. Throws `TraceUnreadable`. */
export const parseForeignTrace = (path: string, text: string): ReadonlyArray<ForeignState> => {
  try {
    const document: unknown = JSON.parse(text)
    if (!isRecord(document)) throw new Error("an object is expected")
    return listIn(document["states"]).map((state) => {
      const { "#meta": _, ...variables } = isRecord(state) ? state : {}
      return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, decoded(value)]))
    })
  } catch (error) {
    throw new TraceUnreadable({ path, problem: error instanceof Error ? error.message : String(error) })
  }
}

/** Finds the first run of a system whose states agree, one by one. Throws `ModelRefused`. */
export const matchStates = (
  system: System<unknown>,
  states: ReadonlyArray<ForeignState>,
  correspondence: Correspondence
): Matched => {
  const program = compile(system, [])
  const wanted = states.map(correspondence)
  const agrees = (vector: Int32Array, index: number): boolean => {
    const snapshot = program.snapshot(vector)
    return Object.entries(wanted[index] ?? {}).every(
      ([name, value]) => Object.hasOwn(snapshot, name) && canonicalKey(snapshot[name]) === canonicalKey(value)
    )
  }
  const unmatched = (state: number): Matched => ({ _tag: "unmatched", state, wanted: inline(wanted[state]) })
  let paths = program.initial.flatMap((vector, initialIndex) =>
    agrees(vector, 0) ? [{ vector, schedule: { initialIndex, ordinals: [] as ReadonlyArray<number> } }] : []
  )
  const out = new Successors()
  for (let index = 1; paths.length > 0 && index < states.length; index++) {
    const next = new Map<string, (typeof paths)[number]>()
    for (const { schedule, vector } of paths) {
      out.clear()
      program.expand(vector, out)
      for (let ordinal = 0; ordinal < out.count; ordinal++) {
        const successor = successorOf(vector, ordinal, out)
        if (successor === undefined || next.has(successor.join()) || !agrees(successor, index)) continue
        const { initialIndex, ordinals } = schedule
        next.set(successor.join(), { vector: successor, schedule: { initialIndex, ordinals: [...ordinals, ordinal] } })
      }
    }
    if (next.size === 0) return unmatched(index)
    paths = [...next.values()]
  }
  const [first] = paths
  return first === undefined ? unmatched(0) : { _tag: "matched", schedule: first.schedule }
}
