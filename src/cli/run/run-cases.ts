/**
 * A run of `plait check` or `plait verify`: explores cases or reuses their stored results, compares the results with
 * the baseline, and prints them.
 */
import { Effect } from "effect"
import type { ExploreOptions } from "../../search/Explorer.ts"
import { expectedOf, isIncomplete, outcomeOf } from "../../suite/Baseline.ts"
import type { Baseline } from "../../suite/Baseline.ts"
import { type CaseResult, checkCase, type CheckedCase, type PropertyReport } from "../../suite/CheckCase.ts"
import { parseShard, shardOf } from "../../suite/Shard.ts"
import { type Case, selectCases } from "../../suite/Suite.ts"
import { UsageError } from "../../suite/UsageError.ts"
import type { Request } from "../arguments.ts"
import { readBaseline, reconcile, refuseStrangers } from "./baseline.ts"
import { CACHE, CaseCache, tracesAgain } from "./case-cache.ts"
import { carried, carry, earlierMillis } from "./continuation.ts"
import { paintOfOutput } from "../output/colour.ts"
import { openProject, type Project } from "../config.ts"
import { exitCodeOf, isExpected, isUnmet } from "../exit-code.ts"
import { placedError } from "../output/failure.ts"
import { makeFolder, writeTraces } from "../output/files.ts"
import { listen } from "./interruption.ts"
import { noteRun } from "./last-run.ts"
import { explainedInCase, type Fault, faults, settled, tellingKnown } from "./own-process.ts"
import { limitsOf } from "./limits.ts"
import type { ModuleGraph } from "./module-graph.ts"
import { type Measured, ProgressReport, standardError } from "../output/progress.ts"
import { ReadInputs } from "./read-inputs.ts"
import { report, type RunEnd } from "../output/report.ts"
import { reuses } from "./reuse.ts"
import { select } from "./selection.ts"
import { partOf, sourcesOf } from "./shard-part.ts"

/** A run under `--watch`. */
export interface Watched {
  /** The changed files whose cases are explored; `undefined` for every case. */
  readonly changed: ReadonlyArray<string> | undefined
  /** Called after the modules are loaded. */
  readonly onLoaded: () => void
}

/** Explores the requested cases and returns the exit code. `graph` has the loaded modules, if they are needed. */
export const runCases = async (
  request: Request,
  graph: ModuleGraph | undefined,
  watched?: Watched
): Promise<number> => {
  const { inputs, project, sources } = await opened(request, graph)
  watched?.onLoaded()
  const isReported = request.reporters.length > 0 || request.threshold !== undefined
  const reporting = isReported ? (await import("../output/reporting.ts")).reportingOf(request) : undefined
  const matching = casesFor(project, request)
  if (matching.length === 0) throw new UsageError({ problem: "no case matched", advice: "plait list shows them all" })
  const { cases, said } = select(matching, request, graph, watched?.changed)
  if (said !== undefined) process.stderr.write(`${said}\n`)
  if (cases.length === 0) return nothingChosen(request)
  if (request.command === "verify" || request.update) refuseStrangers(project.entries, cases)
  const baseline = readBaseline(project.baseline)
  if (request.out !== undefined) makeFolder(request.out)
  const interruption = listen()
  const started = performance.now() - earlierMillis
  const isKept = graph !== undefined && inputs !== undefined && reuses(request, process.env)
  const cache = isKept ? new CaseCache(CACHE, graph, inputs, request) : undefined
  const checked: Array<CheckedCase> = []
  tellingKnown(() => {
    const found: Found = { checked, planned: cases, drift: [], exitCode: 2, ended: "interrupted", started }
    process.stdout.write(request.json ? document(found) : table(found, request))
  })
  await checkAll(checked, cases, baseline, request, interruption.signal, cache, inputs)
  await settled()
  for (const complaint of cache?.complaints(request.verbose) ?? []) process.stderr.write(`plait: ${complaint}\n`)
  const results = checked.map(({ result }) => result)
  const failed = faults()
  for (const suiteCase of cases) if (failed.some(({ caseId }) => caseId === suiteCase.id)) cache?.forget(suiteCase)
  if (results.length === 0 && failed.length > 0) return request.json ? printed({ checked, drift: [], exitCode: 2 }) : 2
  const sound = results.filter(({ id }) => failed.every(({ caseId }) => caseId !== id))
  const interrupted = interruption.exitCode()
  const unwritten: Array<unknown> = []
  const isBailed = request.bail && results.some(violatesUnexpectedly)
  const isCompared = interrupted === undefined && !isBailed
  const drift = attempt(unwritten, () => (isCompared ? reconcile(request, project, baseline, sound) : [])) ?? []
  const reports = reporting?.({
    cases,
    checked,
    drift,
    isExpected,
    baseline: project.baseline,
    part: partOf(project, request, cases, sources, inputs?.withoutDigest)
  })
  const lacking = reports?.missed ?? []
  attempt(unwritten, () => noteRun(results, isFailedIn(drift, failed), request.command === "verify"))
  const texts: Array<string> = []
  await reports?.write((text) => texts.push(text)).catch((error: unknown) => unwritten.push(error))
  const met = interrupted ?? exitCodeOf(results, drift.length + lacking.length > 0, request.allowIncomplete)
  const exitCode = unwritten.length + failed.length > 0 ? 2 : met
  const ended = interrupted === undefined ? (isBailed ? "bailed" : "whole") : "interrupted"
  const found: Found = { checked, planned: cases, drift, exitCode, ended, started }
  process.stdout.write(request.json ? document(found) : table(found, request))
  const print = (text: string): void => void (request.json ? process.stderr : process.stdout).write(text)
  for (const sentence of lacking) print(`${sentence}\n`)
  for (const text of texts) print(text)
  if (unwritten.length > 0) throw unwritten[0]
  return exitCode
}

/** Loads the project, and records the inputs and sources of its modules if a graph of them is wanted. */
const opened = async (request: Request, graph: ModuleGraph | undefined) => {
  const inputs = graph === undefined ? undefined : ReadInputs.record()
  if (graph !== undefined && inputs !== undefined) graph.onBuiltIn = (specifier) => inputs.loaded(specifier)
  const open = (): Promise<Project> => openProject(request)
  const project = await (inputs === undefined ? open() : inputs.whileLoading(open))
  await graph?.settle()
  const sources =
    graph === undefined || inputs === undefined || request.shard === undefined ? {} : sourcesOf(graph, inputs)
  return { inputs, project, sources }
}

/** A finished run without its reports. */
interface Found {
  readonly checked: ReadonlyArray<CheckedCase>
  readonly planned: ReadonlyArray<Case>
  readonly drift: ReadonlyArray<string>
  readonly exitCode: number
  readonly ended: RunEnd
  readonly started: number
}

const document = ({ checked, drift, exitCode }: Pick<Found, "checked" | "drift" | "exitCode">): string => {
  const cases = checked.map(({ isReused = false, result }) => ({ ...result, cached: isReused }))
  const failed = faults().map(({ caseId = null, message }) => ({ case: caseId, message }))
  const faulty = failed.length === 0 ? {} : { faults: failed }
  return `${JSON.stringify({ schema: "plait/check@2", exitCode, drift, ...faulty, cases })}\n`
}

/** Prints the JSON document of a run and returns its exit code. */
const printed = (found: Pick<Found, "checked" | "drift" | "exitCode">): number => {
  process.stdout.write(document(found))
  return found.exitCode
}

const table = ({ checked, drift, ended, planned, started }: Found, request: Request): string => {
  const elapsedMillis = performance.now() - started
  const failed = new Set(faults().map(({ caseId }) => caseId)).size
  const paint = paintOfOutput()
  return report(checked, { request, isExpected, drift, planned, failed, ended, elapsedMillis, paint })
}

/** Runs a function that writes a file. Its error is thrown only after all results are printed. */
const attempt = <A>(unwritten: Array<unknown>, write: () => A): A | undefined => {
  try {
    return write()
  } catch (error) {
    unwritten.push(error)
    return undefined
  }
}

/** The requested cases; for a shard, its part of them. */
const casesFor = (project: Project, { deep, sets, shard, words }: Request): ReadonlyArray<Case> => {
  const cases = selectCases(project.entries, words, sets, deep)
  return shard === undefined ? cases : shardOf(cases, parseShard(shard))
}

/** The output if `--last-failed` or `--only-changed` selects no case: exit code 0, without any pass. */
const nothingChosen = ({ json }: Request): number => {
  process.stdout.write(json ? document({ checked: [], drift: [], exitCode: 0 }) : "nothing was explored\n")
  return 0
}

const checkAll = async (
  checked: Array<CheckedCase>,
  cases: ReadonlyArray<Case>,
  baseline: Baseline,
  request: Request,
  signal: AbortSignal,
  cache: CaseCache | undefined,
  inputs: ReadInputs | undefined
): Promise<void> => {
  const progress = new ProgressReport(standardError(request.progressIntervalSeconds))
  const earlier = earlierResults()
  carry(RESULTS, () => checked.map(({ isReused = false, result }): EarlierResult => ({ result, isReused })))
  for (const [index, suiteCase] of cases.entries()) {
    if (signal.aborted) break
    const name = cases.length === 1 ? suiteCase.id : `${index + 1}/${cases.length} ${suiteCase.id}`
    const before = faults().length
    const readBefore = inputs?.count
    const stopsAtViolation = (property: string): boolean =>
      request.bail && !(baseline[suiteCase.id]?.properties[property] ?? "").startsWith("violated")
    const onProgress = (measured: Measured): void => progress.tell(name, measured)
    const explore = () => explored(suiteCase, request, { signal, stopsAtViolation, onProgress })
    const outcome = await explainedInCase(suiteCase.id, async () => {
      const known = recalled(suiteCase, earlier) ?? cache?.recall(suiteCase)
      if (known !== undefined) return known
      return inputs === undefined ? explore() : inputs.during(explore)
    })
    if (outcome === undefined) continue
    const isClean = !earlier.has(suiteCase.id) && faults().length === before && inputs?.count === readBefore
    if (outcome.isReused !== true && isClean) cache?.keep(suiteCase, outcome)
    const files =
      request.out === undefined ? new Map<string, string>() : writeTraces(request.out, suiteCase.id, outcome.traces)
    const result = expecting(placed(suiteCase, outcome), baseline, files, request.update)
    checked.push({ ...outcome, result })
    if (request.bail && violatesUnexpectedly(result)) break
  }
  progress.clear()
}

const RESULTS = "results"

/** A result of a process that code of another case broke. */
interface EarlierResult {
  readonly result: CaseResult
  readonly isReused: boolean
}

const earlierResults = (): ReadonlyMap<string, EarlierResult> => {
  const results = (carried(RESULTS) ?? []) as ReadonlyArray<EarlierResult>
  return new Map(results.map((each) => [each.result.id, each]))
}

/** The result of a case from an earlier process, if its traces can be replayed. */
const recalled = (suiteCase: Case, earlier: ReadonlyMap<string, EarlierResult>): CheckedCase | undefined => {
  const known = earlier.get(suiteCase.id)
  const traces = known === undefined ? undefined : tracesAgain(suiteCase, known.result)
  return known === undefined || traces === undefined ? undefined : { ...known, traces }
}

const explored = (
  suiteCase: Case,
  request: Request,
  options: Pick<ExploreOptions, "signal" | "stopsAtViolation" | "onProgress">
): Promise<CheckedCase> =>
  Effect.runPromise(
    checkCase(suiteCase, { limits: limitsOf(request), checkDeterminism: request.checkDeterminism, ...options })
  )

/** The result, with the place in each error that a property threw. */
const placed = (suiteCase: Case, { result, thrown }: CheckedCase): CaseResult => {
  if (thrown === undefined || thrown.size === 0) return result
  const properties = result.properties.map((property): PropertyReport => {
    const { name, verdict, why } = property
    return verdict === "failed"
      ? { ...property, why: placedError(suiteCase, name, why ?? "", thrown.get(name)) }
      : property
  })
  return { ...result, properties }
}

/**
 * The result with its expectations. If it is accepted and the search was complete, the expectations are the results.
 */
const expecting = (
  result: CaseResult,
  baseline: Baseline,
  files: ReadonlyMap<string, string>,
  accepting: boolean
): CaseResult => ({
  ...result,
  properties: result.properties.map((property) => ({
    ...property,
    expected: accepting && result.complete ? outcomeOf(property) : expectedOf(property, baseline[result.id]),
    counterexample:
      property.counterexample === null ? null : { ...property.counterexample, itf: files.get(property.name) ?? null }
  }))
})

/** True for a case that `--last-failed` selects: a result of it was unexpected, it is incomplete, or it drifted. */
const isFailedIn =
  (drift: ReadonlyArray<string>, failed: ReadonlyArray<Fault>) =>
  (result: CaseResult): boolean => {
    const { id, properties } = result
    return (
      isIncomplete(result) ||
      properties.some(isUnmet) ||
      failed.some(({ caseId }) => caseId === id) ||
      drift.some((sentence) => sentence.startsWith(`${id}: `))
    )
  }

/** True if the run ends here under `--bail`: an unexpected violation, or an unexpected error of a property. */
const violatesUnexpectedly = ({ properties }: CaseResult): boolean =>
  properties.some((each) => (each.verdict === "violated" || each.verdict === "failed") && isUnmet(each))
