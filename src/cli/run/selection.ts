/**
 * Which of the cells that were asked for are worth exploring: those that failed last, those that a change can affect.
 */
import { basename } from "node:path"
import { cellCount } from "../../report/text/table.ts"
import type { Cell } from "../../suite/Suite.ts"
import type { Request } from "../arguments.ts"
import { rootsOf } from "./cell-cache.ts"
import { changedSince } from "./git.ts"
import { lastFailed } from "./last-run.ts"
import type { ModuleGraph } from "./module-graph.ts"

/** Files that say which packages are installed: whatever imports one may have changed with them. */
const lockFiles = new Set(["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"])

/** Some of the cells, and what to say where the others were left out. */
export interface Selection {
  readonly cells: ReadonlyArray<Cell>
  /** Such as `3 of 12 cells: their modules changed since main`. */
  readonly said: string | undefined
}

/** Narrows the cells as the request says; `watched`: the files that changed, under `--watch`. Throws `UsageError`. */
export const select = (
  cells: ReadonlyArray<Cell>,
  request: Request,
  graph: ModuleGraph | undefined,
  watched: ReadonlyArray<string> | undefined
): Selection => {
  if (watched !== undefined && graph !== undefined) {
    return selection(affected(cells, watched, graph), cells, ["affected by what changed"])
  }
  const failed = request.lastFailed ? lastFailed() : undefined
  const among = failed === undefined ? cells : cells.filter(({ id }) => failed.has(id))
  const why = failed === undefined ? [] : ["not as expected when last explored"]
  if (request.onlyChanged === undefined || graph === undefined) return selection(among, cells, why)
  const changed = changedSince(request.onlyChanged)
  return selection(affected(among, changed, graph), cells, [...why, `modules changed since ${request.onlyChanged}`])
}

const selection = (chosen: ReadonlyArray<Cell>, of: ReadonlyArray<Cell>, why: ReadonlyArray<string>): Selection => ({
  cells: chosen,
  said:
    why.length === 0
      ? undefined
      : `${chosen.length === 0 ? "none" : chosen.length} of ${cellCount(of.length)}: ${why.join(", ")}`
})

/** The cells that a change of some files can affect: those whose modules are among them. */
export const affected = (
  cells: ReadonlyArray<Cell>,
  changed: ReadonlyArray<string>,
  graph: ModuleGraph
): ReadonlyArray<Cell> => {
  if (changed.some((path) => lockFiles.has(basename(path)))) return cells
  return cells.filter((cell) => {
    const content = graph.contentOf(rootsOf(cell))
    return changed.some((path) => content.has(path))
  })
}
