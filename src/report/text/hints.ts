/**
 * Hints on a search that is slow or does not end: actions that run often because of a variable, and parts of the state
 * that grow.
 */
import type { CaseResult } from "../../suite/CheckCase.ts"
import { visible, visibleIn } from "../visible.ts"
import { group } from "./table.ts"

/** The time in milliseconds from which a search gets hints. The figures are always in the JSON document. */
const SLOW_MILLIS = 5000

/** The number of actions in a hint. */
const MOST = 3

/** Both hints of a result, below its identifier; `undefined` if there are none. */
export const renderHints = (result: CaseResult): string | undefined => {
  const lines = [...growthLines(result), ...costLines(result)]
  return lines.length === 0 ? undefined : [visible(result.id), ...lines.map((line) => `  ${line}`)].join("\n")
}

/**
 * The growing parts, such as `it grows on the way to the last state:` and below it `count: 0 … 199`; empty if no
 * growing part is known.
 */
const growthLines = ({ growing }: CaseResult): ReadonlyArray<string> => {
  const parts = visibleIn(growing).map(({ from, of, path, to }) => {
    const unit = of === "value" ? "" : ` ${of}`
    return `  ${path}: ${grouped(from)} … ${grouped(to)}${unit}`
  })
  return parts.length === 0 ? [] : ["it grows on the way to the last state:", ...parts]
}

const grouped = (size: number | string): string =>
  typeof size === "number" && Number.isInteger(size) ? group(size) : String(size)

/** The most expensive actions and advice, if a slow search ran more actions than it found states. */
const costLines = ({ costs, distinct, elapsedMillis, handlerRuns }: CaseResult): ReadonlyArray<string> => {
  if (costs === null || handlerRuns <= distinct || elapsedMillis <= SLOW_MILLIS) return []
  const told = visibleIn(costs.filter(({ reads, runs }) => runs > 0 && reads.length > 0)).slice(0, MOST)
  const widest = told[0]?.reads[0]?.variable
  if (widest === undefined) return []
  return [
    `it is slow: ${group(handlerRuns)} runs of actions for ${group(distinct)} states`,
    ...told.map(({ action, reads, runs }) => `  ${action} ran ${group(runs)} times, as it reads ${readsText(reads)}`),
    `  An action runs for each combination of what it reads. Split ${widest} into several`,
    "  variables, such as one per message, and let each action read those that it needs."
  ]
}

type Reads = NonNullable<CaseResult["costs"]>[number]["reads"]

const readsText = (reads: Reads): string => {
  const told = reads.slice(0, MOST).map(({ values, variable }) => `${variable} (${group(values)} values)`)
  const left = reads.length - told.length
  return [...told, ...(left === 0 ? [] : [`${left} more`])].join(", ")
}
