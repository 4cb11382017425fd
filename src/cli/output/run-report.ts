/**
 * Converts a run into the data that reports are made of: results, the lines that they cover, and the steps of their
 * traces.
 */
import type { CheckedCase, PropertyReport } from "../../suite/CheckCase.ts"
import { coverageOf, type ReportedCase, type RunPart, type RunReport } from "../../suite/RunReport.ts"
import type { Case } from "../../suite/Suite.ts"
import { Declared } from "../run/declarations.ts"
import { plait } from "../invocation.ts"
import { printedSteps } from "../../trace/PrintedStep.ts"

/** The run as data. */
export const runReportOf = (
  cases: ReadonlyArray<Case>,
  checked: ReadonlyArray<CheckedCase>,
  drift: ReadonlyArray<string>,
  isExpected: (property: PropertyReport) => boolean,
  part?: RunPart
): RunReport => {
  const declared = new Declared()
  const reported = checked.flatMap(({ result, traces }): ReadonlyArray<ReportedCase> => {
    const suiteCase = cases.find(({ id }) => id === result.id)
    if (suiteCase === undefined) return []
    return [
      {
        result,
        coverage: coverageOf(result, declared.of(suiteCase)),
        steps: Object.fromEntries([...traces].map(([property, trace]) => [property, printedSteps(trace)])),
        unmet: result.properties.filter((property) => !isExpected(property)).map(({ name }) => name)
      }
    ]
  })
  declared.close()
  return { schema: "plait/report@2", plait, ...(part === undefined ? {} : { part }), cases: reported, drift }
}
