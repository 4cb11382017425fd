/**
 * Model coverage for a terminal: a row for each system, below it the actions that were never taken, on request also all
 * others with their outcomes; then all systems together. Percentages are rounded down, and 0 of 0 is n/a.
 */
import { visibleIn } from "../visible.ts"
import {
  type ActionCoverage,
  type Metric,
  metrics,
  percentText,
  type Summary,
  summaryOf,
  type SystemCoverage
} from "../../coverage/Coverage.ts"
import { actionLegend } from "../actions.ts"
import { actionLines } from "./actions.ts"
import { group } from "./table.ts"

const header = ["system", ...metrics]

const caseOf = (summary: Summary, metric: Metric): string => {
  const { covered, total } = summary[metric]
  return total === 0 ? percentText(summary[metric]) : `${percentText(summary[metric])} ${covered}/${total}`
}

const rowOf = (name: string, systems: ReadonlyArray<SystemCoverage>): ReadonlyArray<string> => {
  const summary = summaryOf(systems)
  return [name, ...metrics.map((metric) => caseOf(summary, metric))]
}

/** The whole table. With `details` every action of each system has a row. */
export const renderCoverage = (shown: ReadonlyArray<SystemCoverage>, details = false): string => {
  const systems = visibleIn(shown)
  const total = rowOf(systems.length === 1 ? "" : "all systems", systems)
  const rows = systems.map((system) => rowOf(system.id, [system]))
  const all = [header, total, ...rows]
  const widths = header.map((_, index) => Math.max(...all.map((columns) => (columns[index] ?? "").length)))
  const line = (columns: ReadonlyArray<string>): string =>
    columns
      .map((text, index) => (index === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[index] ?? 0)))
      .join("  ")
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2))
  return [
    line(header),
    rule,
    ...systems.flatMap((system, index) => [line(rows[index] ?? []), ...detailsOf(system, details)]),
    ...(systems.length === 1 ? [] : [rule, line(total)]),
    "",
    ...(details ? [...actionLegend, ""] : []),
    "guards: the arms enabled and disabled   premises: properties that were checked   reachability: properties reached",
    ""
  ].join("\n")
}

const detailsOf = ({ actions, properties, incomplete }: SystemCoverage, details: boolean): ReadonlyArray<string> => [
  ...(incomplete === undefined
    ? []
    : [`    incomplete: ${incomplete}; never taken and never reached hold up to there`]),
  ...(details ? actionLines(actions) : actions.filter(({ taken }) => taken === 0).map(neverLine)),
  ...properties
    .filter(({ met }) => !met)
    .map(({ name, isReachability }) => `    ${isReachability ? "never reached" : "never checked"}: ${name}`)
]

const neverLine = ({ guard, name }: ActionCoverage): string => {
  const asked = guard === null ? "" : `, enabled ${group(guard.enabled)}, disabled ${group(guard.disabled)}`
  return `    never taken: ${name}${asked}`
}
