/** Explores one case and writes its result in the form of the command line's JSON contract (`plait/check@2`). */
import { Effect } from "effect"
import { explore, type ExploreOptions } from "../search/Explorer.ts"
import type { ActionCost, ActionCounts } from "../coverage/Coverage.ts"
import type { Exploration, Growth, PropertyResult } from "../search/Exploration.ts"
import { runModelCode } from "../search/run-model-code.ts"
import type { ParameterValues } from "../model/index.ts"
import type { StopReason, VerdictTag } from "../property/index.ts"
import { encodeReplayId } from "../trace/ReplayId.ts"
import { faultsIn, scheduleOf, type Trace } from "../trace/Trace.ts"
import type { Case } from "./Suite.ts"

/** The trace that decided a property. */
export interface Counterexample {
  /** Number of steps, those that repeat included. */
  readonly length: number
  /**
   * For a run that continues for ever: the number of steps before those that repeat; that of all steps if the run
   * stops.
   */
  readonly loop: number | null
  readonly faults: number
  /** The labels of the steps. */
  readonly schedule: ReadonlyArray<string>
  /** The argument of `plait replay`. */
  readonly replay: string
  /** The property's own explanation. */
  readonly because: string
  /** Path of the trace file, if one was written. */
  readonly itf: string | null
}

/** One property of a case. */
export interface PropertyReport {
  readonly name: string
  readonly kind: string
  readonly verdict: VerdictTag
  /** States or steps that the property judged; 0 if they are not counted. */
  readonly checked: number
  /** The reason why it is undecided, or the error of a property that threw. */
  readonly why: string | null
  /** The method of judging, if it is not that of its kind. */
  readonly note: string | null
  /** The outcome in the baseline; filled in by the caller, who may have one. */
  readonly expected: string | null
  readonly counterexample: Counterexample | null
}

/** The result of a case. */
export interface CaseResult {
  readonly id: string
  readonly model: string
  readonly parameters: ParameterValues
  /**
   * `random` for walks: not complete, counts cover only the states they met, and figures that require a search are 0.
   */
  readonly mode: "exhaustive" | "random"
  readonly complete: boolean
  readonly stopReason: StopReason | null
  readonly distinct: number
  /** Initial states and all successors. */
  readonly generated: number
  /** All successors: the sum of `taken` over the actions. */
  readonly transitions: number
  readonly depth: number
  readonly quiescent: number
  readonly deadlocked: number
  readonly handlerRuns: number
  /**
   * Number of runs of each action of a whole-state model, the most frequent first, and the variables it read; null for
   * nodes.
   */
  readonly costs: ReadonlyArray<ActionCost> | null
  /** Parts that grew on the way to the last state found, if a limit ended the search. */
  readonly growing: ReadonlyArray<Growth>
  readonly elapsedMillis: number
  readonly bytesPerState: number
  readonly digest: string
  readonly actions: ReadonlyArray<ActionCounts>
  readonly properties: ReadonlyArray<PropertyReport>
}

/** A case's result with the traces, which are too long for the JSON document. */
export interface CheckedCase {
  readonly result: CaseResult
  /** The trace that decided each property, by the property's name. */
  readonly traces: ReadonlyMap<string, Trace>
  /** The errors of explanations that threw or returned no text. */
  readonly unexplained?: ReadonlyArray<Error>
  /** The errors that properties threw, by the property's name. */
  readonly thrown?: ReadonlyMap<string, unknown>
  /** True for the result of an earlier search whose inputs have not changed since. */
  readonly isReused?: boolean
}

/** Explores a case. Fails with `ModelRefused`. */
export const checkCase = Effect.fnUntraced(function* (suiteCase: Case, options: ExploreOptions = {}) {
  const { properties, system } = yield* runModelCode(suiteCase.id, () => suiteCase.entry.build(suiteCase.values))
  const exploration = yield* explore(system, properties, options)
  return {
    result: resultOf(suiteCase, exploration),
    traces: tracesOf(exploration),
    unexplained: unexplainedOf(exploration),
    thrown: thrownOf(exploration)
  } satisfies CheckedCase
})

/** The traces that decided properties, by the property's name. */
export const tracesOf = (exploration: Pick<Exploration, "properties">): ReadonlyMap<string, Trace> =>
  new Map(
    exploration.properties.flatMap(({ name, verdict }): ReadonlyArray<[string, Trace]> =>
      verdict._tag === "violated" || verdict._tag === "reached" ? [[name, verdict.evidence]] : []
    )
  )

/** The errors of explanations that threw or returned no text. */
export const unexplainedOf = ({ properties }: Pick<Exploration, "properties">): ReadonlyArray<Error> =>
  properties.flatMap(({ verdict }) => ("unexplained" in verdict ? (verdict.unexplained ?? []) : []))

const thrownOf = ({ properties }: Exploration): ReadonlyMap<string, unknown> =>
  new Map(properties.flatMap(({ name, verdict }) => (verdict._tag === "failed" ? [[name, verdict.thrown]] : [])))

const resultOf = (suiteCase: Case, exploration: Exploration): CaseResult => {
  const { actions, levels: _levels, initial: _initial, properties, system: _system, ...rest } = exploration
  return {
    id: suiteCase.id,
    model: suiteCase.entry.name,
    parameters: suiteCase.values,
    mode: "exhaustive",
    ...rest,
    transitions: actions.reduce((sum, { taken }) => sum + taken, 0),
    bytesPerState: Math.round(rest.bytesPerState * 10) / 10,
    actions,
    properties: properties.map((property) => reportOf(suiteCase, property))
  }
}

/** A property in the form of the contract. */
export const reportOf = (suiteCase: Case, { kind, name, verdict }: PropertyResult): PropertyReport => {
  const base = { name, kind, verdict: verdict._tag, note: null, expected: null }
  switch (verdict._tag) {
    case "holds":
      return { ...base, note: verdict.note ?? null, checked: verdict.checked, why: null, counterexample: null }
    case "inconclusive":
      return { ...base, checked: verdict.checked, why: verdict.why, counterexample: null }
    case "failed":
      return { ...base, checked: 0, why: verdict.error, counterexample: null }
    case "unreached":
    case "vacuous":
      return { ...base, checked: 0, why: null, counterexample: null }
    case "violated":
    case "reached":
      return {
        ...base,
        note: verdict._tag === "violated" ? (verdict.note ?? null) : null,
        checked: 0,
        why: null,
        counterexample: counterexampleOf(suiteCase, verdict.evidence, verdict.because)
      }
  }
}

const counterexampleOf = (suiteCase: Case, trace: Trace, because: string): Counterexample => ({
  length: trace.steps.length,
  loop: trace.loop ?? null,
  faults: faultsIn(trace),
  schedule: trace.steps.map(({ label }) => label),
  replay: encodeReplayId(suiteCase.id, scheduleOf(trace)),
  because,
  itf: null
})
