/**
 * The matrix in figures: from its pinned outcome, and from a run that is compared with it.
 */
import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { catalogue } from "../catalogue.ts"
import { chosenCell } from "../../src/mutation/choose-cells.ts"
import {
  mutantDrift,
  type MutantPins,
  parseMutantPins,
  pinMutants,
  pinnedScore
} from "../../src/mutation/MutantPins.ts"
import { mutate } from "../../src/mutation/Mutation.ts"
import { type Baseline, driftOf, parseBaseline, pin } from "../../src/suite/Baseline.ts"
import { checkCell } from "../../src/suite/CheckCell.ts"
import { cellsOf } from "../../src/suite/Suite.ts"

/** Cells, and how many of their verdicts are which. */
export interface SuiteFigures {
  readonly cells: number
  readonly states: number
  readonly verdicts: number
  readonly violated: number
  /** Runs that decide a verdict; each is taken again through fresh handlers before the verdict is given. */
  readonly traces: number
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")

/** The pinned outcome of every cell. */
export const pinnedCells = (): Baseline => parseBaseline("reports/baseline.json", read("reports/baseline.json"))

/** The figures of pinned cells. */
export const figuresOfSuite = (pinned: Baseline): SuiteFigures => {
  const cells = Object.values(pinned)
  const outcomes = cells.flatMap(({ properties }) => Object.values(properties))
  const starting = (word: string) => outcomes.filter((outcome) => outcome.startsWith(word)).length
  return {
    cells: cells.length,
    states: cells.reduce((sum, { distinct }) => sum + distinct, 0),
    verdicts: outcomes.length,
    violated: starting("violated"),
    traces: starting("violated") + starting("reached in")
  }
}

/** Explores every cell that `verify` explores; `drift` says in sentences what is not as pinned. */
export const runSuite = async (onProgress: (done: number, of: number) => void) => {
  const pinned = pinnedCells()
  const found: Record<string, Baseline[string]> = {}
  const drift: Array<string> = []
  const cells = cellsOf(catalogue, false)
  for (const cell of cells) {
    const { result } = await Effect.runPromise(checkCell(cell))
    found[cell.id] = pin(result)
    const before = pinned[cell.id]
    drift.push(...(before === undefined ? [`${cell.id}: not in the baseline`] : driftOf(result, before)))
    const done = Object.keys(found).length
    if (done % 50 === 0) onProgress(done, cells.length)
  }
  return { figures: figuresOfSuite(found), drift }
}

/** Killed mutants of all that count, and the claims that noticed none. */
export interface MutationFigures {
  readonly killed: number
  readonly of: number
  readonly asleep: number
}

const pinnedMutants = () => parseMutantPins("reports/mutants.json", read("reports/mutants.json"))

const figuresOfMutants = (pins: MutantPins): MutationFigures => ({
  ...pinnedScore(pins),
  asleep: Object.values(pins).reduce((sum, { asleep }) => sum + asleep.length, 0)
})

/** The pinned score of mutation. */
export const mutationFigures = (): MutationFigures => figuresOfMutants(pinnedMutants())

/** Mutates one cell of every model, as `plait mutate` does; `drift` says in sentences what is not as pinned. */
export const runMutation = async (onProgress: (done: number, of: number) => void) => {
  const pins = pinnedMutants()
  const baseline = pinnedCells()
  const found: Record<string, MutantPins[string]> = {}
  const drift: Array<string> = []
  const cells = catalogue.flatMap((entry) => chosenCell(entry, baseline) ?? [])
  for (const cell of cells) {
    const result = await Effect.runPromise(mutate(cell))
    const pinned = pins[cell.id]
    found[cell.id] = pinMutants(result)
    drift.push(...(pinned === undefined ? [`${cell.id}: no pinned mutants`] : mutantDrift(result, pinned)))
    onProgress(Object.keys(found).length, cells.length)
  }
  return { figures: figuresOfMutants(found), drift }
}
