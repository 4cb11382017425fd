/**
 * Reports and thresholds of a run: loaded only where one was asked for, so that a plain check starts no slower.
 */
import { missed, summaryOf } from "../../coverage/Coverage.ts"
import type { CheckedCase, PropertyReport } from "../../suite/CheckCase.ts"
import type { Case } from "../../suite/Suite.ts"
import type { RunPart } from "../../suite/RunReport.ts"
import type { Request } from "../arguments.ts"
import { chosenReporters, writeReports } from "./reporters.ts"
import { runReportOf } from "./run-report.ts"
import { parseThresholds } from "./thresholds.ts"

/** A run that is over. */
export interface FinishedRun {
  readonly cases: ReadonlyArray<Case>
  readonly checked: ReadonlyArray<CheckedCase>
  readonly drift: ReadonlyArray<string>
  readonly isExpected: (property: PropertyReport) => boolean
  readonly baseline: string
  readonly part: RunPart | undefined
}

/** What comes of a run: thresholds that it missed, a sentence each, and its reports, to be written last. */
export interface Reporting {
  readonly missed: ReadonlyArray<string>
  readonly write: (print: (text: string) => void) => Promise<void>
}

/** Reads what was asked for, before anything runs. Throws `UsageError`. */
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
