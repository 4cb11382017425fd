/**
 * A trace as a log for ShiViz (Beschastnikh et al. 2020), which draws and searches runs by their vector clocks: the
 * first line is the expression that parses the log, the second the separator of several runs (none), then follow two
 * lines for each event. An event of a message in flight, or of a link, belongs to the host `network`. The first event
 * carries the schedule. In a whole-state model every event belongs to the host `system`.
 */
import type { TraceSummary, SummaryStep } from "../../trace/TraceSummary.ts"
import { visible, visibleSentence } from "../visible.ts"

type Clock = Map<string, number>

const printed = (clock: Clock): string =>
  JSON.stringify(Object.fromEntries([...clock].sort(([left], [right]) => (left < right ? -1 : 1))))

const hostOf = ({ kind, node }: SummaryStep, nodes: ReadonlyArray<string> | undefined): string => {
  if (nodes === undefined) return "system"
  const isAtNode = kind !== "lose" && kind !== "duplicate" && node !== undefined
  return isAtNode ? (nodes[node] ?? "network") : "network"
}

/** The log. */
export const renderShiViz = ({
  because,
  caseId,
  property,
  replay,
  spaceTime,
  steps,
  verdict
}: TraceSummary): string => {
  const clocks = new Map<string, Clock>()
  const stamps: Array<Clock> = []
  const tick = (host: string, cause: Clock | undefined): Clock => {
    const before = clocks.get(host) ?? new Map<string, number>()
    const clock: Clock = new Map(before)
    for (const [other, count] of cause ?? []) clock.set(other, Math.max(count, clock.get(other) ?? 0))
    clock.set(host, (before.get(host) ?? 0) + 1)
    clocks.set(host, clock)
    return clock
  }
  const starts = (spaceTime?.nodes ?? ["system"]).flatMap((host, index) => [
    index === 0 ? `plait: ${visible(replay)}` : "start",
    `${host} ${printed(tick(host, undefined))}`
  ])
  const events = steps.flatMap((step) => {
    const host = hostOf(step, spaceTime?.nodes)
    const clock = tick(host, step.sentIn === undefined ? undefined : stamps[step.sentIn - 1])
    stamps.push(clock)
    return [`${step.number}. ${visible(step.label)}`, `${host} ${printed(clock)}`]
  })
  const last = steps.at(-1)
  const host = last === undefined ? (spaceTime?.nodes[0] ?? "system") : hostOf(last, spaceTime?.nodes)
  const verdictLines = [
    `${visible(property)}: ${verdict} in ${visible(caseId)}${because === "" ? "" : `. ${visibleSentence(because)}`}`,
    `${host} ${printed(tick(host, undefined))}`
  ]
  return [String.raw`^(?<event>.*)\n(?<host>\S+) (?<clock>{.*})$`, "", ...starts, ...events, ...verdictLines, ""].join(
    "\n"
  )
}
