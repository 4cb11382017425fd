/**
 * `plait check` and `plait verify`: explores cells, compares them with the baseline, prints what was found.
 */
import { existsSync, readFileSync } from "node:fs"
import { Effect } from "effect"
import { renderCounterexample } from "../../reports/text/counterexample.ts"
import { legend, renderTable } from "../../reports/text/table.ts"
import { catalogue } from "../catalogue/index.ts"
import {
  type Baseline,
  driftOf,
  hopedFor,
  meets,
  outcomeOf,
  parseBaseline,
  pin,
  printBaseline
} from "../suite/Baseline.ts"
import { type CellResult, checkCell, type CheckedCell, type PropertyReport } from "../suite/CheckCell.ts"
import { type Cell, cellsOf, selectCells, UsageError } from "../suite/Suite.ts"
import type { Request } from "./arguments.ts"
import { makeFolder, writeAtomically, writeTraces } from "./files.ts"
import { printedSteps } from "./printed-steps.ts"
import { progressOf } from "./progress.ts"

/** Runs the command; the exit code. */
export const check = async (request: Request): Promise<number> => {
  const verifying = request.command === "verify"
  const cells = selectCells(catalogue, request.words, request.sets, request.deep)
  if (cells.length === 0) throw new UsageError({ problem: "no cell matched", advice: "plait list shows them all" })
  const baseline = readBaseline(request.baseline)
  if (request.out !== undefined) makeFolder(request.out)
  const stop = new AbortController()
  process.once("SIGINT", () => stop.abort())
  process.once("SIGTERM", () => stop.abort())
  const checked: Array<CheckedCell> = []
  for (const cell of cells) {
    if (stop.signal.aborted) break
    const outcome = await exploreCell(cell, request, stop.signal)
    const files = request.out === undefined ? new Map<string, string>() : writeTraces(request.out, outcome)
    checked.push({ ...outcome, result: expecting(outcome.result, baseline, files, request.update) })
  }
  const results = checked.map(({ result }) => result)
  const drift = stop.signal.aborted ? [] : reconcile(request, verifying, baseline, results)
  const unexpected = results.flatMap((result) =>
    result.properties.filter((property) => !isExpected(result, property)).map((property) => ({ result, property }))
  )
  const incomplete = results.some(({ complete }) => !complete)
  const exitCode = stop.signal.aborted
    ? 130
    : exitCodeOf(unexpected.length + drift.length, incomplete && request.failOnIncomplete)
  if (request.json) {
    process.stdout.write(`${JSON.stringify({ schema: "plait/check@1", exitCode, drift, cells: results })}\n`)
    return exitCode
  }
  const told = verifying
    ? unexpected
    : results.flatMap((result) => result.properties.map((property) => ({ result, property })))
  process.stdout.write(report(checked, told, drift, stop.signal.aborted))
  return exitCode
}

const exitCodeOf = (unmet: number, incomplete: boolean): number => (unmet > 0 ? 1 : incomplete ? 3 : 0)

const exploreCell = async (cell: Cell, request: Request, signal: AbortSignal): Promise<CheckedCell> => {
  const progress = progressOf(cell.id)
  const limits = {
    ...(request.maxStates === undefined ? {} : { states: request.maxStates }),
    ...(request.maxDepth === undefined ? {} : { depth: request.maxDepth }),
    ...(request.timeoutSeconds === undefined ? {} : { timeMillis: 1000 * request.timeoutSeconds }),
    ...(request.memoryMebibytes === undefined ? {} : { memoryBytes: request.memoryMebibytes * 2 ** 20 })
  }
  const { checkDeterminism } = request
  try {
    return await Effect.runPromise(
      checkCell(cell, { limits, signal, checkDeterminism, onProgress: progress.onProgress })
    )
  } finally {
    progress.done()
  }
}

/** The baseline at a path; empty where there is none. Throws `BaselineUnreadable`. */
export const readBaseline = (path: string): Baseline =>
  existsSync(path) ? parseBaseline(path, readFileSync(path, "utf8")) : {}

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
const isExpected = (_result: CellResult, property: PropertyReport): boolean =>
  property.verdict === "inconclusive" || meets(property, property.expected ?? hopedFor(property.kind))

/** Compares with the baseline, and writes what is new or accepted. The drift, a sentence each. */
const reconcile = (
  request: Request,
  verifying: boolean,
  baseline: Baseline,
  results: ReadonlyArray<CellResult>
): ReadonlyArray<string> => {
  const complete = results.filter((result) => result.complete)
  if (request.update) {
    const obsolete = verifying && request.words.length === 0 ? obsoleteIn(baseline) : []
    const kept = Object.fromEntries(Object.entries(baseline).filter(([id]) => !obsolete.includes(id)))
    save(request.baseline, { ...kept, ...Object.fromEntries(complete.map((result) => [result.id, pin(result)])) })
    return []
  }
  const drift = complete.flatMap((result) => {
    const pinned = baseline[result.id]
    return pinned === undefined ? [] : driftOf(result, pinned)
  })
  if (!verifying) return drift
  const fresh = complete.filter(({ id }) => baseline[id] === undefined)
  if (process.env["CI"] !== undefined) {
    drift.push(...fresh.map(({ id }) => `${id}: not in the baseline; run plait verify once and commit it`))
  } else if (fresh.length > 0) {
    save(request.baseline, { ...baseline, ...Object.fromEntries(fresh.map((result) => [result.id, pin(result)])) })
    process.stderr.write(`${fresh.length} new cells written to ${request.baseline}\n`)
  }
  if (request.words.length === 0)
    drift.push(...obsoleteIn(baseline).map((id) => `${id}: in the baseline, but no cell any more`))
  return drift
}

const obsoleteIn = (baseline: Baseline): ReadonlyArray<string> => {
  const known = new Set(cellsOf(catalogue, true).map(({ id }) => id))
  return Object.keys(baseline).filter((id) => !known.has(id))
}

const save = (path: string, baseline: Baseline): void => writeAtomically(path, printBaseline(baseline))

const report = (
  checked: ReadonlyArray<CheckedCell>,
  told: ReadonlyArray<{ readonly result: CellResult; readonly property: PropertyReport }>,
  drift: ReadonlyArray<string>,
  interrupted: boolean
): string => {
  const results = checked.map(({ result }) => result)
  const traces = told
    .filter(
      ({ property }) =>
        property.verdict === "violated" ||
        property.verdict === "failed" ||
        (property.counterexample !== null && !isReached(property))
    )
    .map(({ property, result }) => {
      const trace = checked.find((each) => each.result === result)?.traces.get(property.name)
      return renderCounterexample(result, property, trace === undefined ? [] : printedSteps(trace))
    })
  const sections = [
    renderTable(results, isExpected),
    legend,
    ...traces,
    ...(drift.length === 0
      ? []
      : [["not as the baseline says (plait verify -u accepts it):", ...drift.map((each) => `  ${each}`)].join("\n")]),
    ...(interrupted ? ["interrupted: what is above is what was known"] : [])
  ]
  return `${sections.join("\n\n")}\n`
}

const isReached = ({ verdict }: PropertyReport): boolean => verdict === "reached"
