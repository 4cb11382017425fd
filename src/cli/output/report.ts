/**
 * The output of `check` and `verify` for people: the table, the traces, drift, and a closing line.
 */
import { renderCounterexample } from "../../report/text/counterexample.ts"
import { renderHints } from "../../report/text/hints.ts"
import type { Paint } from "../../report/text/paint.ts"
import { caseCount, group, legend, type PrintedName, renderTable, reusedLegend } from "../../report/text/table.ts"
import type { CaseResult, CheckedCase, PropertyReport } from "../../suite/CheckCase.ts"
import { type Case, shortCaseIdOf } from "../../suite/Suite.ts"
import type { Request } from "../arguments.ts"
import { isIncomplete, isUndecided } from "../../suite/Baseline.ts"
import { plait } from "../invocation.ts"
import { visible } from "../../report/visible.ts"
import { printedSteps } from "../../trace/PrintedStep.ts"

/** The end of a run: after all its cases, by a signal, or by `--bail`. */
export type RunEnd = "whole" | "interrupted" | "bailed"

/** A run, as its report uses it. */
export interface Run {
  readonly request: Request
  readonly isExpected: (property: PropertyReport) => boolean
  readonly drift: ReadonlyArray<string>
  /** The cases to check. */
  readonly planned: ReadonlyArray<Case>
  /** The number of cases that could not be checked or that interfered with the process. */
  readonly failed: number
  readonly ended: RunEnd
  readonly elapsedMillis: number
  readonly paint: Paint
}

/** The whole text. */
export const report = (checked: ReadonlyArray<CheckedCase>, run: Run): string => {
  const { drift, isExpected, paint, planned, request } = run
  const results = checked.map(({ result }) => result)
  const isWhole = request.words.length === 0 || request.command === "verify"
  const reused = new Set(checked.filter(({ isReused = false }) => isReused).map(({ result }) => result))
  const traces = checked.flatMap((each) =>
    tracesOf(each, isWhole ? (property) => !isExpected(property) : () => true, run)
  )
  const sections = [
    renderTable(results, {
      isExpected,
      nameOf: (result) => nameOf(planned, result),
      isBrief: isWhole && !request.verbose,
      isReused: (result) => reused.has(result),
      tellsAsked: request.verbose,
      paint
    }),
    [legend(paint), ...(reused.size === 0 ? [] : [reusedLegend(reused.size, checked.length)])].join("\n"),
    ...traces,
    ...(traces.length > 0 && request.out === undefined ? ["--out FOLDER writes each trace as an ITF file."] : []),
    ...(drift.length === 0
      ? []
      : [
          [
            paint("bad", "differs from the baseline (plait verify -u accepts it):"),
            ...drift.map((each) => `  ${visible(each)}`)
          ].join("\n")
        ]),
    ...results.flatMap((result) => renderHints(result) ?? []),
    ...incompleteAdvice(results, run),
    ...(isWhole || run.ended !== "whole" ? [closing(results, run, reused.size)] : [])
  ]
  return `${sections.join("\n\n")}\n`
}

const nameOf = (planned: ReadonlyArray<Case>, { id }: CaseResult): PrintedName => {
  const suiteCase = planned.find((each) => each.id === id)
  if (suiteCase === undefined) return { name: id, leftOut: "" }
  const name = shortCaseIdOf(suiteCase.entry, suiteCase.values)
  const shown = new Set(name.slice(suiteCase.entry.name.length + 1).split(","))
  const settings = Object.entries(suiteCase.values).map(([parameter, value]) => `${parameter}=${value}`)
  return { name, leftOut: settings.filter((setting) => !shown.has(setting)).join(", ") }
}

const isTold = ({ verdict }: PropertyReport): boolean => verdict === "violated" || verdict === "failed"

const tracesOf = (
  { result, traces }: CheckedCase,
  isWanted: (property: PropertyReport) => boolean,
  { paint }: Run
): ReadonlyArray<string> =>
  result.properties
    .filter((property) => isTold(property) && isWanted(property))
    .map((property) => {
      const trace = traces.get(property.name)
      return renderCounterexample(result.id, property, trace === undefined ? [] : printedSteps(trace), { paint, plait })
    })

/** Advice after a search that a limit ended; none after a signal or `--bail`. */
const incompleteAdvice = (
  results: ReadonlyArray<CaseResult>,
  { ended, paint, request }: Run
): ReadonlyArray<string> => {
  const incomplete = results.filter(isIncomplete).length
  if (incomplete === 0 || ended !== "whole") return []
  const allowed = request.allowIncomplete
    ? "--allow-incomplete accepts this"
    : "raise the limit, or accept this with --allow-incomplete (otherwise exit code 3)"
  return [paint("open", `not explored to the end, so nothing is proved: ${caseCount(incomplete)}; ${allowed}`)]
}

/** The closing line, such as `83 cases: 301 of 301 properties as expected, no drift, 45.2 s`. */
const closing = (results: ReadonlyArray<CaseResult>, run: Run, reused: number): string => {
  const { drift, elapsedMillis, ended, isExpected, paint, planned } = run
  const properties = results.flatMap((result) => result.properties)
  const met = properties.filter(isExpected).length
  const undecided = properties.filter(isUndecided).length
  const incomplete = results.filter(isIncomplete).length
  const parts = [
    `${group(met)} of ${group(properties.length)} properties as expected`,
    ...(undecided === 0 ? [] : [`${group(undecided)} undecided`]),
    ...(incomplete === 0 ? [] : [`${group(incomplete)} incomplete`]),
    ...(run.failed === 0 ? [] : [`${group(run.failed)} failed`]),
    // A run that ended early was not compared.
    ...(ended !== "whole" ? [] : [drift.length === 0 ? "no drift" : `${group(drift.length)} drifts`]),
    `${(elapsedMillis / 1000).toFixed(1)} s`
  ]
  const place = `in case ${group(results.length)} of ${group(planned.length)}`
  const cases = {
    whole: `${caseCount(results.length)}${reused === 0 ? "" : `, ${group(reused)} of them cached`}`,
    interrupted: `interrupted ${place}`,
    bailed: `stopped at the first violation (--bail) ${place}`
  }[ended]
  const isUnmet = ended === "bailed" || met + undecided < properties.length || drift.length > 0 || run.failed > 0
  const isOpen = ended === "interrupted" || (!isUnmet && incomplete > 0)
  return paint(isOpen ? "open" : isUnmet ? "bad" : "good", `${cases}: ${parts.join(", ")}`)
}
