/**
 * The part of a run that a shard is, and the state of the source that it explored. Shards of different states do not
 * form one run, even if their cases have the same names.
 */
import { relative } from "node:path"
import type { RunPart } from "../../suite/RunReport.ts"
import { parseShard } from "../../suite/Shard.ts"
import { type Case, selectCases } from "../../suite/Suite.ts"
import type { Request } from "../arguments.ts"
import type { Project } from "../config.ts"
import { limitsOf } from "./limits.ts"
import { digestOf, type ModuleGraph } from "./module-graph.ts"
import type { ReadInputs } from "./read-inputs.ts"
import { version } from "../version.ts"

const isOwn = (path: string): boolean => !path.startsWith("..") && !path.includes("node_modules/")

/**
 * The loaded state of the source: a digest by name. A file of the project has its path from the current folder. Files
 * elsewhere lie at different places on different machines, so they have one digest of their contents. Variables of the
 * environment, which may be secret, have one digest too: no two machines have the same list.
 */
export const sourcesOf = (graph: ModuleGraph, inputs: ReadInputs): RunPart["sources"] => {
  const inputsRead = inputs.withDigest
  const read = inputsRead.flatMap(([name, state]): ReadonlyArray<readonly [string, string]> =>
    name.startsWith("file ") ? [[relative("", name.slice("file ".length)), digestOf(state)]] : []
  )
  const variables = inputsRead.filter(([name]) => name.startsWith("variable "))
  const files = [...new Map([...read, ...graph.contentOf([]), ...graph.watched()])]
  const elsewhere = files.flatMap(([path, digest]) => (isOwn(path) ? [] : [digest]))
  return {
    ...Object.fromEntries(files.filter(([path]) => isOwn(path))),
    "the content of a package": digestOf(JSON.stringify(elsewhere.sort())),
    "a variable of the environment": digestOf(JSON.stringify(variables))
  }
}

/**
 * The part: the data that all shards of the run have in common, and its own cases. `undefined` for a run without
 * shards.
 */
export const partOf = (
  project: Project,
  request: Request,
  own: ReadonlyArray<Case>,
  sources: RunPart["sources"],
  uncompared: string | undefined
): RunPart | undefined => {
  const { command, deep, sets, shard, words } = request
  if (shard === undefined) return undefined
  const ids = selectCases(project.entries, words, sets, deep).map(({ id }) => id)
  const run = digestOf(JSON.stringify([version, command, ids, limitsOf(request), request.checkDeterminism]))
  const untold = uncompared === undefined ? {} : { uncompared }
  return { ...parseShard(shard), run, sources, ...untold, cases: own.map(({ id }) => id) }
}
