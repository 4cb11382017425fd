/**
 * The matrix in figures: from its pinned outcome, and from a run that is compared with it.
 */
import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { catalogue } from "../catalogue.ts"
import { chosenCase } from "../../src/mutation/choose-cases.ts"
import {
  mutantDrift,
  type MutantPins,
  parseMutantPins,
  pinMutants,
  pinnedScore
} from "../../src/mutation/MutantPins.ts"
import { mutate } from "../../src/mutation/Mutation.ts"
import { type Baseline, driftOf, parseBaseline, pin } from "../../src/suite/Baseline.ts"
import { checkCase } from "../../src/suite/CheckCase.ts"
import { casesOf } from "../../src/suite/Suite.ts"

/** Cases, and how many of their verdicts are which. */
export interface SuiteFigures {
  readonly cases: number
  readonly states: number
  readonly verdicts: number
  readonly violated: number
  /** Runs that decide a verdict; each is taken again through fresh handlers before the verdict is given. */
  readonly traces: number
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")

/** The pinned outcome of every case. */
export const pinnedCases = (): Baseline => parseBaseline("reports/baseline.json", read("reports/baseline.json"))

/** The figures of pinned cases. */
export const figuresOfSuite = (pinned: Baseline): SuiteFigures => {
  const cases = Object.values(pinned)
  const outcomes = cases.flatMap(({ properties }) => Object.values(properties))
  const starting = (word: string) => outcomes.filter((outcome) => outcome.startsWith(word)).length
  return {
    cases: cases.length,
    states: cases.reduce((sum, { distinct }) => sum + distinct, 0),
    verdicts: outcomes.length,
    violated: starting("violated"),
    traces: starting("violated") + starting("reached in")
  }
}

/** Explores every case that `verify` explores; `drift` says in sentences what is not as pinned. */
export const runSuite = async (onProgress: (done: number, of: number) => void) => {
  const pinned = pinnedCases()
  const found: Record<string, Baseline[string]> = {}
  const drift: Array<string> = []
  const cases = casesOf(catalogue, false)
  for (const suiteCase of cases) {
    const { result } = await Effect.runPromise(checkCase(suiteCase))
    found[suiteCase.id] = pin(result)
    const before = pinned[suiteCase.id]
    drift.push(...(before === undefined ? [`${suiteCase.id}: not in the baseline`] : driftOf(result, before)))
    const done = Object.keys(found).length
    if (done % 50 === 0) onProgress(done, cases.length)
  }
  return { figures: figuresOfSuite(found), drift }
}

/** Killed mutants of all that count, and the claims that noticed none. */
export interface MutationFigures {
  readonly killed: number
  readonly of: number
  readonly neverFalsified: number
}

const pinnedMutants = () => parseMutantPins("reports/mutants.json", read("reports/mutants.json"))

const figuresOfMutants = (pins: MutantPins): MutationFigures => ({
  ...pinnedScore(pins),
  neverFalsified: Object.values(pins).reduce((sum, { neverFalsified }) => sum + neverFalsified.length, 0)
})

/** The pinned score of mutation. */
export const mutationFigures = (): MutationFigures => figuresOfMutants(pinnedMutants())

/** Mutates one case of every model, as `plait mutate` does; `drift` says in sentences what is not as pinned. */
export const runMutation = async (onProgress: (done: number, of: number) => void) => {
  const pins = pinnedMutants()
  const baseline = pinnedCases()
  const found: Record<string, MutantPins[string]> = {}
  const drift: Array<string> = []
  const cases = catalogue.flatMap((entry) => chosenCase(entry, baseline) ?? [])
  for (const suiteCase of cases) {
    const result = await Effect.runPromise(mutate(suiteCase))
    const pinned = pins[suiteCase.id]
    found[suiteCase.id] = pinMutants(result)
    drift.push(...(pinned === undefined ? [`${suiteCase.id}: no pinned mutants`] : mutantDrift(result, pinned)))
    onProgress(Object.keys(found).length, cases.length)
  }
  return { figures: figuresOfMutants(found), drift }
}
