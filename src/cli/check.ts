/**
 * `plait check` and `plait verify`: explores cells, compares them with the baseline, prints what was found.
 */
import { Effect } from "effect"
import { hopedFor, meets, outcomeOf } from "../suite/Baseline.ts"
import type { Baseline } from "../suite/Baseline.ts"
import { type CellResult, checkCell, type CheckedCell, type PropertyReport } from "../suite/CheckCell.ts"
import { parseShard, shardOf } from "../suite/Shard.ts"
import { type Cell, selectCells } from "../suite/Suite.ts"
import { UsageError } from "../suite/UsageError.ts"
import type { Request } from "./arguments.ts"
import { readBaseline, reconcile, refuseStrangers } from "./baseline.ts"
import { paintOfOutput } from "./colour.ts"
import { openProject, type Project } from "./config.ts"
import { makeFolder, writeTraces } from "./files.ts"
import { listen } from "./interruption.ts"
import { limitsOf } from "./limits.ts"
import { ProgressReport, standardError } from "./progress.ts"
import { report } from "./report.ts"

/** Runs the command; the exit code. */
export const check = async (request: Request): Promise<number> => {
  const project = await openProject(request)
  const isReported = request.reporters.length > 0 || request.threshold !== undefined
  const reporting = isReported ? (await import("./reporting.ts")).reportingOf(request) : undefined
  const cells = cellsFor(project, request)
  if (cells.length === 0) throw new UsageError({ problem: "no cell matched", advice: "plait list shows them all" })
  if (request.command === "verify" || request.update) refuseStrangers(project.entries, cells)
  const baseline = readBaseline(project.baseline)
  if (request.out !== undefined) makeFolder(request.out)
  const interruption = listen()
  const started = performance.now()
  const checked = await checkAll(cells, baseline, request, interruption.signal)
  const results = checked.map(({ result }) => result)
  const interrupted = interruption.exitCode()
  const drift = interrupted === undefined ? reconcile(request, project, baseline, results) : []
  const unmet = results.flatMap(({ properties }) => properties.filter((property) => !isExpected(property))).length
  const isIncomplete = results.some(({ complete }) => !complete)
  const reports = reporting?.({ cells, checked, drift, isExpected, baseline: project.baseline })
  const lacking = reports?.missed ?? []
  const failures = unmet + drift.length + lacking.length
  const exitCode = interrupted ?? exitCodeOf(failures, isIncomplete && request.failOnIncomplete)
  const print = (text: string): void => void (request.json ? process.stderr : process.stdout).write(text)
  if (request.json) {
    process.stdout.write(`${JSON.stringify({ schema: "plait/check@1", exitCode, drift, cells: results })}\n`)
  } else {
    const elapsedMillis = performance.now() - started
    process.stdout.write(
      report(checked, {
        request,
        isExpected,
        drift,
        planned: cells,
        interrupted: interrupted !== undefined,
        elapsedMillis,
        paint: paintOfOutput()
      })
    )
  }
  for (const sentence of lacking) print(`${sentence}\n`)
  await reports?.write(print)
  return exitCode
}

/** The cells that were asked for; of a shard its part of them. */
const cellsFor = (project: Project, { deep, sets, shard, words }: Request): ReadonlyArray<Cell> => {
  const cells = selectCells(project.entries, words, sets, deep)
  return shard === undefined ? cells : shardOf(cells, parseShard(shard))
}

const exitCodeOf = (unmet: number, incomplete: boolean): number => (unmet > 0 ? 1 : incomplete ? 3 : 0)

const checkAll = async (
  cells: ReadonlyArray<Cell>,
  baseline: Baseline,
  request: Request,
  signal: AbortSignal
): Promise<ReadonlyArray<CheckedCell>> => {
  const progress = new ProgressReport(standardError(request.progressIntervalSeconds))
  const checked: Array<CheckedCell> = []
  for (const [index, cell] of cells.entries()) {
    if (signal.aborted) break
    const name = cells.length === 1 ? cell.id : `${index + 1}/${cells.length} ${cell.id}`
    const outcome = await Effect.runPromise(
      checkCell(cell, {
        limits: limitsOf(request),
        signal,
        checkDeterminism: request.checkDeterminism,
        onProgress: (measured) => progress.tell(name, measured)
      })
    )
    const files =
      request.out === undefined ? new Map<string, string>() : writeTraces(request.out, cell.id, outcome.traces)
    checked.push({ ...outcome, result: expecting(outcome.result, baseline, files, request.update) })
  }
  progress.clear()
  return checked
}

/** A result with what was expected of it; when accepting, that is what was found. */
const expecting = (
  result: CellResult,
  baseline: Baseline,
  files: ReadonlyMap<string, string>,
  accepting: boolean
): CellResult => ({
  ...result,
  properties: result.properties.map((property) => ({
    ...property,
    expected: accepting
      ? outcomeOf(property)
      : (baseline[result.id]?.properties[property.name] ?? hopedFor(property.kind)),
    counterexample:
      property.counterexample === null ? null : { ...property.counterexample, itf: files.get(property.name) ?? null }
  }))
})

/** Expected, or not decided because a limit ended the search, which is never a failed expectation by itself. */
export const isExpected = (property: PropertyReport): boolean =>
  property.verdict === "inconclusive" || meets(property, property.expected ?? hopedFor(property.kind))
