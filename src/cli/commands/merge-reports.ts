/**
 * `plait merge-reports`: merges the results of the shards of a run, and reports on them as one run.
 */
import { readFileSync } from "node:fs"
import { renderTable } from "../../report/text/table.ts"
import { missed, summaryOf } from "../../coverage/Coverage.ts"
import { mergeRunReports, parseRunReport, partsProblem } from "../../suite/RunReport.ts"
import { visible } from "../../report/visible.ts"
import { UsageError } from "../../suite/UsageError.ts"
import type { Request } from "../arguments.ts"
import { exitCodeOf, isExpected } from "../exit-code.ts"
import { chosenReporters, writeReports } from "../output/reporters.ts"
import { parseThresholds } from "../output/thresholds.ts"

/**
 * Runs the command: exit 1 if a property is not as expected, a case drifted or a threshold is missed, 3 if a search was
 * incomplete.
 */
export const mergeReports = async (request: Request): Promise<number> => {
  if (request.words.length === 0) {
    throw new UsageError({
      problem: "merge-reports needs the files of the parts",
      advice: "plait verify --shard 1/2 --reporter data=1.json writes one; plait merge-reports 1.json 2.json"
    })
  }
  const chosen = chosenReporters(request.reporters)
  const thresholds = request.threshold === undefined ? {} : parseThresholds(request.threshold)
  const files = request.words.map((path) => ({ path, report: parseRunReport(path, readFileSync(path, "utf8")) }))
  const problem = partsProblem(files)
  if (problem !== undefined) {
    throw new UsageError({ problem, advice: "plait merge-reports takes the files of all shards of one run, each once" })
  }
  for (const { path, report } of files) {
    const uncompared = report.part?.uncompared
    if (uncompared === undefined) continue
    const reason = `${path} may be of another state of the source than the others: ${uncompared}`
    process.stderr.write(`plait: ${visible(reason)}, which may differ in another run\n`)
  }
  const report = mergeRunReports(files.map((file) => file.report))
  const results = report.cases.map(({ result }) => result)
  const lacking = missed(summaryOf(report.cases.map(({ coverage }) => coverage)), thresholds)
  const print = (text: string): void => void process.stdout.write(text)
  print(`${renderTable(results, { isExpected, nameOf: ({ id }) => ({ name: id, leftOut: "" }) })}\n`)
  for (const sentence of [...report.drift, ...lacking]) print(`${visible(sentence)}\n`)
  await writeReports(chosen, { report, baseline: request.baseline ?? "reports/baseline.json" }, print)
  return exitCodeOf(results, report.drift.length + lacking.length > 0, request.allowIncomplete)
}
