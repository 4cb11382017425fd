/**
 * The selection among the requested cases: those that failed in their last run, and those that a change can affect.
 */
import { basename } from "node:path"
import { caseCount } from "../../report/text/table.ts"
import type { Case } from "../../suite/Suite.ts"
import type { Request } from "../arguments.ts"
import { rootsOf } from "./case-cache.ts"
import { changedSince } from "./git.ts"
import { lastFailed } from "./last-run.ts"
import type { ModuleGraph } from "./module-graph.ts"

/** Files that list the installed packages. A change of one may have changed every module that imports a package. */
const lockFiles = new Set(["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"])

/** Some of the cases, and the text to print if others were left out. */
export interface Selection {
  readonly cases: ReadonlyArray<Case>
  /** The text, such as `3 of 12 cases: modules changed since main`. */
  readonly said: string | undefined
}

/** Selects cases as the request demands. `watched` has the changed files, under `--watch`. Throws `UsageError`. */
export const select = (
  cases: ReadonlyArray<Case>,
  request: Request,
  graph: ModuleGraph | undefined,
  watched: ReadonlyArray<string> | undefined
): Selection => {
  if (watched !== undefined && graph !== undefined) {
    return selection(affected(cases, watched, graph), cases, ["affected by the change"])
  }
  const failed = request.lastFailed ? lastFailed() : undefined
  const among = failed === undefined ? cases : cases.filter(({ id }) => failed.has(id))
  const why = failed === undefined ? [] : ["unexpected results in the last run"]
  if (request.onlyChanged === undefined || graph === undefined) return selection(among, cases, why)
  const changed = changedSince(request.onlyChanged)
  return selection(affected(among, changed, graph), cases, [...why, `modules changed since ${request.onlyChanged}`])
}

const selection = (chosen: ReadonlyArray<Case>, of: ReadonlyArray<Case>, why: ReadonlyArray<string>): Selection => ({
  cases: chosen,
  said:
    why.length === 0
      ? undefined
      : `${chosen.length === 0 ? "none" : chosen.length} of ${caseCount(of.length)}: ${why.join(", ")}`
})

/** The cases that a change of some files can affect: those that load one of the files. */
export const affected = (
  cases: ReadonlyArray<Case>,
  changed: ReadonlyArray<string>,
  graph: ModuleGraph
): ReadonlyArray<Case> => {
  if (changed.some((path) => lockFiles.has(basename(path)))) return cases
  return cases.filter((suiteCase) => {
    const content = graph.contentOf(rootsOf(suiteCase))
    return changed.some((path) => content.has(path))
  })
}
