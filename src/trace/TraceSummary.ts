/**
 * The summary of a trace: the content of every report format, as plain text and numbers, so that no format depends on
 * values, differences or schedules. Parts that a step leaves unchanged are absent from its changes and present in its
 * state.
 */
import { canonicalKey } from "../engine/index.ts"
import { type Change, changes, inline } from "./diff.ts"
import { encodeReplayId } from "./ReplayId.ts"
import { arrowOfStep, type SpaceTime, spaceTimeOf } from "./SpaceTime.ts"
import { scheduleOf, type Trace, type TraceStep } from "./Trace.ts"

/** A change at one path: of a value, or of elements of a list or set. */
export interface SummaryChange {
  /** The path, such as `n2.state.row`. */
  readonly path: string
  readonly before: string
  readonly after: string
  /**
   * For a list or set that lost or gained elements and preserved the order of the rest: the elements lost and gained.
   */
  readonly elements: { readonly removed: ReadonlyArray<string>; readonly added: ReadonlyArray<string> } | null
}

/** A part of a state: a node or a variable, with its value in one line. */
export interface SummaryPart {
  readonly name: string
  readonly value: string
}

/** One step. */
export interface SummaryStep {
  /** Position in the trace, from 1. */
  readonly number: number
  readonly label: string
  readonly action: string
  readonly kind: TraceStep["kind"]
  readonly fault: boolean
  readonly node: number | undefined
  readonly ordinal: number
  /** The step that sent the message that arrived, was lost or was copied; 0 if it was in flight at the start. */
  readonly sentIn: number | undefined
  /** Observations of the handlers, such as `acknowledged x`. */
  readonly noted: ReadonlyArray<string>
  readonly changes: ReadonlyArray<SummaryChange>
  readonly state: ReadonlyArray<SummaryPart>
}

/** The subject of a summary. */
export interface SummaryHead {
  readonly caseId: string
  readonly property: string
  /** The verdict, such as `violated`. */
  readonly verdict: string
  /** The property's own explanation; empty if it has none. */
  readonly because: string
}

/** A trace with its subject. */
export interface TraceSummary extends SummaryHead {
  /** The argument of `plait replay`. */
  readonly replay: string
  readonly initial: ReadonlyArray<SummaryPart>
  readonly steps: ReadonlyArray<SummaryStep>
  /** As in `Trace`. */
  readonly loop: number | undefined
  /** `undefined` for a model without nodes. */
  readonly spaceTime: SpaceTime | undefined
}

/** Summarises a trace. */
export const traceSummaryOf = (trace: Trace, head: SummaryHead): TraceSummary => {
  const spaceTime = spaceTimeOf(trace)
  return {
    ...head,
    replay: encodeReplayId(head.caseId, scheduleOf(trace)),
    initial: partsOf(trace.initial),
    steps: trace.steps.map((step, index) => told(step, trace.steps[index - 1]?.state ?? trace.initial, spaceTime)),
    loop: trace.loop,
    spaceTime
  }
}

/** True for a part of the protocol; values of observers are not. */
const isTold = (name: string): boolean => !name.startsWith("observed: ")

const partsOf = (state: Trace["initial"]): ReadonlyArray<SummaryPart> =>
  Object.entries(state)
    .filter(([name]) => isTold(name))
    .map(([name, value]) => ({ name, value: inline(value) }))

const told = (step: TraceStep, before: Trace["initial"], spaceTime: SpaceTime | undefined): SummaryStep => ({
  number: step.number,
  label: step.label,
  action: step.action,
  kind: step.kind,
  fault: step.fault,
  node: step.node,
  ordinal: step.ordinal,
  sentIn:
    spaceTime &&
    (arrowOfStep(spaceTime, step) ?? spaceTime.arrows.find(({ copiedIn }) => copiedIn === step.number))?.sentIn,
  noted: step.observations.filter(({ kind }) => kind !== "invoked").map(noteOf),
  changes: changes(before, step.state)
    .filter(({ path }) => isTold(path))
    .map(summaryChange),
  state: partsOf(step.state)
})

/** An observation in words, without the operation's name, which the step's label has. */
const noteOf = ({ node, past: _, kind, ...rest }: TraceStep["observations"][number]): string =>
  [
    `n${node}`,
    kind,
    ...Object.entries(rest)
      .filter(([name, value]) => name !== "id" && value !== "")
      .map(([, value]) => inline(value))
  ].join(" ")

const summaryChange = ({ after, before, path }: Change): SummaryChange => ({
  path,
  before: inline(before),
  after: inline(after),
  elements: elementsOf(before, after)
})

const listOf = (value: unknown): ReadonlyArray<unknown> | undefined =>
  value instanceof Set ? [...value] : Array.isArray(value) ? value : undefined

const elementsOf = (before: unknown, after: unknown): SummaryChange["elements"] => {
  const [was, is] = [listOf(before), listOf(after)]
  if (was === undefined || is === undefined || was.length === is.length) return null
  const [removed, kept] = without(was, is)
  const [added, still] = without(is, was)
  const isReordered = canonicalKey(kept) !== canonicalKey(still)
  return isReordered ? null : { removed: removed.map(inline), added: added.map(inline) }
}

/** The elements that the others lack, each as often as it is missing; and the rest, in order. */
const without = (elements: ReadonlyArray<unknown>, others: ReadonlyArray<unknown>) => {
  const left = others.map((other) => canonicalKey(other))
  const missing: Array<unknown> = []
  const rest: Array<unknown> = []
  for (const element of elements) {
    const at = left.indexOf(canonicalKey(element))
    if (at !== -1) left.splice(at, 1)
    const list = at === -1 ? missing : rest
    list.push(element)
  }
  return [missing, rest] as const
}
