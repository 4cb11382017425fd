/**
 * The code quality report of GitLab: an issue for each violation, drift or undecided property, shown in the merge
 * request beside its line.
 *
 * Source: GitLab's documentation, "Code Quality", the report's format: description, check_name, fingerprint, severity,
 * location.path, location.lines.begin. Every issue needs a path: one without a line is placed at the first line of the
 * baseline. Traces are in the JUnit report, which GitLab shows too.
 */
import type { RunReport } from "../../suite/RunReport.ts"
import { visibleIn } from "../visible.ts"
import { type Issue, issuesOf } from "../issues.ts"

/** The whole document. `baseline` is the path of issues without a place. */
export const renderGitlab = (report: RunReport, baseline: string): string =>
  `${JSON.stringify(
    visibleIn(issuesOf(report)).map((issue) => issueOf(issue, baseline)),
    undefined,
    2
  )}\n`

const issueOf = ({ because, fingerprint, level, place, rule, sentence }: Issue, baseline: string) => ({
  description: because === "" ? sentence : `${sentence}. ${because}`,
  check_name: rule,
  fingerprint,
  severity: level === "warning" || rule === "baseline" ? "major" : "critical",
  location: { path: place?.file ?? baseline, lines: { begin: place?.line ?? 1 } }
})
