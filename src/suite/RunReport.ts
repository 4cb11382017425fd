/**
 * A run of `check` or `verify` as data: the input of every report format, and of the merge of shards. It can be written
 * as JSON and read again, to be rendered in any format later.
 */
import { Schema } from "effect"
import type { PropertyCoverage, SourceLocation, SystemCoverage } from "../coverage/Coverage.ts"
import type { PrintedStep } from "../trace/PrintedStep.ts"
import type { CaseResult, PropertyReport } from "./CheckCase.ts"

/** A case as reports show it. */
export interface ReportedCase {
  readonly result: CaseResult
  readonly coverage: SystemCoverage
  /** The steps that decided a property, by its name. */
  readonly steps: { readonly [property: string]: ReadonlyArray<PrintedStep> }
  /** Names of the properties with an unexpected outcome; the undecided ones are among them. */
  readonly unmet: ReadonlyArray<string>
}

/** A shard of a run. */
export interface RunPart {
  readonly index: number
  readonly count: number
  /** Digest of the identifiers of all cases of the run, and of all else that its shards have in common. */
  readonly run: string
  /** The state of the source, by name: the digest of each file that was loaded or read, and of groups of them. */
  readonly sources: { readonly [name: string]: string }
  /** The first that was read and has no digest, such as `limit.ts:1 called Date.now()`. */
  readonly uncompared?: string
  /** The identifiers of the shard's own cases. */
  readonly cases: ReadonlyArray<string>
}

/** A run. */
export interface RunReport {
  readonly schema: "plait/report@2"
  /** Command that runs plait in the project of the run, for the lines that replay a trace. */
  readonly plait: string
  /** Part of the run; absent for a whole one. */
  readonly part?: RunPart
  readonly cases: ReadonlyArray<ReportedCase>
  /** Differences from the baseline, a sentence each, beginning with the case's identifier. */
  readonly drift: ReadonlyArray<string>
}

/** Places at which a case's actions and properties are declared. */
export interface Declarations {
  readonly ofAction: (name: string) => ReadonlyArray<SourceLocation>
  readonly ofProperty: (name: string) => ReadonlyArray<SourceLocation>
}

/** The coverage of a case's result. */
export const coverageOf = (result: CaseResult, declarations: Declarations): SystemCoverage => ({
  id: result.id,
  model: result.model,
  ...(result.complete ? {} : { incomplete: result.stopReason ?? "undecided" }),
  actions: result.actions.map((action) => ({ ...action, places: declarations.ofAction(action.name) })),
  properties: result.properties.map((property) => propertyCoverage(property, declarations.ofProperty(property.name)))
})

const propertyCoverage = (property: PropertyReport, places: ReadonlyArray<SourceLocation>): PropertyCoverage => {
  const decided = property.verdict === "violated" || property.verdict === "reached"
  const checked = decided ? Math.max(1, property.checked) : property.checked
  const isReachability = property.kind === "reachable"
  return {
    name: property.name,
    isReachability,
    met: isReachability ? property.verdict === "reached" : checked > 0,
    checked,
    places
  }
}

/** Error for a file that is not a run's report. */
export class ReportUnreadable extends Schema.TaggedError<ReportUnreadable>()("ReportUnreadable", {
  path: Schema.String,
  problem: Schema.String
}) {
  override get message(): string {
    return `${this.path} is no report of plait: ${this.problem}\n  plait verify --shard 1/2 --reporter data=FILE writes one.`
  }
}

/** Reads a run's report. Throws `ReportUnreadable`. */
export const parseRunReport = (path: string, text: string): RunReport => {
  const wrong = (problem: string): ReportUnreadable => new ReportUnreadable({ path, problem })
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
  if (!isReport(read)) throw wrong(`its "schema" is not "plait/report@2"`)
  return read
}

const isReport = (value: unknown): value is RunReport =>
  typeof value === "object" &&
  value !== null &&
  Reflect.get(value, "schema") === "plait/report@2" &&
  Array.isArray(Reflect.get(value, "cases")) &&
  Array.isArray(Reflect.get(value, "drift"))

/** The reason why files are not all the shards of one run, each once; `undefined` if they are. */
export const partsProblem = (
  files: ReadonlyArray<{ readonly path: string; readonly report: RunReport }>
): string | undefined => {
  const [first] = files
  if (first === undefined || (files.length === 1 && first.report.part === undefined)) return undefined
  const seen = new Map<number, string>()
  for (const { path, report } of files) {
    const { part } = report
    if (part === undefined) return `${path} is of a run without shards`
    const { cases, count, index, run, sources } = part
    if (count !== first.report.part?.count || run !== first.report.part.run)
      return `${path} is of another run than ${first.path}: shard ${index} of ${count}, other cases, or another plait`
    const changed = differing(sources, first.report.part.sources)
    if (changed !== undefined) return `${path} is of another state of the source than ${first.path}: ${changed} differs`
    const known = seen.get(index)
    if (known !== undefined) return `${known} and ${path} are both shard ${index} of ${count}`
    const lacking = cases.find((id) => !report.cases.some(({ result }) => result.id === id))
    if (lacking !== undefined) return `${path} has no result of ${lacking}: that run was interrupted or failed`
    seen.set(index, path)
  }
  const count = first.report.part?.count ?? 0
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !seen.has(index))
  const one = missing.length === 1
  return missing.length > 0
    ? `${one ? "shard" : "shards"} ${missing.join(", ")} of ${count} ${one ? "is" : "are"} missing`
    : undefined
}

/** The first name, in order, with different digests or without one in one of the states. */
const differing = (left: RunPart["sources"], right: RunPart["sources"]): string | undefined => {
  const [was, is] = [new Map(Object.entries({ ...left })), new Map(Object.entries({ ...right }))]
  return [...new Set([...was.keys(), ...is.keys()])].sort().find((name) => was.get(name) !== is.get(name))
}

/**
 * The reports of shards as one, independent of their order: cases by identifier. A case in two of them is taken once,
 * since a search gives the same result on every machine.
 */
export const mergeRunReports = (reports: ReadonlyArray<RunReport>): RunReport => {
  const cases = new Map(reports.flatMap((report) => report.cases).map((suiteCase) => [suiteCase.result.id, suiteCase]))
  return {
    schema: "plait/report@2",
    plait: reports[0]?.plait ?? "plait",
    cases: [...cases.values()].sort((left, right) => (left.result.id < right.result.id ? -1 : 1)),
    drift: [...new Set(reports.flatMap(({ drift }) => drift))].sort()
  }
}
