/**
 * A run put into the form that reports are made of: results, what they cover on which lines, and their traces' steps.
 */
import type { CheckedCell, PropertyReport } from "../../suite/CheckCell.ts"
import { coverageOf, type ReportedCell, type RunPart, type RunReport } from "../../suite/RunReport.ts"
import type { Cell } from "../../suite/Suite.ts"
import { Declared } from "../run/declarations.ts"
import { plait } from "../invocation.ts"
import { printedSteps } from "../../trace/PrintedStep.ts"

/** The run as data. */
export const runReportOf = (
  cells: ReadonlyArray<Cell>,
  checked: ReadonlyArray<CheckedCell>,
  drift: ReadonlyArray<string>,
  isExpected: (property: PropertyReport) => boolean,
  part?: RunPart
): RunReport => {
  const declared = new Declared()
  const reported = checked.flatMap(({ result, traces }): ReadonlyArray<ReportedCell> => {
    const cell = cells.find(({ id }) => id === result.id)
    if (cell === undefined) return []
    return [
      {
        result,
        coverage: coverageOf(result, declared.of(cell)),
        steps: Object.fromEntries([...traces].map(([property, trace]) => [property, printedSteps(trace)])),
        unmet: result.properties.filter((property) => !isExpected(property)).map(({ name }) => name)
      }
    ]
  })
  declared.close()
  return { schema: "plait/report@1", plait, ...(part === undefined ? {} : { part }), cells: reported, drift }
}
