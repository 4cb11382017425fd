/**
 * `plait mutate`: explores mutants of the named systems, and prints the properties that fail in each. The result for
 * the whole suite is stored as mutants.json beside the baseline. A difference from it is drift.
 */
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Effect } from "effect"
import { caseCount } from "../../report/text/table.ts"
import { mutantsLegend, renderMutants, scoreText } from "../../report/text/mutants.ts"
import { chosenCase } from "../../mutation/choose-cases.ts"
import {
  mutantDrift,
  type MutantPins,
  parseMutantPins,
  type PinnedMutants,
  pinMutants,
  pinnedScore,
  printMutantPins
} from "../../mutation/MutantPins.ts"
import { mutate as mutateCase, type MutationResult, scoreOf } from "../../mutation/Mutation.ts"
import { bareRecord } from "../../suite/Baseline.ts"
import { type Case, selectCases, selectEntries } from "../../suite/Suite.ts"
import { UsageError } from "../../suite/UsageError.ts"
import type { Request } from "../arguments.ts"
import { readBaseline } from "../run/baseline.ts"
import { paintOfOutput } from "../output/colour.ts"
import { openProject, type Project } from "../config.ts"
import { visible } from "../../report/visible.ts"
import { writeAtomically } from "../output/files.ts"
import { listen } from "../run/interruption.ts"
import { limitsOf } from "../run/limits.ts"
import { faults, inCase } from "../run/own-process.ts"
import { ProgressReport, standardError } from "../output/progress.ts"

/**
 * Runs the command: exit 1 if a mutant survives that was killed before, a property is never falsified that was before,
 * or another result drifted.
 */
export const mutate = async (request: Request): Promise<number> => {
  const project = await openProject(request)
  const cases = chosen(request, project)
  if (cases.length === 0) throw new UsageError({ problem: "no case matched", advice: "plait list shows them all" })
  const interruption = listen()
  const progress = new ProgressReport(standardError(request.progressIntervalSeconds))
  const results: Array<MutationResult> = []
  for (const suiteCase of cases) {
    let current = suiteCase.id
    const options = {
      limits: limitsOf(request),
      signal: interruption.signal,
      onProgress: (measured: Parameters<ProgressReport["tell"]>[1]) => progress.tell(current, measured)
    }
    const result = await inCase(suiteCase.id, () =>
      Effect.runPromise(mutateCase(suiteCase, options, (name) => (current = `${suiteCase.id}: ${name}`)))
    )
    if (interruption.signal.aborted) break
    if (result !== undefined) results.push(result)
  }
  progress.clear()
  const interrupted = interruption.exitCode()
  const drift = interrupted === undefined && faults().length === 0 ? reconcile(request, project, results) : []
  const exitCode = interrupted ?? (drift.length > 0 ? 1 : 0)
  const score = scoreOf(results.flatMap(({ mutants }) => mutants))
  process.stdout.write(
    request.json
      ? `${JSON.stringify({ schema: "plait/mutate@2", exitCode, drift, score, cases: results })}\n`
      : `${shown(results, drift)}\n\n${closing(results, cases, scoreText(score))}\n`
  )
  return exitCode
}

/** The cases to mutate. A word with a slash names a case; the name of a model selects one of its cases. */
const chosen = (request: Request, project: Project): ReadonlyArray<Case> => {
  const { sets, words } = request
  if (sets.length > 0) return selectCases(project.entries, words, sets)
  const baseline = readBaseline(project.baseline)
  const ofModels = (names: ReadonlyArray<string>) =>
    selectEntries(project.entries, names).flatMap((entry) => chosenCase(entry, baseline) ?? [])
  if (words.length === 0) return ofModels([])
  return words.flatMap((word) => (word.includes("/") ? selectCases(project.entries, [word], []) : ofModels([word])))
}

const shown = (results: ReadonlyArray<MutationResult>, drift: ReadonlyArray<string>): string => {
  const paint = paintOfOutput()
  return [
    ...results.map((result) => renderMutants(result, paint)),
    mutantsLegend,
    ...(drift.length === 0
      ? []
      : [
          [
            "differs from mutants.json (plait mutate -u accepts it):",
            ...drift.map((each) => `  ${visible(each)}`)
          ].join("\n")
        ])
  ].join("\n\n")
}

const closing = (results: ReadonlyArray<MutationResult>, cases: ReadonlyArray<Case>, score: string): string => {
  const properties = results.flatMap((result) => result.properties.filter(({ judged }) => judged))
  const neverFalsified = properties.filter(({ kills }) => kills === 0).length
  const done = results.length < cases.length ? `interrupted in case ${results.length + 1} of ${cases.length}: ` : ""
  return `${done}${caseCount(results.length)}: ${score} mutants killed, ${neverFalsified} of ${properties.length} properties never falsified`
}

/**
 * Compares with the stored pins. Stores accepted results, and new ones outside CI. Returns the drift, a sentence each.
 */
const reconcile = (
  request: Request,
  project: Project,
  results: ReadonlyArray<MutationResult>
): ReadonlyArray<string> => {
  const path = join(dirname(project.baseline), "mutants.json")
  const pins = existsSync(path) ? parseMutantPins(path, readFileSync(path, "utf8")) : bareRecord<PinnedMutants>([])
  const isWhole = request.words.length === 0
  const found = bareRecord(results.map((result) => [result.id, pinMutants(result)] as const))
  const obsolete = isWhole ? Object.keys(pins).filter((id) => found[id] === undefined) : []
  if (request.update) {
    const kept = Object.entries(pins).filter(([id]) => !obsolete.includes(id))
    keep(path, { ...Object.fromEntries(kept), ...found })
    return []
  }
  const drift = results.flatMap((result) => {
    const pinned = pins[result.id]
    return pinned === undefined ? [] : mutantDrift(result, pinned)
  })
  const fresh = Object.keys(found).filter((id) => pins[id] === undefined)
  if (isWhole && fresh.length > 0 && process.env["CI"] === undefined) {
    keep(path, { ...pins, ...Object.fromEntries(Object.entries(found).filter(([id]) => fresh.includes(id))) })
  } else if (isWhole) drift.push(...fresh.map((id) => `${id}: not in ${path}; run plait mutate and commit it`))
  return [...drift, ...obsolete.map((id) => `${id}: in ${path}, but no longer among the cases to mutate`)]
}

const keep = (path: string, pins: MutantPins): void => {
  writeAtomically(path, printMutantPins(pins))
  process.stderr.write(`${path} written: ${scoreText(pinnedScore(pins))}\n`)
}
