/**
 * A state of a system of nodes on plain objects: everything that can make a difference stands in it outright.
 */
import type { Message, Note, Observation, WriteName } from "../../src/model/index.ts"
import type { Clock } from "./ReferenceClocks.ts"

/** A node and all that belongs to it. */
export interface Node {
  readonly local: unknown
  readonly up: boolean
  /** Down after a crash that broke its connections: what is sent to it until it recovers is lost. */
  readonly isCutOff: boolean
  readonly timers: ReadonlyArray<string>
  /** Its clients' operations that were invoked, by their places in the workload; only their number, where drawn. */
  readonly invoked: ReadonlyArray<number>
  readonly clock: Clock
  readonly past: ReadonlyArray<WriteName>
}

/** A message in flight. */
export interface TrackedEnvelope {
  readonly from: number
  readonly to: number
  readonly message: Message
  readonly sentAt: number
  readonly past: ReadonlyArray<WriteName>
}

/** A client that goes from node to node. */
export interface Session {
  readonly next: number
  readonly waiting: boolean
  readonly past: ReadonlyArray<WriteName>
  readonly answeredAt: number
}

/** A state of a system of nodes, with what the observers remember. */
export interface State {
  readonly nodes: ReadonlyArray<Node>
  readonly envelopes: ReadonlyArray<TrackedEnvelope>
  readonly left: { readonly [budget in "lose" | "duplicate" | "cut" | "crash" | "recover" | "draw"]: number }
  readonly cut: ReadonlyArray<string>
  readonly sessions: ReadonlyArray<Session>
  readonly remembered: ReadonlyArray<unknown>
  /** The moment of the last step, where steps are taken in the order of time. */
  readonly now?: number
}

/** One thing that can happen. */
export interface Step<S> {
  readonly action: string
  /** What fairness tells apart: the action with its node, input and sender, with its link, or with its parameter. */
  readonly unit: string
  readonly fault: boolean
  readonly node: number | undefined
  readonly observations: ReadonlyArray<Observation>
  readonly after: S
  /** Whether only the horizon of the clocks keeps it from happening; it leads nowhere then. */
  readonly isOutOfTime?: true
  /** When it happens, where time has moments. */
  readonly moment?: number
}

/** Actions of the environment that a bound allows. */
export const faults: ReadonlySet<string> = new Set([
  "lose",
  "duplicate",
  "cut",
  "heal",
  "crash",
  "crash in mid-handler",
  "recover"
])

export const withNode = (state: State, id: number, change: Partial<Node>): State => ({
  ...state,
  nodes: state.nodes.with(id, { ...state.nodes[id]!, ...change })
})

export const spend = (state: State, budget: keyof State["left"]): State => ({
  ...state,
  left: { ...state.left, [budget]: state.left[budget] - 1 }
})

export const seenAt = (state: State, id: number, note: Note): Observation =>
  ({ ...note, node: id, past: state.nodes[id]!.past }) as Observation

export const union = (left: ReadonlyArray<WriteName>, right: ReadonlyArray<WriteName>): ReadonlyArray<WriteName> =>
  [...new Set([...left, ...right])].sort()

export const linkOf = (left: number, right: number): string => [left, right].sort().join("-")

/** A value as a string: equal values, however they were built, give equal strings. */
export const text = (value: unknown): string =>
  JSON.stringify(value, (_name, each: unknown) => {
    if (each instanceof Set) return ["set", ...[...each].map(text).sort()]
    if (each instanceof Map) return ["map", ...[...each].map(text).sort()]
    if (typeof each === "bigint" || each === undefined) return [typeof each, String(each)]
    if (typeof each === "number") return Object.is(each, -0) ? ["number", "-0"] : isFinite(each) ? each : [String(each)]
    if (typeof each !== "object" || each === null || Array.isArray(each)) return each
    return Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
  })

/**
 * What is left of a local state after a crash: its durable fields, those that are absent included, and all others anew;
 * all of it where none is named.
 */
export const lasting = (durable: ReadonlyArray<string> | undefined, local: unknown, anew: unknown): unknown => {
  if (durable === undefined) return local
  const kept = local as Record<string, unknown>
  const left = { ...(anew as Record<string, unknown>) }
  for (const field of durable) {
    if (field in kept) left[field] = kept[field]
    else delete left[field]
  }
  return left
}
