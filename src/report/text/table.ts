/**
 * The table for a terminal, in the style of a coverage report: a row for each system, properties by verdict, actions
 * taken of all actions. It fits 80 columns: a name that is too long for its column has a line of its own, and
 * parameters with their defaults are left out.
 */
import type { CaseResult, PropertyReport } from "../../suite/CheckCase.ts"
import { askedText } from "./asked.ts"
import { visible, visibleIn } from "../visible.ts"
import { type Paint, plain, signs, styles } from "./paint.ts"

/** True if the result of a property is the expected one. */
export type IsExpected = (property: PropertyReport) => boolean

/**
 * The printed name of a system: an identifier that `plait check` accepts, and the settings that it omits. Baselines,
 * JSON and replay identifiers keep the full name, which stays valid when a default changes.
 */
export interface PrintedName {
  readonly name: string
  /** The omitted settings, such as `topology=all-to-all, replicas=3`; empty if there are none. */
  readonly leftOut: string
}

/** Options of a table. */
export interface TableOptions {
  readonly isExpected: IsExpected
  readonly nameOf: (result: CaseResult) => PrintedName
  /** True if only unexpected verdicts get a line of their own. Otherwise all do. */
  readonly isBrief?: boolean
  /** True if a result comes from an earlier run. Its states get a sign. */
  readonly isReused?: (result: CaseResult) => boolean
  /** True if a line has the number of states in which the property was checked. */
  readonly tellsAsked?: boolean
  readonly paint?: Paint
}

/** The sign of a result that was reused. */
const REUSED = "≡"

/** The meaning of that sign. */
export const reusedLegend = (cases: number, of: number): string =>
  `${REUSED} after the states: result of an earlier run with the same inputs (${group(cases)} of ${group(of)})`

/** The meaning of the signs, and the limits of a pass. */
export const legend = (paint: Paint = plain): string =>
  [
    `${paint("good", "✓")} holds: true in every reachable state within the bounds (reachability property: reached)`,
    `${paint("bad", "✗")} violated, in the fewest steps possible (reachability property: never reached)`,
    `${paint("open", "◐")} not decided: a limit ended the search   ${paint("open", "○")} vacuous: its premise was never true`,
    `${paint("bad", "!")} the property itself threw   + after a verdict: not as expected`,
    "A row says nothing about larger bounds than its own."
  ].join("\n")

/** A number with its thousands grouped. */
export const group = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",")

/** A count of cases, such as `1 case` and `1,200 cases`. */
export const caseCount = (cases: number): string => `${group(cases)} ${cases === 1 ? "case" : "cases"}`

const NAME_WIDTH = 22
const LINE_WIDTH = 80
const header = ["system", "states", "transitions", "depth", "actions", "verdicts", "expected"]

/** The table, with actions that were never taken below their row, and the settings that the names omit at its end. */
export const renderTable = (results: ReadonlyArray<CaseResult>, options: TableOptions): string => {
  const rows = results.map((result) => rowOf(result, options))
  const all = [header, ...rows.map(({ columns }) => columns)]
  const widths = header.map((_, index) => Math.max(...all.map((columns) => widthIn(columns, index))))
  const line = (columns: ReadonlyArray<string>): string =>
    columns
      .map((text, index) => (index === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[index] ?? 0)))
      .join("  ")
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 2, -2))
  const body = rows.flatMap(({ columns, details }) => {
    const [name = "", ...numbers] = columns
    return [...(isLong(name) ? [name, line(["", ...numbers])] : [line(columns)]), ...details]
  })
  return [line(header), rule, ...body, ...leftOut(results, options)].join("\n")
}

const isLong = (name: string): boolean => name.length > NAME_WIDTH

const widthIn = (columns: ReadonlyArray<string>, index: number): number => {
  const text = columns[index] ?? ""
  return index === 0 && isLong(text) ? 0 : text.length
}

interface Row {
  readonly columns: ReadonlyArray<string>
  readonly details: ReadonlyArray<string>
}

const rowOf = (result: CaseResult, options: TableOptions): Row => {
  const { isBrief = false, isExpected, isReused = () => false, nameOf, paint = plain } = options
  const shown = visibleIn(result.actions)
  const taken = result.actions.filter((action) => action.taken > 0).length
  const never = shown.filter((action) => action.taken === 0).map(({ name }) => name)
  const passed = result.properties.filter(isExpected).length
  const told = result.properties.filter((property) => !isBrief || !isExpected(property))
  return {
    columns: [
      visible(nameOf(result).name),
      `${group(result.distinct)}${result.complete ? "" : "…"}${isReused(result) ? REUSED : ""}`,
      group(result.transitions),
      String(result.depth),
      result.actions.length === 0 ? "n/a" : `${taken}/${result.actions.length}`,
      verdictCounts(result.properties),
      result.properties.length === 0 ? "n/a" : `${passed}/${result.properties.length}`
    ],
    details: [
      ...(result.complete ? [] : [paint("open", `    incomplete: ${result.stopReason}`)]),
      ...(never.length === 0 ? [] : wrapped("    never taken: ", never)),
      ...told.map((property) => `    ${verdictLine(property, options)}`)
    ]
  }
}

/** The count of each sign, such as `✓5 ✗2`; n/a if there are none. */
const verdictCounts = (properties: ReadonlyArray<PropertyReport>): string => {
  const counts = [...new Set(Object.values(signs))].flatMap((sign) => {
    const count = properties.filter(({ verdict }) => signs[verdict] === sign).length
    return count === 0 ? [] : [`${sign}${count}`]
  })
  return counts.length === 0 ? "n/a" : counts.join(" ")
}

const verdictLine = (property: PropertyReport, { isExpected, paint = plain, tellsAsked }: TableOptions): string => {
  const { counterexample, name, verdict } = visibleIn(property)
  const style = styles[verdict]
  const steps = counterexample === null ? "" : ` in ${counterexample.length}`
  const notes = [tellsAsked === true ? askedText(property) : "", property.note ?? ""].filter((each) => each !== "")
  const note = notes.length === 0 ? "" : ` (${notes.join("; ")})`
  const mark = isExpected(property) ? "" : paint("bad", " +")
  return `${paint(style, signs[verdict])} ${name}: ${paint(style, `${verdict}${steps}`)}${mark}${note}`
}

/** Words in lines of limited width, aligned below each other. */
const wrapped = (heading: string, words: ReadonlyArray<string>): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = heading
  for (const [index, word] of words.entries()) {
    const next = `${word}${index === words.length - 1 ? "" : ", "}`
    if (line.length > heading.length && line.length + next.trimEnd().length > LINE_WIDTH) {
      lines.push(line.trimEnd())
      line = " ".repeat(heading.length)
    }
    line += next
  }
  return [...lines, line]
}

/** The omitted settings of each model. A setting in the name of one row has its default in the others. */
const leftOut = (
  results: ReadonlyArray<CaseResult>,
  { nameOf, paint = plain }: TableOptions
): ReadonlyArray<string> => {
  const byModel = new Map<string, Set<string>>()
  for (const result of results) {
    const settings = byModel.get(result.model) ?? new Set()
    for (const setting of nameOf(result).leftOut.split(", ")) if (setting !== "") settings.add(setting)
    byModel.set(result.model, settings)
  }
  return [...byModel]
    .filter(([, settings]) => settings.size > 0)
    .flatMap(([model, settings]) => wrapped(`${visible(model)}, defaults: `, [...settings].map(visible)))
    .map((line) => paint("faint", line))
}
