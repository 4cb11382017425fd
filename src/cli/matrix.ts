/**
 * `plait matrix`: explores the cells that judge designs, and prints which guarantees each design gives. The whole matrix
 * is kept as reports/matrix.json and reports/matrix.md; where it differs from the former, that is drift.
 */
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Effect } from "effect"
import { renderMatrixMarkdown } from "../../reports/markdown/matrix.ts"
import { renderMatrix } from "../../reports/text/matrix.ts"
import { guarantees } from "../catalogue/guarantees.ts"
import { catalogue } from "../catalogue/index.ts"
import { checkCell } from "../suite/CheckCell.ts"
import { type Matrix, matrixDrift, matrixOf, type PlacedResult } from "../suite/Matrix.ts"
import { type Cell, selectCells } from "../suite/Suite.ts"
import { UsageError } from "../suite/UsageError.ts"
import type { Request } from "./arguments.ts"
import { writeAtomically } from "./files.ts"
import { type Measured, ProgressReport, standardError } from "./progress.ts"

const placed = (cells: ReadonlyArray<Cell>) =>
  cells.flatMap((cell) => {
    const place = cell.entry.place(cell.values)
    return place === undefined ? [] : [{ cell, place }]
  })

/** Runs the command; exit 1 where the implications are contradicted or the matrix has drifted. */
export const matrix = async (request: Request): Promise<number> => {
  const chosen = placed(selectCells(catalogue, request.words, request.sets, request.deep))
  if (chosen.length === 0) throw new UsageError({ problem: "no cell of the matrix matched", advice: "plait matrix" })
  const results: Array<PlacedResult> = []
  const progress = new ProgressReport(standardError(request.progressIntervalSeconds))
  for (const { cell, place } of chosen) {
    const onProgress = (measured: Measured): void => progress.tell(cell.id, measured)
    const { result } = await Effect.runPromise(checkCell(cell, { onProgress }))
    results.push({ place, result })
  }
  progress.clear()
  const found = matrixOf(results, guarantees)
  const isWhole = request.words.length === 0 && request.sets.length === 0
  const drift = isWhole ? reconcile(found, request) : []
  const exitCode = found.contradictions.length + drift.length > 0 ? 1 : 0
  process.stdout.write(request.json ? `${document(found, exitCode, drift)}\n` : `${shown(found, request, drift)}\n`)
  return exitCode
}

const document = (found: Matrix, exitCode: number, drift: ReadonlyArray<string>): string =>
  JSON.stringify({ schema: "plait/matrix@1", exitCode, drift, ...found })

const shown = (found: Matrix, { markdown }: Request, drift: ReadonlyArray<string>): string =>
  markdown
    ? renderMatrixMarkdown(found, guarantees)
    : [
        renderMatrix(found, guarantees),
        ...section("contradictions (a model, a property or plait is wrong):", found.contradictions),
        ...section("not as reports/matrix.json says (plait matrix -u accepts it):", drift)
      ].join("\n")

const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)]

/** Compares with what is kept, or keeps what was found: where it is accepted, or nothing is kept yet outside CI. */
const reconcile = (found: Matrix, request: Request): ReadonlyArray<string> => {
  const folder = dirname(request.baseline ?? "reports/baseline.json")
  const path = join(folder, "matrix.json")
  const isKept = existsSync(path)
  if (request.update || (!isKept && process.env["CI"] === undefined)) {
    writeAtomically(path, `${JSON.stringify({ schema: "plait/matrix@1", rows: found.rows }, undefined, 1)}\n`)
    writeAtomically(join(folder, "matrix.md"), renderMatrixMarkdown(found, guarantees))
    return []
  }
  if (!isKept) return [`${path} is not there; run plait matrix -u and commit it`]
  return matrixDrift(readFileSync(path, "utf8"), path, found)
}
