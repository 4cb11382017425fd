/**
 * GitHub's job summary, in Markdown: the issues with their traces in folds, then the systems with their counts, then
 * the actions that were never taken.
 *
 * Source: GitHub's documentation, "Adding a job summary": at most 1 MiB for each step. If the text would be longer,
 * traces are left out, and counted.
 */
import { neverTakenFirst, percentText, summaryOf } from "../../coverage/Coverage.ts"
import type { CaseResult, PropertyReport } from "../../suite/CheckCase.ts"
import type { ReportedCase, RunReport } from "../../suite/RunReport.ts"
import { visibleIn } from "../visible.ts"
import { type Issue, issuesOf } from "../issues.ts"
import { renderSteps } from "../text/counterexample.ts"
import { group } from "../text/table.ts"

const LARGEST = 1_000_000

/** The whole summary. */
export const renderSummary = (run: RunReport): string => {
  const report = visibleIn(run)
  const issues = issuesOf(report)
  const { cases } = report
  const properties = cases.flatMap(({ result }) => result.properties).length
  const unmet = cases.flatMap((suiteCase) => suiteCase.unmet).length
  const undecided = cases.flatMap(({ result }) => result.properties.filter(isUndecided)).length
  const incomplete = cases.filter(({ result }) => isIncomplete(result)).length
  const sign = issues.some(({ level }) => level === "error") ? "✗" : incomplete > 0 ? "◐" : "✓"
  const coverage = summaryOf(cases.map((suiteCase) => suiteCase.coverage))
  const head = [
    `## ${sign} plait: ${group(properties - unmet)} of ${group(properties)} properties as expected`,
    "",
    `${counted(cases.length, "case")}, ${report.drift.length === 0 ? "no drift" : counted(report.drift.length, "drift")}` +
      `${undecided === 0 ? "" : `, ${counted(undecided, "property", "properties")} not decided`}` +
      `${incomplete === 0 ? "" : `, ${counted(incomplete, "search", "searches")} incomplete`}. ` +
      `Covered: actions ${percentText(coverage.actions)}, guards ${percentText(coverage.guards)}, ` +
      `premises ${percentText(coverage.premises)}, reachability ${percentText(coverage.reachability)}.`
  ]
  const tail = [...never(cases), ...table(cases)]
  const room = LARGEST - [...head, ...tail].join("\n").length
  return `${[...head, ...told(issues, room), ...tail].join("\n")}\n`
}

const isUndecided = ({ verdict }: PropertyReport): boolean => verdict === "inconclusive"

const isIncomplete = ({ complete, properties }: CaseResult): boolean => !complete || properties.some(isUndecided)

const counted = (count: number, one: string, several = `${one}s`): string =>
  `${group(count)} ${count === 1 ? one : several}`

const told = (issues: ReadonlyArray<Issue>, room: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let used = 0
  for (const [index, issue] of issues.entries()) {
    const next = issueLines(issue)
    used += next.join("\n").length
    if (used > room) return [...lines, "", `${issues.length - index} more are left out: the summary would be too long.`]
    lines.push(...next)
  }
  return lines
}

const issueLines = ({ because, level, replay, sentence, steps }: Issue): ReadonlyArray<string> => {
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

const never = (cases: ReadonlyArray<ReportedCase>): ReadonlyArray<string> => {
  const lines = cases.flatMap(({ coverage }) => {
    const actions = neverTakenFirst(coverage.actions).filter(({ taken }) => taken === 0)
    return actions.length === 0 ? [] : [`- ${coverage.id}: ${actions.map(({ name }) => escaped(name)).join(", ")}`]
  })
  return lines.length === 0 ? [] : ["", "### Never taken", "", ...lines]
}

const table = (cases: ReadonlyArray<ReportedCase>): ReadonlyArray<string> => [
  "",
  `<details><summary>${counted(cases.length, "system")}</summary>`,
  "",
  "| system | states | transitions | depth | actions | checked in, least | as expected |",
  "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
  ...cases.map(({ coverage, result, unmet }) => {
    const { actions } = summaryOf([coverage])
    const met = `${result.properties.length - unmet.length}/${result.properties.length}`
    const states = `${group(result.distinct)}${result.complete ? "" : "…"}`
    const taken = `${actions.covered}/${actions.total}`
    return `| ${escaped(result.id)} | ${states} | ${group(result.transitions)} | ${result.depth} | ${taken} | ${leastAsked(result)} | ${met} |`
  }),
  "",
  "Checked in, least: the fewest states or steps in which a property that holds was checked; 0 would be vacuous.",
  "",
  "</details>"
]

const leastAsked = ({ properties }: CaseResult): string => {
  const counts = properties.filter(({ verdict }) => verdict === "holds").map(({ checked }) => checked)
  return counts.length === 0 ? "n/a" : group(Math.min(...counts))
}

const escaped = (text: string): string => text.replace(/[\\|<>*_`]/g, (sign) => `\\${sign}`)
