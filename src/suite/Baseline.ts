/**
 * The pinned result of every case, and the differences of a new result, in words. A baseline does not depend on time,
 * machine, seed or number of workers; one line per case, keys sorted, so that versions merge line by line.
 */
import { Schema } from "effect"
import { actionDrift, actionsOf, grouped } from "./action-drift.ts"
import type { CaseResult, PropertyReport } from "./CheckCase.ts"

const PinnedCase = Schema.Struct({
  // Transitions by each action; a baseline written before they were pinned has none.
  actions: Schema.optionalKey(Schema.Record(Schema.String, Schema.Natural)),
  complete: Schema.Boolean,
  depth: Schema.Natural,
  digest: Schema.String,
  distinct: Schema.Natural,
  properties: Schema.Record(Schema.String, Schema.String),
  transitions: Schema.Natural
})

const BaselineFile = Schema.Struct({
  schema: Schema.Literal("plait/baseline@2"),
  cases: Schema.Record(Schema.String, PinnedCase)
})

/** The pin of a case. */
export type PinnedCase = typeof PinnedCase.Type

/** Pinned cases by identifier. */
export type Baseline = { readonly [id: string]: PinnedCase }

/** A baseline file that cannot be used; it is never overwritten. */
export class BaselineUnreadable extends Schema.TaggedError<BaselineUnreadable>()("BaselineUnreadable", {
  path: Schema.String,
  problem: Schema.String
}) {
  override get message(): string {
    return `${this.path} is no baseline: ${this.problem}\n  Nothing was written. Restore it from version control, or delete it to start anew.`
  }
}

const decode = Schema.decodeUnknownSync(BaselineFile, { errors: "all", onExcessProperty: "error" })

/** Reads a file of pins by its schema's decoder. Throws `BaselineUnreadable`. */
export const parsePins = <Cases>(
  decoded: (value: unknown) => { readonly cases: Cases },
  path: string,
  text: string
): Cases => {
  try {
    return decoded(renewed(JSON.parse(text))).cases
  } catch (error) {
    throw new BaselineUnreadable({ path, problem: error instanceof Error ? error.message : String(error) })
  }
}

/** True for pins whose cases have the field name of the first version of each format. */
export const isFormerForm = (value: unknown): value is { readonly schema: string; readonly cells: object } =>
  typeof value === "object" &&
  value !== null &&
  "cells" in value &&
  "schema" in value &&
  typeof value.schema === "string" &&
  value.schema.endsWith("@1")

/** Pins in their present form; the first version differs in names only. */
const renewed = (value: unknown): unknown => {
  if (!isFormerForm(value)) return value
  const { cells, schema, ...head } = value
  return { ...head, schema: schema.replace(/@1$/, "@2"), cases: cells }
}

/** The text of pins: the head's fields a line each, then a line per case, sorted. */
export const printPins = (
  head: { readonly [field: string]: string },
  cases: { readonly [id: string]: unknown }
): string => {
  const fields = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`)
  const lines = Object.keys(cases)
    .sort()
    .map((id) => `    ${JSON.stringify(id)}: ${JSON.stringify(cases[id])}`)
  return `{\n${fields.join("")}  "cases": {\n${lines.join(",\n")}\n  }\n}\n`
}

/** A record without a prototype: a case, property or action may be named `constructor`, and is not found in others. */
export const bareRecord = <A>(entries: Iterable<readonly [name: string, value: A]>): { readonly [name: string]: A } => {
  const record: Record<string, A> = Object.create(null)
  for (const [name, value] of entries) record[name] = value
  return record
}

/** Reads a baseline's text. Throws `BaselineUnreadable`. */
export const parseBaseline = (path: string, text: string): Baseline =>
  bareRecord(
    Object.entries(parsePins(decode, path, text)).map(([id, { actions, properties, ...suiteCase }]) => [
      id,
      {
        ...suiteCase,
        ...(actions === undefined ? {} : { actions: bareRecord(Object.entries(actions)) }),
        properties: bareRecord(Object.entries(properties))
      }
    ])
  )

/** The baseline of a project without one. */
export const noBaseline: Baseline = bareRecord([])

/** A baseline's text: one line per case. */
export const printBaseline = (baseline: Baseline): string =>
  printPins(
    { schema: "plait/baseline@2" },
    // The fields of a case in one order, for read and for new ones.
    bareRecord(
      Object.entries(baseline).map(([id, suiteCase]) => [
        id,
        bareRecord(Object.entries(suiteCase).sort(([left], [right]) => (left < right ? -1 : 1)))
      ])
    )
  )

/** A property's outcome in the baseline's words: the verdict, with the number of steps of its trace and of its loop. */
export const outcomeOf = ({ counterexample, verdict }: PropertyReport): string =>
  counterexample === null ? verdict : `${verdict} in ${counterexample.length}${endOf(counterexample)}`

/** The loop of a run that continues for ever, in words; empty for a run that ends in a deciding state. */
const endOf = ({ length, loop }: { readonly length: number; readonly loop: number | null }): string =>
  loop === null ? "" : loop === length ? " (stops)" : ` (loop of ${length - loop})`

/** Builds the pin of a result. */
export const pin = (result: CaseResult): PinnedCase => ({
  actions: actionsOf(result.actions),
  complete: result.complete,
  depth: result.depth,
  digest: result.digest,
  distinct: result.distinct,
  properties: bareRecord(
    result.properties.map((property): [string, string] => [property.name, outcomeOf(property)]).sort()
  ),
  transitions: result.transitions
})

/** The outcome expected of a property without a pin. */
export const hopedFor = (kind: string): string => (kind === "reachable" ? "reached" : "holds")

/** A property that a limit or a signal left undecided. */
export const isUndecided = ({ verdict }: PropertyReport): boolean => verdict === "inconclusive"

/** True for a case that was not explored completely, or that has an undecided property: it is never as expected. */
export const isIncomplete = ({ complete, properties }: Pick<CaseResult, "complete" | "properties">): boolean =>
  !complete || properties.some(isUndecided)

/** The outcome expected of a property: the pinned one. A pin of an undecided outcome is not an expectation. */
export const expectedOf = ({ kind, name }: PropertyReport, pinned: PinnedCase | undefined): string => {
  const outcome = pinned?.properties[name]
  return outcome === undefined || outcome === "inconclusive" ? hopedFor(kind) : outcome
}

/**
 * True if an outcome is as expected; an expectation without a number of steps matches any number. An undecided property
 * is never as expected, whatever the expectation.
 */
export const meets = (property: PropertyReport, expected: string): boolean => {
  if (isUndecided(property)) return false
  const outcome = outcomeOf(property)
  return outcome === expected || property.verdict === expected
}

/** The differences of a result from its pin, a sentence each. */
export const driftOf = (result: CaseResult, pinned: PinnedCase): ReadonlyArray<string> => {
  const drift: Array<string> = []
  const say = (what: string): void => void drift.push(`${result.id}: ${what}`)
  const now = pin(result)
  if (pinned.complete && !now.complete) say(`lost completeness (${result.stopReason})`)
  if (!pinned.complete && now.complete) say("the search is complete now")
  for (const [name, label] of [
    ["distinct", "states"],
    ["transitions", "transitions"],
    ["depth", "depth"]
  ] as const) {
    if (now.complete && pinned[name] !== now[name]) say(`${label} ${grouped(pinned[name])} → ${grouped(now[name])}`)
  }
  const moved =
    now.complete && pinned.actions !== undefined ? actionDrift(pinned.actions, now.actions ?? {}) : undefined
  if (moved !== undefined) say(moved)
  if (drift.length === 0 && now.complete && pinned.digest !== now.digest) {
    say("the same number of states, but not the same states")
  }
  for (const name of new Set([...Object.keys(pinned.properties), ...Object.keys(now.properties)])) {
    const before = pinned.properties[name]
    const after = now.properties[name]
    if (before !== after) say(outcomeDrift(name, before, after))
  }
  return drift
}

const outcomeDrift = (name: string, before: string | undefined, after: string | undefined): string => {
  if (before === undefined) return `“${name}” is not in the baseline (${after})`
  if (after === undefined) return `“${name}” is in the baseline (${before}) but was not checked`
  const steps = /^(\w+) in (\d+(?: \(.+\))?)$/
  const [was, is] = [steps.exec(before), steps.exec(after)]
  if (was !== null && is !== null && was[1] === is[1]) return `“${name}”: trace ${was[2]} → ${is[2]} steps`
  if (after.startsWith("violated")) return `“${name}”: ${before} → ${after}, a new violation`
  if (before.startsWith("violated")) return `“${name}”: ${before} → ${after}, unexpectedly fixed`
  return `“${name}”: ${before} → ${after}`
}
