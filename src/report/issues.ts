/**
 * The issues of a run that need attention, in the form that every format for code review shows: a rule, a sentence, a
 * place, and the trace. Expected violations are no issues: a mutant that is killed is a success.
 */
import { createHash } from "node:crypto"
import type { ActionCoverage, SourceLocation } from "../coverage/Coverage.ts"
import type { PropertyReport } from "../suite/CheckCase.ts"
import type { ReportedCase, RunReport } from "../suite/RunReport.ts"
import type { PrintedStep } from "../trace/PrintedStep.ts"
import { replayLine } from "./text/counterexample.ts"

/** One issue. */
export interface Issue {
  /** The name of the property, or `baseline`. */
  readonly rule: string
  /** The identifier of the case. */
  readonly caseId: string
  /** The level. An undecided property is a warning, since the run gives evidence neither for nor against it. */
  readonly level: "error" | "warning"
  /** The issue in one sentence. */
  readonly sentence: string
  /** The reason, in the words of the property; empty if it gives none. */
  readonly because: string
  /** The declaration of the property; `undefined` for an issue that belongs to no line. */
  readonly place: SourceLocation | undefined
  readonly steps: ReadonlyArray<PrintedStep & { readonly place: SourceLocation | undefined }>
  /** The command that replays the trace. */
  readonly replay: string | undefined
  /** The identity of the issue: the same in every run for the same rule in the same case, even if its lines move. */
  readonly fingerprint: string
}

/**
 * The issues: properties with unexpected results, then differences from the baseline, except those about a property
 * that already has an issue, then undecided properties.
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

/** The result of a property, and the expectation. */
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
  const [caseId = ""] = sentence.split(": ")
  return {
    rule: "baseline",
    caseId,
    level: "error",
    sentence,
    because: "",
    place: undefined,
    steps: [],
    replay: undefined,
    fingerprint: fingerprintOf(caseId, sentence)
  }
}

const fingerprintOf = (...parts: ReadonlyArray<string>): string =>
  createHash("sha256").update(parts.join("\u0000")).digest("hex").slice(0, 32)
