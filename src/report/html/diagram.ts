/**
 * The space-time diagram of a trace (Lamport 1978): a lane for each node, and messages slanted from the row of the step
 * that sent them to that of the step that received them, so that reordering is visible. A lost message is dashed with a
 * cross. A node that is down is hatched. Faults are square, and the last step of a violation is a triangle. A halo
 * separates arrows and lanes where they cross, stubs of lost messages fan out, and the mark of each step links to its
 * row.
 */
import type { Arrow } from "../../trace/SpaceTime.ts"
import type { TraceSummary, SummaryStep } from "../../trace/TraceSummary.ts"
import { HERE, html, type Markup } from "./markup.ts"
import { HEAD, middlesOf, totalOf } from "./rows.ts"

const LANE = 92
const MARGIN = 46

const x = (lane: number): number => MARGIN + LANE * lane

/** The diagram; `undefined` for a trace without steps. */
export const diagramOf = (summary: TraceSummary): Markup | undefined => {
  if (summary.steps.length === 0) return undefined
  const { spaceTime, steps } = summary
  const lanes = spaceTime?.nodes ?? ["steps"]
  const middles = middlesOf(summary)
  const height = totalOf(summary)
  const loops = summary.loop === undefined ? 0 : 34
  const width = x(lanes.length - 1) + MARGIN + loops
  const what = `Space-time diagram: ${lanes.length} lanes, ${steps.length} steps. The table beside it says the same in words.`
  return html`<svg
    class="diagram${lanes.length === 1 ? " alone" : ""}"
    width="${width}"
    height="${height}"
    viewBox="0 0 ${width} ${height}"
    role="group"
    aria-label="${what}"
  >
    ${lanes.map((name, lane) => laneOf(name, lane, height))}
    ${(spaceTime?.outages ?? []).map(({ from, node, to }) => outageOf(node, middles[from] ?? HEAD, to === undefined ? height : (middles[to] ?? height)))}
    ${(spaceTime?.arrows ?? []).map((arrow, index) => arrowOf(arrow, index, summary, middles))}
    ${loopOf(summary, width, middles)} ${steps.map((step) => markOf(step, summary, middles[step.number] ?? 0))}
  </svg>`
}

const laneOf = (name: string, lane: number, height: number): Markup =>
  html`<line class="lane" x1="${x(lane)}" y1="${HEAD - 8}" x2="${x(lane)}" y2="${height}" /><rect
      class="head"
      x="${x(lane) - 30}"
      y="8"
      width="60"
      height="26"
      rx="5"
    /><text class="name" x="${x(lane)}" y="26">${name}</text>`

const outageOf = (node: number, from: number, to: number): Markup =>
  html`<rect class="down" x="${x(node) - 6}" y="${from}" width="12" height="${Math.max(0, to - from)}"
    ><title>n${node} is down</title></rect
  >`

const arrowOf = (arrow: Arrow, index: number, summary: TraceSummary, middles: ReadonlyArray<number>): Markup => {
  const { endsIn, fate, from, message, sentIn, to } = arrow
  const [fromX, toX] = [x(from), x(to)]
  const fromY = middles[sentIn] ?? HEAD
  if (endsIn !== undefined && fate === "received") return received(arrow, fromX, fromY, toX, middles[endsIn] ?? 0)
  // A stub points towards its destination; each stub of a step is a little lower than the one before it.
  const before = (summary.spaceTime?.arrows ?? []).slice(0, index)
  const fan = before.filter((each) => each.sentIn === sentIn && each.fate !== "received").length
  const side = Math.sign(toX - fromX) || 1
  const [stubX, stubY] = [fromX + side * 44, fromY + 10 + 9 * fan]
  const says =
    fate === "lost" ? "lost" : fate === "unsent" ? "kept from leaving by the crash" : "still in flight at the end"
  const end =
    fate === "in flight"
      ? html`<circle class="open" cx="${stubX}" cy="${stubY}" r="2.5" />`
      : html`<path class="cross" d="M${stubX - 4} ${stubY - 4}l8 8m0 -8l-8 8" />`
  return html`<g class="stub ${fate === "in flight" ? "flying" : "lost"}"
    ><title>${message} from n${from} to n${to}: ${says}</title
    ><path d="M${fromX} ${fromY}L${stubX} ${stubY}" />${end}</g
  >`
}

const received = (
  { copiedIn, from, message, to }: Arrow,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number
): Markup => {
  const length = Math.hypot(toX - fromX, toY - fromY) || 1
  const [alongX, alongY] = [(toX - fromX) / length, (toY - fromY) / length]
  const [tipX, tipY] = [toX - 12 * alongX, toY - 12 * alongY]
  // A message to the node itself is a bow beside the lane.
  const path =
    fromX === toX
      ? `M${fromX} ${fromY}C${fromX + 40} ${fromY + 8} ${toX + 40} ${toY - 8} ${toX + 12} ${toY}`
      : `M${fromX} ${fromY}L${Math.round(tipX)} ${Math.round(tipY)}`
  const [headX, headY, turn] =
    fromX === toX ? [toX + 12, toY, 180] : [tipX, tipY, (Math.atan2(alongY, alongX) * 180) / Math.PI]
  const copy = copiedIn === undefined ? "" : ` (a copy, made in step ${copiedIn})`
  return html`<g class="message${copiedIn === undefined ? "" : " copied"}"
    ><title>${message} from n${from} to n${to}${copy}</title><path class="halo" d="${path}" /><path d="${path}" /><path
      class="tip"
      d="M0 0l-9 -4v8z"
      transform="translate(${Math.round(headX)} ${Math.round(headY)}) rotate(${Math.round(turn)})"
  /></g>`
}

const loopOf = ({ loop, steps }: TraceSummary, width: number, middles: ReadonlyArray<number>): Markup | undefined => {
  if (loop === undefined) return undefined
  const end = middles[steps.length] ?? 0
  const edge = width - 22
  if (loop === steps.length)
    return html`<g class="loop"><path d="M${edge - 8} ${end + 14}h16" /><title>the run stops here</title></g>`
  const top = middles[loop + 1] ?? HEAD
  return html`<g class="loop"
    ><title>the steps ${loop + 1} to ${steps.length} repeat for ever</title
    ><path d="M${edge - 10} ${end}h10V${top}h-6" /><path
      class="tip"
      d="M0 0l9 -4v8z"
      transform="translate(${edge - 14} ${top})"
    /><text x="${edge + 12}" y="${(top + end) / 2 + 5}">∞</text></g
  >`
}

const markOf = (step: SummaryStep, summary: TraceSummary, y: number): Markup => {
  const isLast = step.number === summary.steps.length
  const lanes =
    summary.spaceTime === undefined
      ? [0]
      : step.node === undefined
        ? summary.spaceTime.nodes.map((_, lane) => lane)
        : [step.node]
  const isEnd = isLast && summary.verdict === "violated"
  const shape = (lane: number): Markup =>
    isEnd
      ? html`<path class="end" d="M${x(lane)} ${y - 14}l14 24h-28z" />`
      : step.fault
        ? html`<rect class="fault" x="${x(lane) - 10}" y="${y - 10}" width="20" height="20" rx="2" />`
        : html`<circle class="event" cx="${x(lane)}" cy="${y}" r="11" />`
  // A step at several lanes is numbered once, so that a screen reader reads one number.
  const numberAt = (lane: number): Markup =>
    html`<text class="number${isEnd ? " light" : ""}" x="${x(lane)}" y="${y + (isEnd ? 7 : 4)}">${step.number}</text>`
  const marks = lanes.map((lane, index) => html`${shape(lane)}${index === 0 ? numberAt(lane) : undefined}`)
  return html`<a
    href="#${HERE}-${step.number}"
    data-step="${HERE}-${step.number}"
    tabindex="-1"
    aria-label="step ${step.number}: ${step.label}"
    ><title>${step.number}. ${step.label}</title>${marks}</a
  >`
}
