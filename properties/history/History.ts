/**
 * Requests of clients and their answers, session by session: the history that session guarantees, causal consistency
 * and linearizability judge. It contains only facts that a client could see, so a property of it is about the service
 * and not about its implementation.
 *
 * A session is one client: a session of `Workload.sessions`, or the client of a node with a script. Its operations are
 * in the order of their invocation. A write that was answered with a failure may have taken effect or not; it then has
 * a session of its own, so that its time is not constrained.
 *
 * Left out: the clients of a node whose operations are invoked in any order, which have no order.
 */
import { type Key, type Observation, Observer, type WriteName } from "plait"

/** One operation of a session. */
export interface Call {
  /** The operation's name, unique in a run, such as `s0.2`. */
  readonly id: string
  /** `unknown` until the protocol notes its kind. */
  readonly kind: "write" | "read" | "unknown"
  readonly key: Key
  /** The write, or the writes that the read returned; empty for the initial value. */
  readonly writes: ReadonlyArray<WriteName>
  readonly answered: boolean
  /** Operations answered before this one was invoked, sorted; empty if the history does not record time. */
  readonly after: ReadonlyArray<string>
}

/** The calls of each session, in the order of their invocation. */
export type History = { readonly [session: string]: ReadonlyArray<Call> }

/** A call with its session. */
export interface SessionCall extends Call {
  readonly session: string
  /** Place in the session, from 0. */
  readonly place: number
}

/** All calls, session by session. */
export const callsOf = (history: History): ReadonlyArray<SessionCall> =>
  Object.entries(history).flatMap(([session, calls]) => calls.map((call, place) => ({ ...call, session, place })))

/** The session of an operation. */
export const sessionOf = (id: string): string => id.slice(0, id.lastIndexOf("."))

const blank = { kind: "unknown", key: "", writes: [], answered: false, after: [] } as const

/** The history with one call changed, or added at the end of its session. */
const withCall = (history: History, id: string, change: Partial<Call>): History => {
  const session = sessionOf(id)
  const calls = history[session] ?? []
  const known = calls.some((call) => call.id === id)
  const next = known
    ? calls.map((call) => (call.id === id ? { ...call, ...change } : call))
    : [...calls, { ...blank, id, ...change }]
  return { ...history, [session]: next }
}

/** The history after an operation failed: a failed write leaves its session; a failed read gives no information. */
const withRejected = (history: History, id: string): History => {
  const session = sessionOf(id)
  const calls = history[session] ?? []
  const failed = calls.find((call) => call.id === id)
  const rest = { ...history, [session]: calls.filter((call) => call.id !== id) }
  return failed?.kind === "write" ? { ...rest, [`${id} (failed)`]: [failed] } : rest
}

const told = (history: History, seen: Observation): History => {
  if (!("id" in seen) || seen.id === null) return history
  switch (seen.kind) {
    case "wrote":
      return withCall(history, seen.id, { kind: "write", key: seen.key, writes: [seen.write] })
    case "read":
      return withCall(history, seen.id, { kind: "read", key: seen.key, writes: seen.writes, answered: true })
    case "acknowledged":
      return withCall(history, seen.id, { answered: true })
    case "rejected":
      return withRejected(history, seen.id)
    case "invoked":
      return history
  }
}

/** The writes and reads of each session, in its own order and without time. */
export const sessionHistory: Observer<History> = Observer.make("sessions", {
  initial: {} as History,
  observe: told
})

const answered = (history: History): ReadonlyArray<string> =>
  callsOf(history)
    .filter((call) => call.answered)
    .map(({ id }) => id)
    .sort()

/**
 * As `sessionHistory`, with the operations that were over before each was invoked: real time, as far as clients can
 * tell.
 */
export const timedHistory: Observer<History> = Observer.make("sessions and their real-time order", {
  initial: {} as History,
  timed: true,
  observe: (history, seen) =>
    seen.kind === "invoked" ? withCall(history, seen.id, { after: answered(history) }) : told(history, seen)
})

/** A call in words. */
export const inWords = ({ key, kind, session, writes }: SessionCall): string => {
  const name = key === "" ? "" : ` ${key}`
  if (kind === "write") return `${session} wrote${name === "" ? "" : `${name} :=`} ${writes.join()}`
  return `${session} read${name}${name === "" ? "" : " ="} ${writes.length === 0 ? "nothing" : writes.join(", ")}`
}
