/**
 * Paths of the messages of a trace, from the step that sent each to the step that received or lost it, and the times in
 * which nodes were down. All space-time diagrams are drawn from this (Lamport 1978, section 2).
 *
 * Messages with equal content on one link are the same to a protocol; here the oldest arrives first. Traces of
 * whole-state models have no nodes and so no diagram. A message sent over a cut link was never in flight.
 */
import { canonicalKey } from "../engine/index.ts"
import type { Envelope } from "../model/index.ts"
import type { Trace, TraceStep } from "./Trace.ts"

/** A message from the step that sent it to its end. */
export interface Arrow {
  /** The message's tag. */
  readonly message: string
  readonly from: number
  readonly to: number
  /** The step that sent it; 0 if it was in flight at the start. */
  readonly sentIn: number
  /**
   * The step that received or lost it; `undefined` while it is in flight, or if it was never sent. The step that sent
   * it, if its destination was down and lost it.
   */
  readonly endsIn: number | undefined
  /** The end of the message; `unsent`: a crash prevented the send. */
  readonly fate: "received" | "lost" | "in flight" | "unsent"
  /** For a copy that the network made: the step that made it. */
  readonly copiedIn: number | undefined
}

/** A time in which a node was down. */
export interface Outage {
  readonly node: number
  /** The step in which it crashed; 0 if it was down from the start. */
  readonly from: number
  /** The step in which it recovered, if it did. */
  readonly to: number | undefined
}

/** A trace as lanes of events with messages between them. */
export interface SpaceTime {
  readonly nodes: ReadonlyArray<string>
  /** The messages in the order of their sends. */
  readonly arrows: ReadonlyArray<Arrow>
  readonly outages: ReadonlyArray<Outage>
}

/** The message of a step: the one that it receives, or that the network loses in it. */
export const arrowOfStep = (spaceTime: SpaceTime, { kind, number }: Pick<TraceStep, "kind" | "number">) =>
  spaceTime.arrows.find(({ endsIn, fate }) => endsIn === number && (fate === "received" || kind === "lose"))

type Flying = { -readonly [part in keyof Arrow]: Arrow[part] } & { readonly key: string }

const hasInbox = (part: unknown): boolean => typeof part === "object" && part !== null && "inbox" in part

const isDown = (part: unknown): boolean => typeof part === "object" && part !== null && "down" in part

/** The lanes, messages and outages of a trace; `undefined` for a model without nodes. */
export const spaceTimeOf = (trace: Trace): SpaceTime | undefined => {
  const nodes = Object.keys(trace.initial).filter((name) => /^n\d+$/.test(name) && hasInbox(trace.initial[name]))
  if (nodes.length === 0 || trace.steps.some(({ kind }) => kind === "action")) return undefined
  const flying: Array<Flying> = []
  for (const step of trace.steps) {
    const { kind, lost, number, received, sent, unsent } = step
    if (received !== undefined) end(flying, received, number, kind)
    for (const envelope of sent) flying.push(leaving(envelope, number, "in flight"))
    for (const envelope of unsent) flying.push(leaving(envelope, number, "unsent"))
    for (const envelope of lost ?? []) end(flying, envelope, number, "lose")
  }
  const arrows = flying.toSorted((left, right) => left.sentIn - right.sentIn).map(({ key: _, ...arrow }) => arrow)
  return { nodes, arrows, outages: outagesOf(trace, nodes) }
}

const leaving = (envelope: Envelope, sentIn: number, fate: Arrow["fate"]): Flying => ({
  message: envelope.message._tag,
  from: envelope.from,
  to: envelope.to,
  sentIn,
  endsIn: undefined,
  fate,
  copiedIn: undefined,
  key: canonicalKey(envelope)
})

/** Ends the oldest message of that content, or doubles it; one without a send was in flight at the start. */
const end = (flying: Array<Flying>, envelope: Envelope, step: number, kind: TraceStep["kind"]): void => {
  const key = canonicalKey(envelope)
  let arrow = flying.find((each) => each.key === key && each.fate === "in flight")
  if (arrow === undefined) {
    arrow = leaving(envelope, 0, "in flight")
    flying.push(arrow)
  }
  if (kind === "duplicate") {
    flying.push({ ...arrow, copiedIn: step })
    return
  }
  arrow.fate = kind === "lose" ? "lost" : "received"
  arrow.endsIn = step
}

const outagesOf = (trace: Trace, nodes: ReadonlyArray<string>): ReadonlyArray<Outage> => {
  const outages: Array<{ node: number; from: number; to: number | undefined }> = []
  nodes.forEach((name, node) => {
    if (isDown(trace.initial[name])) outages.push({ node, from: 0, to: undefined })
  })
  for (const { kind, node, number } of trace.steps) {
    if (node === undefined) continue
    if (kind === "crash") outages.push({ node, from: number, to: undefined })
    const open = outages.find((each) => each.node === node && each.to === undefined)
    if (kind === "recover" && open !== undefined) open.to = number
  }
  return outages
}
