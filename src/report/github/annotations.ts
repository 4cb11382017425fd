/**
 * GitHub's workflow commands: a line for each issue, which GitHub turns into an annotation of the line that it names.
 *
 * Source: GitHub's documentation, "Workflow commands for GitHub Actions". GitHub shows ten annotations of a kind for
 * each step. If there are more, the tenth gives their number and place.
 */
import type { RunReport } from "../../suite/RunReport.ts"
import { visibleIn } from "../visible.ts"
import { type Issue, issuesOf } from "../issues.ts"

const SHOWN = 10

const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C")

/** The commands, a line each; no text if there are no issues. */
export const renderAnnotations = (report: RunReport): string => {
  const issues = visibleIn(issuesOf(report))
  const shown = issues.length > SHOWN ? issues.slice(0, SHOWN - 1) : issues
  const rest = issues.length - shown.length
  const more =
    rest === 0
      ? []
      : [`::${levelOf(issues.slice(shown.length))} title=plait::${rest} more findings: see the job's summary`]
  return [...shown.map(commandOf), ...more].map((line) => `${line}\n`).join("")
}

/** The level of several issues in one: an error if one of them is an error. */
const levelOf = (issues: ReadonlyArray<Issue>): Issue["level"] =>
  issues.some(({ level }) => level === "error") ? "error" : "warning"

const commandOf = ({ because, level, place, rule, sentence, steps }: Issue): string => {
  const where = place === undefined ? "" : `file=${property(place.file)},line=${place.line},col=${place.column},`
  const lines = [sentence, ...steps.map(({ label, number }) => `${number}  ${label}`), because]
  return `::${level} ${where}title=${property(rule)}::${data(lines.filter((line) => line !== "").join("\n"))}`
}
