/**
 * Trace files in the Informal Trace Format (Apalache ADR-015): integers as `#bigint`, sets as `#set`, maps as `#map`,
 * `loop` if a run continues for ever. As in Quint, each state has the action that led to it in `mbt::actionTaken`, and
 * the values that the action drew in `mbt::nondetPicks`: the node, the message and its source, the operation, or a
 * whole-state action's parameter. The data for a replay by plait is under `#meta`.
 *
 * A record with a field such as `#set`, which the format would take for a set, is written as a map.
 *
 * The format has no null: it is written as Quint writes an absent value, the variant `None`.
 */
import { Schema } from "effect"
import type { Schedule, Trace, TraceStep } from "../Trace.ts"

/** A trace file that cannot be used. */
export class TraceUnreadable extends Schema.TaggedError<TraceUnreadable>()("TraceUnreadable", {
  path: Schema.String,
  problem: Schema.String
}) {
  override get message(): string {
    return `${this.path} is no trace of plait: ${this.problem}`
  }
}

/** The origin of a trace. */
export interface TraceOrigin {
  readonly caseId: string
  readonly property: string
}

const none = { tag: "None", value: { "#tup": [] } } as const

const encode = (value: unknown): unknown => {
  if (value === null) return none
  if (typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value) && !Object.is(value, -0))) {
    return { "#bigint": String(value) }
  }
  if (typeof value === "number") return { "#unserializable": Object.is(value, -0) ? "-0" : String(value) }
  if (value === undefined) return { "#unserializable": "undefined" }
  if (Array.isArray(value)) return value.map(encode)
  if (value instanceof Set) return { "#set": [...value].map(encode) }
  if (value instanceof Map) return { "#map": [...value].map(([key, entry]) => [encode(key), encode(entry)]) }
  if (typeof value !== "object") return value
  // The format gives a record with a field of such a name another meaning.
  if (Object.keys(value).some((name) => name.startsWith("#"))) return encode(new Map(Object.entries(value)))
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, encode(entry)]))
}

/** The name of a variable in a file: names with a meaning of their own in the format get a prefix. */
const variableNamed = (name: string): string => (/^(?:#|mbt::|plait:)/.test(name) ? `plait:${name}` : name)

/** The values that a step drew, by name; values it did not draw are absent. */
const picksOf = ({ action, label, node, observations, received }: TraceStep): { readonly [name: string]: unknown } => {
  const invoked = observations.find((each) => each.kind === "invoked")
  return {
    node,
    from: received?.from,
    message: received?.message,
    operation: invoked?.operation,
    parameter: label.startsWith(`${action}(`) ? label.slice(action.length + 1, -1) : undefined
  }
}

/** The names that any step of the trace draws, each present in every state. */
const pickedIn = ({ steps }: Trace): ReadonlyArray<string> => [
  ...new Set(
    steps.flatMap((step) => Object.entries(picksOf(step)).flatMap(([name, pick]) => (pick === undefined ? [] : [name])))
  )
]

/** The text of a trace file. */
export const printTrace = (trace: Trace, { caseId, property }: TraceOrigin): string => {
  const vars = Object.keys(trace.initial)
  const picked = pickedIn(trace)
  const state = (index: number, action: string, values: Trace["initial"], step?: TraceStep) => ({
    "#meta": { index },
    "mbt::actionTaken": action,
    "mbt::nondetPicks": Object.fromEntries(
      picked.map((name) => {
        const pick = step === undefined ? undefined : picksOf(step)[name]
        return [name, pick === undefined ? none : { tag: "Some", value: encode(pick) }]
      })
    ),
    ...Object.fromEntries(vars.map((name) => [variableNamed(name), encode(values[name])]))
  })
  const document = {
    "#meta": {
      format: "ITF",
      "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
      "plait:case": caseId,
      "plait:property": property,
      "plait:initial": trace.initialIndex,
      "plait:schedule": trace.steps.map(({ label, ordinal }) => ({ ordinal, label }))
    },
    vars: ["mbt::actionTaken", "mbt::nondetPicks", ...vars.map(variableNamed)],
    ...(trace.loop === undefined ? {} : { loop: trace.loop }),
    states: [
      state(0, "init", trace.initial),
      ...trace.steps.map((step) => state(step.number, step.action, step.state, step))
    ]
  }
  return `${JSON.stringify(document, undefined, 1)}\n`
}

const TraceFile = Schema.Struct({
  "#meta": Schema.Struct({
    "plait:case": Schema.String,
    "plait:property": Schema.String,
    "plait:initial": Schema.Natural,
    "plait:schedule": Schema.Array(Schema.Struct({ ordinal: Schema.Natural, label: Schema.String }))
  }),
  states: Schema.Array(Schema.Unknown)
})

/** A trace file as a replay uses it. */
export interface RecordedTrace extends TraceOrigin {
  readonly schedule: Schedule
  /** The labels of the steps when the trace was written. */
  readonly labels: ReadonlyArray<string>
}

const decode = Schema.decodeUnknownSync(TraceFile, { errors: "all" })

/** Reads a trace file's text. Throws `TraceUnreadable`. */
export const parseTrace = (path: string, text: string): RecordedTrace => {
  try {
    const { "#meta": meta, states } = decode(JSON.parse(text))
    const steps = meta["plait:schedule"]
    if (states.length !== steps.length + 1) throw new Error(`${states.length} states for ${steps.length} steps`)
    return {
      caseId: meta["plait:case"],
      property: meta["plait:property"],
      schedule: { initialIndex: meta["plait:initial"], ordinals: steps.map(({ ordinal }) => ordinal) },
      labels: steps.map(({ label }) => label)
    }
  } catch (error) {
    throw new TraceUnreadable({ path, problem: error instanceof Error ? error.message : String(error) })
  }
}
