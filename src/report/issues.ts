/**
 * What of a run needs somebody to look at it, in the form that every format for code review shows: a rule, a sentence, a
 * place, and the trace. Violations that are expected are no findings: a mutant that is caught is a good run.
 */
import { createHash } from "node:crypto"
import type { ActionCoverage, SourceLocation } from "../coverage/Coverage.ts"
import type { PropertyReport } from "../suite/CheckCase.ts"
import type { ReportedCase, RunReport } from "../suite/RunReport.ts"
import type { PrintedStep } from "../trace/PrintedStep.ts"
import { replayLine } from "./text/counterexample.ts"

/** One finding. */
export interface Issue {
  /** The property's name, or `baseline`. */
  readonly rule: string
  /** The case's identifier. */
  readonly caseId: string
  /** An undecided property is a warning: nothing is known against it, and nothing for it. */
  readonly level: "error" | "warning"
  /** One sentence. */
  readonly sentence: string
  /** Why, in the property's own words; empty where it has none. */
  readonly because: string
  /** Where the property is declared; nothing for what belongs to no line. */
  readonly place: SourceLocation | undefined
  readonly steps: ReadonlyArray<PrintedStep & { readonly place: SourceLocation | undefined }>
  /** The line that takes the trace again. */
  readonly replay: string | undefined
  /** The same in every run for the same rule in the same case, wherever the lines move. */
  readonly fingerprint: string
}

/**
 * The findings: properties that came out otherwise than expected, then differences from the baseline, but for those that
 * say the same of a property that is already a finding, then properties that are undecided.
 */
export const issuesOf = ({ cases, drift, plait }: RunReport): ReadonlyArray<Issue> => {
  const properties = cases.flatMap((suiteCase) =>
    suiteCase.result.properties
      .filter(({ name }) => suiteCase.unmet.includes(name))
      .map((property) => unmet(plait, suiteCase, property))
  )
  return [
    ...properties.filter(({ level }) => level === "error"),
    ...drift.filter((sentence) => !cases.some((suiteCase) => tellsAgain(suiteCase, sentence))).map(drifted),
    ...properties.filter(({ level }) => level === "warning")
  ]
}

const tellsAgain = ({ result, unmet }: ReportedCase, sentence: string): boolean =>
  unmet.some((name) => sentence.startsWith(`${result.id}: “${name}”`))

/** What a property came to, and what was expected of it. */
export const outcomeSentence = (property: PropertyReport): string => {
  const { counterexample, expected, name, verdict, why } = property
  const steps = counterexample === null ? "" : ` in ${counterexample.length} steps`
  const reason = why === null ? "" : ` (${why})`
  return `“${name}” ${verdict}${steps}${reason}; expected: ${expected ?? "nothing else"}`
}

const unmet = (plait: string, suiteCase: ReportedCase, property: PropertyReport): Issue => {
  const { coverage, result, steps } = suiteCase
  const covered = coverage.properties.find(({ name }) => name === property.name)
  return {
    rule: property.name,
    caseId: result.id,
    level: property.verdict === "inconclusive" ? "warning" : "error",
    sentence: `${result.id}: ${outcomeSentence(property)}`,
    because: property.counterexample?.because ?? "",
    place: covered?.places[0],
    steps: (steps[property.name] ?? []).map((step) => ({ ...step, place: placeOf(coverage.actions, step) })),
    replay: property.counterexample === null ? undefined : replayLine(plait, property.counterexample.replay),
    fingerprint: fingerprintOf(result.id, property.name)
  }
}

const placeOf = (actions: ReadonlyArray<ActionCoverage>, { action }: PrintedStep): SourceLocation | undefined =>
  actions.find(({ name }) => name === action)?.places[0]

const drifted = (sentence: string): Issue => {
  const [suiteCase = ""] = sentence.split(": ")
  return {
    rule: "baseline",
    caseId: suiteCase,
    level: "error",
    sentence,
    because: "",
    place: undefined,
    steps: [],
    replay: undefined,
    fingerprint: fingerprintOf(suiteCase, sentence)
  }
}

const fingerprintOf = (...parts: ReadonlyArray<string>): string =>
  createHash("sha256").update(parts.join("\u0000")).digest("hex").slice(0, 32)
