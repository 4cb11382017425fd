/**
 * Histories for tests: as calls of sessions in the notation of papers, and as what observers are shown of a run.
 */
import type { Call, SessionCall } from "../properties/history/History.ts"
import type { Monitor, Observation, Observer } from "../src/property/index.ts"
import { says as saysOfView } from "./observed.ts"

/**
 * The calls of sessions s0, s1, … as papers write them: `w(x,1)`, `r(x)=2`, `r(x)=-` for nothing, `r(x)=1,2` for several.
 * `w(x,1)?` was not answered; of `?` the kind is not known either.
 */
export const callsFrom = (...sessions: ReadonlyArray<string>): ReadonlyArray<SessionCall> =>
  sessions.flatMap((text, session) =>
    text.split(" ").map((word, place) => ({
      ...callFrom(word),
      id: `s${session}.${place}`,
      session: `s${session}`,
      place,
      answered: !word.endsWith("?"),
      after: []
    }))
  )

const callFrom = (word: string): Pick<SessionCall, "kind" | "key" | "writes"> => {
  if (word === "?") return { kind: "unknown", key: "", writes: [] }
  const [, written, value] = /^w\((\w+),(\w+)\)\??$/.exec(word) ?? []
  if (written !== undefined && value !== undefined) return { kind: "write", key: written, writes: [value] }
  const [, read, values] = /^r\((\w+)\)=([\w,]+|-)$/.exec(word) ?? []
  if (read === undefined || values === undefined) throw new RangeError(`not a call: ${word}`)
  return { kind: "read", key: read, writes: values === "-" ? [] : values.split(",") }
}

/** The history that these calls are of. */
export const historyOf = (calls: ReadonlyArray<SessionCall>): { readonly [session: string]: ReadonlyArray<Call> } =>
  Object.fromEntries(
    [...Map.groupBy(calls, ({ session }) => session)].map(([session, list]) => [
      session,
      list.map(({ place: _place, session: _session, ...call }): Call => call)
    ])
  )

/** What an observer is shown: which operation, what of it, its key, and the writes. */
export type Event = readonly [
  id: string | null,
  kind: "invoked" | "wrote" | "acknowledged" | "rejected" | "read",
  key?: string,
  ...writes: ReadonlyArray<string>
]

/** An event as an observation at node 0, without a past. */
export const observation = ([id, kind, key = "", ...writes]: Event): Observation => {
  const base = { node: 0, past: [] }
  switch (kind) {
    case "invoked":
      return { ...base, kind, operation: {}, id: id ?? "" }
    case "rejected":
      return { ...base, kind, id }
    case "wrote":
      return { ...base, kind, key, write: writes[0] ?? "", id }
    case "acknowledged":
      return { ...base, kind, write: writes[0] ?? "", id }
    case "read":
      return { ...base, kind, key, writes, id }
  }
}

/** A write that is invoked and acknowledged. */
export const write = (id: string, key: string, name: string): ReadonlyArray<Event> => [
  [id, "invoked"],
  [id, "wrote", key, name],
  [id, "acknowledged", key, name]
]

/** A read that is invoked and answered. */
export const read = (id: string, key: string, ...writes: ReadonlyArray<string>): ReadonlyArray<Event> => [
  [id, "invoked"],
  [id, "read", key, ...writes]
]

/** What an observer remembers of a run. */
export const remembered = <Remembered>(observer: Observer<Remembered>, events: ReadonlyArray<Event>): Remembered =>
  events.reduce((before, event) => observer.observe(before, observation(event)), observer.initial)

/** What a monitor says of a run: why it rejects, `fine`, or `silent` where its premise is not met. */
export const says = (monitor: Monitor<unknown>, events: ReadonlyArray<Event>): string =>
  saysOfView(monitor, undefined, events.map(observation))
