/**
 * GitHub's job summary, in Markdown: what needs somebody to look at it with its traces in folds, then the systems with
 * their counts, then what was never taken.
 *
 * Source: GitHub's documentation, "Adding a job summary": at most 1 MiB for each step. Traces are left out, and counted,
 * where the text would be longer.
 */
import { neverTakenFirst, percentText, summaryOf } from "../../coverage/Coverage.ts"
import type { CellResult, PropertyReport } from "../../suite/CheckCell.ts"
import type { ReportedCell, RunReport } from "../../suite/RunReport.ts"
import { visibleIn } from "../visible.ts"
import { type Finding, findingsOf } from "../findings.ts"
import { renderSteps } from "../text/counterexample.ts"
import { group } from "../text/table.ts"

const LARGEST = 1_000_000

/** The whole summary. */
export const renderSummary = (run: RunReport): string => {
  const report = visibleIn(run)
  const findings = findingsOf(report)
  const { cells } = report
  const properties = cells.flatMap(({ result }) => result.properties).length
  const unmet = cells.flatMap((cell) => cell.unmet).length
  const undecided = cells.flatMap(({ result }) => result.properties.filter(isUndecided)).length
  const incomplete = cells.filter(({ result }) => isIncomplete(result)).length
  const sign = findings.some(({ level }) => level === "error") ? "✗" : incomplete > 0 ? "◐" : "✓"
  const coverage = summaryOf(cells.map((cell) => cell.coverage))
  const head = [
    `## ${sign} plait: ${group(properties - unmet)} of ${group(properties)} properties as expected`,
    "",
    `${counted(cells.length, "cell")}, ${report.drift.length === 0 ? "no drift" : counted(report.drift.length, "drift")}` +
      `${undecided === 0 ? "" : `, ${counted(undecided, "property", "properties")} not decided`}` +
      `${incomplete === 0 ? "" : `, ${counted(incomplete, "search", "searches")} incomplete`}. ` +
      `Covered: actions ${percentText(coverage.actions)}, guards ${percentText(coverage.guards)}, ` +
      `premises ${percentText(coverage.premises)}, situations ${percentText(coverage.situations)}.`
  ]
  const tail = [...never(cells), ...table(cells)]
  const room = LARGEST - [...head, ...tail].join("\n").length
  return `${[...head, ...told(findings, room), ...tail].join("\n")}\n`
}

const isUndecided = ({ verdict }: PropertyReport): boolean => verdict === "inconclusive"

const isIncomplete = ({ complete, properties }: CellResult): boolean => !complete || properties.some(isUndecided)

const counted = (count: number, one: string, several = `${one}s`): string =>
  `${group(count)} ${count === 1 ? one : several}`

const told = (findings: ReadonlyArray<Finding>, room: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let used = 0
  for (const [index, finding] of findings.entries()) {
    const next = findingLines(finding)
    used += next.join("\n").length
    if (used > room)
      return [...lines, "", `${findings.length - index} more are left out: the summary would be too long.`]
    lines.push(...next)
  }
  return lines
}

const findingLines = ({ because, level, replay, sentence, steps }: Finding): ReadonlyArray<string> => {
  const heading = [
    "",
    `- ${level === "error" ? "✗" : "◐"} ${escaped(sentence)}${because === "" ? "" : `: ${escaped(because.replaceAll("\n", " "))}`}`
  ]
  if (steps.length === 0) return heading
  const again = replay === undefined ? [] : [replay]
  return [
    ...heading,
    `  <details><summary>${counted(steps.length, "step")}</summary>`,
    "",
    "  ```text",
    ...[...renderSteps(steps), ...again].map((line) => `  ${line}`),
    "  ```",
    "",
    "  </details>"
  ]
}

const never = (cells: ReadonlyArray<ReportedCell>): ReadonlyArray<string> => {
  const lines = cells.flatMap(({ coverage }) => {
    const actions = neverTakenFirst(coverage.actions).filter(({ taken }) => taken === 0)
    return actions.length === 0 ? [] : [`- ${coverage.id}: ${actions.map(({ name }) => escaped(name)).join(", ")}`]
  })
  return lines.length === 0 ? [] : ["", "### Never taken", "", ...lines]
}

const table = (cells: ReadonlyArray<ReportedCell>): ReadonlyArray<string> => [
  "",
  `<details><summary>${counted(cells.length, "system")}</summary>`,
  "",
  "| system | states | transitions | depth | actions | asked in, least | as expected |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
  ...cells.map(({ coverage, result, unmet }) => {
    const { actions } = summaryOf([coverage])
    const met = `${result.properties.length - unmet.length}/${result.properties.length}`
    const states = `${group(result.distinct)}${result.complete ? "" : "…"}`
    const taken = `${actions.covered}/${actions.total}`
    return `| ${escaped(result.id)} | ${states} | ${group(result.transitions)} | ${result.depth} | ${taken} | ${leastAsked(result)} | ${met} |`
  }),
  "",
  "Asked in, least: the fewest states or steps in which a claim that holds had something to say; 0 would be vacuous.",
  "",
  "</details>"
]

const leastAsked = ({ properties }: CellResult): string => {
  const counts = properties.filter(({ verdict }) => verdict === "holds").map(({ checked }) => checked)
  return counts.length === 0 ? "n/a" : group(Math.min(...counts))
}

const escaped = (text: string): string => text.replace(/[\\|<>*_`]/g, (sign) => `\\${sign}`)
