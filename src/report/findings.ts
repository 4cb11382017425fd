/**
 * What of a run needs somebody to look at it, in the form that every format for code review shows: a rule, a sentence, a
 * place, and the trace. Violations that are expected are no findings: a mutant that is caught is a good run.
 */
import { createHash } from "node:crypto"
import type { ActionCoverage, Place } from "../coverage/Coverage.ts"
import type { PropertyReport } from "../suite/CheckCell.ts"
import type { ReportedCell, RunReport } from "../suite/RunReport.ts"
import type { PrintedStep } from "../trace/PrintedStep.ts"
import { replayLine } from "./text/counterexample.ts"

/** One finding. */
export interface Finding {
  /** The property's name, or `baseline`. */
  readonly rule: string
  /** The cell's identifier. */
  readonly cell: string
  /** An undecided property is a warning: nothing is known against it, and nothing for it. */
  readonly level: "error" | "warning"
  /** One sentence. */
  readonly sentence: string
  /** Why, in the property's own words; empty where it has none. */
  readonly because: string
  /** Where the property is declared; nothing for what belongs to no line. */
  readonly place: Place | undefined
  readonly steps: ReadonlyArray<PrintedStep & { readonly place: Place | undefined }>
  /** The line that takes the trace again. */
  readonly replay: string | undefined
  /** The same in every run for the same rule in the same cell, wherever the lines move. */
  readonly fingerprint: string
}

/**
 * The findings: properties that came out otherwise than expected, then differences from the baseline, but for those that
 * say the same of a property that is already a finding, then properties that are undecided.
 */
export const findingsOf = ({ cells, drift, plait }: RunReport): ReadonlyArray<Finding> => {
  const properties = cells.flatMap((cell) =>
    cell.result.properties
      .filter(({ name }) => cell.unmet.includes(name))
      .map((property) => unmet(plait, cell, property))
  )
  return [
    ...properties.filter(({ level }) => level === "error"),
    ...drift.filter((sentence) => !cells.some((cell) => tellsAgain(cell, sentence))).map(drifted),
    ...properties.filter(({ level }) => level === "warning")
  ]
}

const tellsAgain = ({ result, unmet }: ReportedCell, sentence: string): boolean =>
  unmet.some((name) => sentence.startsWith(`${result.id}: “${name}”`))

/** What a property came to, and what was expected of it. */
export const outcomeSentence = (property: PropertyReport): string => {
  const { counterexample, expected, name, verdict, why } = property
  const steps = counterexample === null ? "" : ` in ${counterexample.length} steps`
  const reason = why === null ? "" : ` (${why})`
  return `“${name}” ${verdict}${steps}${reason}; expected: ${expected ?? "nothing else"}`
}

const unmet = (plait: string, cell: ReportedCell, property: PropertyReport): Finding => {
  const { coverage, result, steps } = cell
  const claim = coverage.claims.find(({ name }) => name === property.name)
  return {
    rule: property.name,
    cell: result.id,
    level: property.verdict === "inconclusive" ? "warning" : "error",
    sentence: `${result.id}: ${outcomeSentence(property)}`,
    because: property.counterexample?.because ?? "",
    place: claim?.places[0],
    steps: (steps[property.name] ?? []).map((step) => ({ ...step, place: placeOf(coverage.actions, step) })),
    replay: property.counterexample === null ? undefined : replayLine(plait, property.counterexample.replay),
    fingerprint: fingerprintOf(result.id, property.name)
  }
}

const placeOf = (actions: ReadonlyArray<ActionCoverage>, { action }: PrintedStep): Place | undefined =>
  actions.find(({ name }) => name === action)?.places[0]

const drifted = (sentence: string): Finding => {
  const [cell = ""] = sentence.split(": ")
  return {
    rule: "baseline",
    cell,
    level: "error",
    sentence,
    because: "",
    place: undefined,
    steps: [],
    replay: undefined,
    fingerprint: fingerprintOf(cell, sentence)
  }
}

const fingerprintOf = (...parts: ReadonlyArray<string>): string =>
  createHash("sha256").update(parts.join("\u0000")).digest("hex").slice(0, 32)
