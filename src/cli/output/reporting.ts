/**
 * Reports and thresholds of a run. The module is loaded only on request, so that a plain check starts no slower.
 */
import { missed, summaryOf } from "../../coverage/Coverage.ts"
import type { CheckedCase, PropertyReport } from "../../suite/CheckCase.ts"
import type { Case } from "../../suite/Suite.ts"
import type { RunPart } from "../../suite/RunReport.ts"
import type { Request } from "../arguments.ts"
import { chosenReporters, writeReports } from "./reporters.ts"
import { runReportOf } from "./run-report.ts"
import { parseThresholds } from "./thresholds.ts"

/** A finished run. */
export interface FinishedRun {
  readonly cases: ReadonlyArray<Case>
  readonly checked: ReadonlyArray<CheckedCase>
  readonly drift: ReadonlyArray<string>
  readonly isExpected: (property: PropertyReport) => boolean
  readonly baseline: string
  readonly part: RunPart | undefined
}

/** The outputs of a run: missed thresholds, a sentence each, and its reports, which are written last. */
export interface Reporting {
  readonly missed: ReadonlyArray<string>
  readonly write: (print: (text: string) => void) => Promise<void>
}

/** Reads the requested reporters and thresholds before the run. Throws `UsageError`. */
export const reportingOf = ({ reporters, threshold }: Request): ((run: FinishedRun) => Reporting) => {
  const chosen = chosenReporters(reporters)
  const thresholds = threshold === undefined ? {} : parseThresholds(threshold)
  return ({ baseline, cases, checked, drift, isExpected, part }) => {
    const report = runReportOf(cases, checked, drift, isExpected, part)
    return {
      missed: missed(summaryOf(report.cases.map(({ coverage }) => coverage)), thresholds),
      write: (print) => writeReports(chosen, { report, baseline }, print)
    }
  }
}
