/**
 * `plait matrix`: explores the cases that judge designs, and prints the guarantees of each design. The whole guarantee
 * matrix is stored as reports/matrix.json and reports/matrix.md. A difference from matrix.json is drift.
 */
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Effect } from "effect"
import { renderMatrixMarkdown } from "../../report/markdown/matrix.ts"
import { renderMatrix } from "../../report/text/matrix.ts"
import { isIncomplete } from "../../suite/Baseline.ts"
import { checkCase } from "../../suite/CheckCase.ts"
import {
  type Guarantee,
  keptMatrix,
  type Matrix,
  matrixDrift,
  matrixOf,
  type PlacedResult
} from "../../suite/Matrix.ts"
import { type Case, selectCases } from "../../suite/Suite.ts"
import { UsageError } from "../../suite/UsageError.ts"
import type { Request } from "../arguments.ts"
import { openProject, shippedConfig } from "../config.ts"
import { makeFolder, writeAtomically } from "../output/files.ts"
import { listen } from "../run/interruption.ts"
import { plait } from "../invocation.ts"
import { visible } from "../../report/visible.ts"
import { limitsOf } from "../run/limits.ts"
import { explainedInCase, faults } from "../run/own-process.ts"
import { type Measured, ProgressReport, standardError } from "../output/progress.ts"

/** The width of a table that is not printed to a terminal. */
const assumedColumns = 100

const placed = (cases: ReadonlyArray<Case>) =>
  cases.flatMap((suiteCase) => {
    const place = suiteCase.entry.place(suiteCase.values)
    return place === undefined ? [] : [{ suiteCase, place }]
  })

/**
 * Runs the command: exit 1 if the implications are contradicted or the matrix has drifted, 3 if a search was
 * incomplete.
 */
export const matrix = async (request: Request): Promise<number> => {
  const project = await openProject(request)
  const columns = project.guarantees ?? (await shippedConfig()).guarantees ?? []
  const chosen = placed(selectCases(project.entries, request.words, request.sets, request.deep))
  if (chosen.length === 0) {
    throw new UsageError({
      problem: "no case of the guarantee matrix matched",
      advice: "A case belongs to it if its entry has a `place`; plait list shows the models."
    })
  }
  const interruption = listen()
  const results = await judged(chosen, request, interruption.signal)
  const found = matrixOf(results, columns)
  const interrupted = interruption.exitCode()
  const isWhole =
    request.words.length === 0 && request.sets.length === 0 && interrupted === undefined && faults().length === 0
  const drift = isWhole ? reconcile(found, columns, project.baseline, request.update) : []
  const isOpen = !request.allowIncomplete && results.some(({ result }) => isIncomplete(result))
  const exitCode = interrupted ?? (found.contradictions.length + drift.length > 0 ? 1 : isOpen ? 3 : 0)
  process.stdout.write(`${text(found, columns, request, exitCode, drift)}\n`)
  return exitCode
}

const judged = async (
  chosen: ReturnType<typeof placed>,
  request: Request,
  signal: AbortSignal
): Promise<ReadonlyArray<PlacedResult>> => {
  const results: Array<PlacedResult> = []
  const progress = new ProgressReport(standardError(request.progressIntervalSeconds))
  for (const { suiteCase, place } of chosen) {
    if (signal.aborted) break
    const onProgress = (measured: Measured): void => progress.tell(suiteCase.id, measured)
    const options = { limits: limitsOf(request), signal, onProgress }
    const checked = await explainedInCase(suiteCase.id, () => Effect.runPromise(checkCase(suiteCase, options)))
    if (checked !== undefined) results.push({ place, result: checked.result })
  }
  progress.clear()
  return results
}

const text = (
  found: Matrix,
  columns: ReadonlyArray<Guarantee>,
  request: Request,
  exitCode: number,
  drift: ReadonlyArray<string>
): string => {
  if (request.json) return JSON.stringify({ schema: "plait/matrix@2", exitCode, drift, ...found })
  if (request.markdown) return renderMatrixMarkdown(found, columns, plait)
  return [
    renderMatrix(found, columns, process.stdout.columns || assumedColumns),
    ...section("contradictions (a model, a property or plait is wrong):", found.contradictions),
    ...section("differs from matrix.json (plait matrix -u accepts it):", drift)
  ].join("\n")
}

const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${visible(line)}`)]

/**
 * Compares with the stored matrix. Stores the result instead if it is accepted, or if no matrix is stored yet outside
 * CI.
 */
const reconcile = (
  found: Matrix,
  columns: ReadonlyArray<Guarantee>,
  baseline: string,
  isAccepted: boolean
): ReadonlyArray<string> => {
  const folder = dirname(baseline)
  const path = join(folder, "matrix.json")
  const isKept = existsSync(path)
  const isDecided = found.rows.every((row) => row.guarantees.every(({ verdict }) => verdict !== "inconclusive"))
  if (isDecided && (isAccepted || (!isKept && process.env["CI"] === undefined))) {
    makeFolder(folder)
    writeAtomically(path, `${JSON.stringify(keptMatrix(found), undefined, 1)}\n`)
    writeAtomically(join(folder, "matrix.md"), renderMatrixMarkdown(found, columns, plait))
    return []
  }
  if (!isKept) return [`${path} does not exist; run plait matrix -u and commit it`]
  return matrixDrift(readFileSync(path, "utf8"), path, found)
}
