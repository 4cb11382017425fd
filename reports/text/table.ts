/**
 * The coverage-style table for a terminal: a row per system, properties by verdict, actions taken of all actions.
 */
import type { CellResult, PropertyReport } from "../../src/suite/CheckCell.ts"

/** Whether a property came out as expected. */
export type IsExpected = (result: CellResult, property: PropertyReport) => boolean

const signs = {
  holds: "✓",
  reached: "✓",
  violated: "✗",
  unreached: "✗",
  vacuous: "○",
  inconclusive: "◐",
  failed: "!"
} as const

/** What the signs mean, and what a pass means and does not. */
export const legend = [
  "✓ holds: true in every reachable state within the bounds of the system (a claimed situation: reached)",
  "✗ violated, with the fewest steps it takes (a claimed situation: never reached)   ! the property itself threw",
  "◐ not decided: a limit ended the search before it was complete   ○ vacuous: its premise was never true",
  "A row says nothing about larger bounds than those in its name. + after a verdict: not as expected."
].join("\n")

/** A number with its thousands grouped. */
export const group = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",")

const cell = (result: CellResult, property: PropertyReport, isExpected: IsExpected): string => {
  const steps = property.counterexample === null ? "" : ` in ${property.counterexample.length}`
  const note = property.note === null ? "" : ` (${property.note})`
  const mark = isExpected(result, property) ? "" : " +"
  return `${signs[property.verdict]} ${property.name}: ${property.verdict}${steps}${mark}${note}`
}

/** The table, with never-taken actions under their row. */
export const renderTable = (results: ReadonlyArray<CellResult>, isExpected: IsExpected): string => {
  const header = ["system", "states", "transitions", "depth", "actions", "properties"]
  const rows = results.map((result) => {
    const taken = result.actions.filter((action) => action.taken > 0).length
    const passed = result.properties.filter((property) => isExpected(result, property)).length
    const states = `${group(result.distinct)}${result.complete ? "" : "…"}`
    const actions = result.actions.length === 0 ? "n/a" : `${taken}/${result.actions.length}`
    const properties = result.properties.length === 0 ? "n/a" : `${passed}/${result.properties.length} as expected`
    return {
      result,
      columns: [result.id, states, group(result.transitions), String(result.depth), actions, properties]
    }
  })
  const all = [header, ...rows.map(({ columns }) => columns)]
  const widths = header.map((_, index) => Math.max(...all.map((columns) => (columns[index] ?? "").length)))
  const line = (columns: ReadonlyArray<string>): string =>
    columns
      .map((text, index) =>
        index === 0 || index === 5 ? text.padEnd(widths[index] ?? 0) : text.padStart(widths[index] ?? 0)
      )
      .join("  ")
      .trimEnd()
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2))
  const body = rows.flatMap(({ columns, result }) => {
    const never = result.actions.filter(({ taken }) => taken === 0).map(({ name }) => name)
    return [
      line(columns),
      ...(result.complete ? [] : [`    incomplete: ${result.stopReason}`]),
      ...(never.length === 0 ? [] : [`    never taken: ${never.join(", ")}`]),
      ...result.properties.map((property) => `    ${cell(result, property, isExpected)}`)
    ]
  })
  return [line(header), rule, ...body].join("\n")
}
