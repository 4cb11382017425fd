/**
 * A trace as a Graphviz digraph: a node for each step, bold arrows in the order of the steps at one node, dashed arrows
 * for messages, and a dotted arrow back for a loop. A comment carries the schedule.
 */
import type { TraceSummary, SummaryStep } from "../../trace/TraceSummary.ts"
import { visible } from "../visible.ts"
import { quoted } from "./quoted.ts"

const shapeOf = ({ fault }: SummaryStep, isLast: boolean): string => (isLast ? "octagon" : fault ? "box" : "ellipse")

const edgesOf = ({ loop, spaceTime, steps }: TraceSummary): ReadonlyArray<string> => {
  const previous = new Map<number | undefined, string>()
  const inOrder = steps.flatMap(({ node, number }) => {
    const at = spaceTime === undefined ? undefined : node
    const before = previous.get(at) ?? (at === undefined ? "start" : `start${at}`)
    previous.set(at, `s${number}`)
    return [`  ${before} -> s${number} [style=bold]`]
  })
  const messages = (spaceTime?.arrows ?? []).flatMap(({ endsIn, fate, from, message, sentIn, to }, index) => {
    const source = sentIn === 0 ? `start${from}` : `s${sentIn}`
    if (endsIn !== undefined && endsIn !== sentIn) {
      const sign = fate === "lost" ? ", arrowhead=tee, color=red" : ""
      return [`  ${source} -> s${endsIn} [style=dashed, label=${quoted(message)}${sign}]`]
    }
    const what = quoted(
      `${message} to n${to} ${fate === "unsent" ? "never left" : fate === "lost" ? "is lost" : "is in flight"}`
    )
    return [`  m${index} [shape=plaintext, label=${what}]`, `  ${source} -> m${index} [style=dashed]`]
  })
  const back =
    loop === undefined || loop === steps.length
      ? []
      : [`  s${steps.length} -> s${loop + 1} [style=dotted, label="for ever"]`]
  return [...inOrder, ...messages, ...back]
}

/** The digraph. */
export const renderGraphviz = (summary: TraceSummary): string => {
  const { because, caseId, property, replay, spaceTime, steps, verdict } = summary
  const title = [`${property}: ${verdict} in ${caseId}`, ...(because === "" ? [] : because.split("\n"))]
  const starts =
    spaceTime === undefined || steps.some(({ node }) => node === undefined)
      ? [`  start [shape=plaintext, label=${quoted(spaceTime === undefined ? "start" : "links")}]`]
      : []
  const lanes = (spaceTime?.nodes ?? []).map(
    (name, node) => `  start${node} [shape=plaintext, group=${quoted(name)}, label=${quoted(name)}]`
  )
  const events = steps.map((step) => {
    const group = step.node === undefined ? "" : `, group=${quoted(`n${step.node}`)}`
    const shape = shapeOf(step, step.number === steps.length)
    return `  s${step.number} [shape=${shape}${group}, label=${quoted(`${step.number}. ${step.label}`)}]`
  })
  return [
    `// plait: ${visible(replay)}`,
    "digraph trace {",
    `  label=${quoted(...title)}`,
    ...starts,
    ...lanes,
    ...events,
    ...edgesOf(summary),
    "}",
    ""
  ].join("\n")
}
