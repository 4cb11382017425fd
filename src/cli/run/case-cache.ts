/**
 * Results of cases, stored between runs, and reused for a case whose inputs are unchanged.
 *
 * The key of a result is the digest of all its inputs: the content of the modules in which the entry of the case was
 * made, and of all modules that they import (the model, its properties, shared modules); the content of the engine of
 * plait and of the packages that it imports; the files and environment variables that were read while modules were
 * loaded; the parameters of the case; the bounds; the versions of plait and Node. Another key is another result. If the
 * modules of an entry are unknown, the key covers all loaded modules. If an input is unknown, no result is reused. Only
 * complete results in which every property is decided are stored. The schedule of a trace is stored instead of the
 * trace, and each time it is replayed through the handlers: a violation is never reported from the cache alone.
 *
 * Each case has a file in `.plait/cache`, with the digest of its content. The folder has a `.gitignore` of its own.
 * `node_modules/.cache` was not chosen: `npm ci` deletes it, and a continuous integration could not store it.
 */
import { existsSync, readFileSync, rmSync } from "node:fs"
import { extname, join } from "node:path"
import { defaultLimits } from "../../search/Limits.ts"
import type { CaseResult, CheckedCase } from "../../suite/CheckCase.ts"
import type { Case } from "../../suite/Suite.ts"
import { decodeReplayId, encodeSchedule } from "../../trace/ReplayId.ts"
import { replayRecorded } from "../../trace/replay-recorded.ts"
import type { Request } from "../arguments.ts"
import { SCRATCH, writeScratch } from "../output/files.ts"
import { limitsOf } from "./limits.ts"
import { digestOf, type ModuleGraph } from "./module-graph.ts"
import type { ReadInputs } from "./read-inputs.ts"
import { machine } from "./surroundings.ts"
import { version } from "../version.ts"

/** The folder of the stored results, relative to the current folder. */
export const CACHE = join(SCRATCH, "cache")

const SCHEMA = "plait/case@2"

/** Variables that JavaScript itself reads. */
const ambient = ["TZ", "LANG", "LC_ALL", "NODE_OPTIONS"]

/**
 * The module of the engine, on which every case depends beside its own modules; relative to this file, as source or as
 * published.
 */
const engine = new URL(`../../suite/CheckCase${extname(import.meta.url)}`, import.meta.url).href

/** The folder of the command line, which loads the modules of a project and so is on the stack below them. */
const commandLine = new URL("..", import.meta.url).href

/** The files on whose content a case depends: its own modules and the engine; empty if its own modules are unknown. */
export const rootsOf = ({ entry }: Pick<Case, "entry">): ReadonlyArray<string> => {
  const files = Object.hasOwn(entry, "files") ? (entry.files ?? []) : []
  const own = files.filter((file) => !file.startsWith(commandLine))
  return own.length === 0 ? [] : [engine, ...own]
}

/** A stored result, or the reason why it cannot be used. */
type Read = { readonly key: string; readonly result: CaseResult } | { readonly problem: string }

/** The traces of a result, replayed; `undefined` if one no longer decides its property. Throws `ModelRefused`. */
export const tracesAgain = (
  suiteCase: Case,
  { properties: decided }: CaseResult
): CheckedCase["traces"] | undefined => {
  const runs = decided.flatMap(({ counterexample, name }) => {
    if (counterexample === null) return []
    const { because, loop, replay, schedule: labels } = counterexample
    const schedule = decodeReplayId(replay)?.schedule
    return [{ property: name, labels, loop, because, schedule: schedule === undefined ? "" : encodeSchedule(schedule) }]
  })
  if (runs.length === 0) return new Map()
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  return replayRecorded(system, properties, runs)
}

/** The stored results. */
export class CaseCache {
  private readonly folder: string
  private readonly graph: ModuleGraph
  private readonly inputs: ReadInputs
  private readonly bounds: object
  private readonly damaged: Array<string> = []
  private readonly surroundings = machine()
  private unwritable: string | undefined

  constructor(folder: string, graph: ModuleGraph, inputs: ReadInputs, request: Request) {
    this.inputs = inputs
    this.folder = folder
    this.graph = graph
    this.bounds = { ...defaultLimits, ...limitsOf(request) }
  }

  /** The result of a case with its traces, if one with the same key is stored. */
  recall(suiteCase: Case): CheckedCase | undefined {
    const path = this.pathOf(suiteCase)
    if (this.inputs.all() === undefined || !existsSync(path)) return undefined
    const read = readKept(readFileSync(path, "utf8"))
    if (read === undefined) return undefined
    if ("problem" in read) return this.damage(path, read.problem)
    if (read.key !== this.keyOf(suiteCase)) return undefined
    const traces = tracesAgain(suiteCase, read.result)
    return traces === undefined
      ? this.damage(path, "a trace in it does not show what it showed")
      : { result: read.result, traces, isReused: true }
  }

  /** Stores a result, if it can be reused. */
  keep(suiteCase: Case, { result }: CheckedCase): void {
    const isDecided = result.properties.every(({ verdict }) => verdict !== "inconclusive" && verdict !== "failed")
    if (!result.complete || !isDecided || this.inputs.all() === undefined) return
    const key = this.keyOf(suiteCase)
    this.unwritable ??= writeScratch(this.pathOf(suiteCase), printKept(key, result))
  }

  /** Deletes a stored result, for example after a later error in a callback of its case. */
  forget(suiteCase: Case): void {
    rmSync(this.pathOf(suiteCase), { force: true })
  }

  /**
   * Messages about the stored files, for the end of a run. With `isVerbose` they include the reason why no result was
   * reused.
   */
  complaints(isVerbose: boolean): ReadonlyArray<string> {
    const unknown = isVerbose ? this.inputs.withoutDigest : undefined
    const [first] = this.damaged
    const count = this.damaged.length === 1 ? "a cached result is" : `${this.damaged.length} cached results are`
    return [
      ...(unknown === undefined ? [] : [`no result is reused or stored: ${unknown}, which may differ in another run`]),
      ...(first === undefined ? [] : [`${count} damaged and not used, such as ${first}`]),
      ...(this.unwritable === undefined ? [] : [`results cannot be stored: ${this.unwritable}`])
    ]
  }

  private damage(path: string, problem: string): undefined {
    this.damaged.push(`${path}: ${problem}`)
  }

  private pathOf(suiteCase: Case): string {
    return join(this.folder, `${digestOf(suiteCase.id).slice(0, 32)}.json`)
  }

  private keyOf(suiteCase: Case): string {
    const roots = this.inputs.hasNewGlobals ? [] : rootsOf(suiteCase)
    const files = [[...this.graph.contentOf(roots)], this.graph.resolutionsOf(roots)]
    const variables = ambient.map((name) => process.env[name] ?? null)
    const own = [process.version, process.platform, process.arch, ...variables, ...this.surroundings]
    const read = this.inputs.all()
    return digestOf(JSON.stringify([SCHEMA, version, own, this.bounds, suiteCase.id, suiteCase.values, files, read]))
  }
}

const checksumOf = (key: string, result: unknown): string => digestOf(`${key}\n${JSON.stringify(result)}`)

const printKept = (key: string, result: CaseResult): string =>
  `${JSON.stringify({ schema: SCHEMA, key, checksum: checksumOf(key, result), result })}\n`

/** A kept result, or undefined where another version of plait kept it. */
const readKept = (text: string): Read | undefined => {
  try {
    const { checksum, key, result, schema } = JSON.parse(text) as { readonly [name: string]: unknown }
    if (typeof schema === "string" && schema.startsWith("plait/") && schema !== SCHEMA) return undefined
    if (schema !== SCHEMA || typeof key !== "string") return { problem: `its schema is not ${SCHEMA}` }
    if (checksum !== checksumOf(key, result)) return { problem: "its checksum is another" }
    return { key, result: result as CaseResult }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
