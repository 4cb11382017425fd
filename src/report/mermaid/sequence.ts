/**
 * A trace as a Mermaid `sequenceDiagram`, which forges render: a participant for each node, a note for an action of a
 * node, an arrow for each message that arrives (with the step that sent it, since the arrows of Mermaid are level and
 * hide reordering), a cross for a lost message, and a `loop` around the steps that repeat. The comment `%% plait:`
 * carries the schedule.
 */
import type { Arrow } from "../../trace/SpaceTime.ts"
import type { TraceSummary, SummaryStep } from "../../trace/TraceSummary.ts"
import { visible, visibleSentence } from "../visible.ts"
import { escaped } from "./escaped.ts"

const note = (over: string, text: string): string => `  Note over ${over}: ${escaped(text)}`

const lines = (summary: TraceSummary, step: SummaryStep): ReadonlyArray<string> => {
  const nodes = summary.spaceTime?.nodes ?? ["system"]
  const all = nodes.length === 1 ? (nodes[0] ?? "") : `${nodes[0]},${nodes.at(-1)}`
  const own = step.node === undefined ? all : (nodes[step.node] ?? all)
  // The message of the step, and other messages that it loses: connections break, or the destination is down.
  const ended = (summary.spaceTime?.arrows ?? []).filter(({ endsIn }) => endsIn === step.number)
  const arrow = ended.find(({ fate }) => fate === "received" || step.kind === "lose")
  const lost = ended.filter((each) => each !== arrow && each.fate === "lost")
  const name = (node: number): string => nodes[node] ?? ""
  const since = ({ sentIn }: Arrow): string => (sentIn === 0 ? "in flight from the start" : `sent in step ${sentIn}`)
  const crosses = lost.map(
    (each) =>
      `  ${name(each.from)}--x${name(each.to)}: ${escaped(`${step.number}. ${each.message} is lost (${since(each)})`)}`
  )
  if (arrow === undefined) return [note(own, `${step.number}. ${step.label}`), ...crosses]
  const [from, to] = [name(arrow.from), name(arrow.to)]
  const head = arrow.fate === "lost" ? `${from}--x${to}` : `${from}-)${to}`
  const message = `  ${head}: ${escaped(`${step.number}. ${step.label} (${since(arrow)})`)}`
  return [message, ...(step.kind === "crash" ? [note(to, `${step.number}. ${to} crashes`)] : []), ...crosses]
}

/** The diagram as text. */
export const renderMermaid = (summary: TraceSummary): string => {
  const { because, caseId, loop, property, replay, spaceTime, steps, verdict } = summary
  const repeats = loop !== undefined && loop < steps.length
  const nodes = spaceTime?.nodes ?? ["system"]
  const over = nodes.length === 1 ? (nodes[0] ?? "") : `${nodes[0]},${nodes.at(-1)}`
  const stem = steps.slice(0, repeats ? loop : steps.length)
  return [
    "sequenceDiagram",
    `%% plait: ${visible(replay)}`,
    ...nodes.map((name) => `  participant ${name}`),
    note(over, caseId),
    ...stem.flatMap((step) => lines(summary, step)),
    ...(repeats
      ? [
          "  loop for ever",
          ...steps.slice(loop).flatMap((step) => lines(summary, step).map((line) => `  ${line}`)),
          "  end"
        ]
      : []),
    ...(loop === steps.length ? [note(over, "here the run stops")] : []),
    note(over, `${property}: ${verdict}${because === "" ? "" : `. ${visibleSentence(because)}`}`),
    ""
  ].join("\n")
}
