/**
 * The file of the baseline: read, compared with the results, and written for accepted or new results.
 */
import { existsSync, readFileSync } from "node:fs"
import { caseCount } from "../../report/text/table.ts"
import { visible } from "../../report/visible.ts"
import {
  type Baseline,
  driftOf,
  isFormerForm,
  noBaseline,
  parseBaseline,
  pin,
  printBaseline
} from "../../suite/Baseline.ts"
import type { CaseResult } from "../../suite/CheckCase.ts"
import { type Case, casesOf, type Entry } from "../../suite/Suite.ts"
import { UsageError } from "../../suite/UsageError.ts"
import type { Request } from "../arguments.ts"
import type { Project } from "../config.ts"
import { writeAtomically } from "../output/files.ts"

/** The baseline at a path; empty if the file does not exist. Throws `BaselineUnreadable`. */
export const readBaseline = (path: string): Baseline =>
  existsSync(path) ? parseBaseline(path, readFileSync(path, "utf8")) : noBaseline

/** Throws if a case outside the suite would be pinned: the next run of the suite would report it as obsolete. */
export const refuseStrangers = (entries: ReadonlyArray<Entry>, cases: ReadonlyArray<Case>): void => {
  const known = knownIn(entries)
  const stranger = cases.find(({ id }) => !known.has(id))
  if (stranger === undefined) return
  throw new UsageError({
    problem: `${stranger.id} is not a case of the suite, so it cannot be pinned`,
    advice: `plait check ${stranger.id} explores it; add it to the settings of ${stranger.entry.name} to pin it`
  })
}

const knownIn = (entries: ReadonlyArray<Entry>): ReadonlySet<string> =>
  new Set(casesOf(entries, true).map(({ id }) => id))

/** Compares with the baseline, and writes new or accepted results. Returns the drift, a sentence each. */
export const reconcile = (
  request: Request,
  project: Project,
  baseline: Baseline,
  results: ReadonlyArray<CaseResult>
): ReadonlyArray<string> => {
  const isWhole = request.command === "verify" && request.words.length === 0
  const obsolete = isWhole ? Object.keys(baseline).filter((id) => !knownIn(project.entries).has(id)) : []
  if (request.update) {
    const kept = Object.fromEntries(Object.entries(baseline).filter(([id]) => !obsolete.includes(id)))
    accept(project.baseline, kept, results)
    return []
  }
  const drift = results.flatMap((result) => driftFrom(request, baseline, result))
  if (request.command !== "verify") return drift
  const fresh = results.filter(({ id }) => baseline[id] === undefined)
  if (request.watch) {
    // A watched run pins no case: the next change of an unfinished protocol would count as drift.
    if (fresh.length > 0) process.stderr.write(`not in the baseline yet: ${fresh.length}; plait verify pins them\n`)
  } else if (process.env["CI"] === undefined && fresh.some(({ complete }) => complete)) {
    accept(project.baseline, baseline, fresh)
  } else {
    drift.push(...fresh.map(({ id }) => `${id}: not in the baseline; run plait verify once and commit it`))
  }
  drift.push(...obsolete.map((id) => `${id}: in the baseline, but no longer a case`))
  return drift
}

/**
 * The drift of one result. An incomplete search is no drift of `check`, where a limit was set by hand. In `verify` a
 * lost proof is drift.
 */
const driftFrom = (request: Request, baseline: Baseline, result: CaseResult): ReadonlyArray<string> => {
  const pinned = baseline[result.id]
  if (pinned === undefined) return []
  if (result.complete) return driftOf(result, pinned)
  const isLost = request.command === "verify" && pinned.complete
  return isLost ? [`${result.id}: lost completeness (${result.stopReason})`] : []
}

/** Pins the complete results. */
const accept = (path: string, baseline: Baseline, results: ReadonlyArray<CaseResult>): void => {
  const pinned = results.filter(({ complete }) => complete)
  const incomplete = results.filter(({ complete }) => !complete)
  if (existsSync(path) && isFormerForm(JSON.parse(readFileSync(path, "utf8")))) {
    process.stderr.write(`${path} is rewritten as plait/baseline@2, which calls its entries cases\n`)
  }
  writeAtomically(
    path,
    printBaseline({ ...baseline, ...Object.fromEntries(pinned.map((result) => [result.id, pin(result)])) })
  )
  process.stderr.write(`${caseCount(pinned.length)} written to ${path}\n`)
  for (const { id, stopReason } of incomplete) process.stderr.write(`${visible(id)} is not pinned: ${stopReason}\n`)
}
