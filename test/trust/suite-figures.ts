/**
 * The matrix in figures: from its pinned outcome, and from a run that is compared with it.
 */
import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { catalogue } from "../../src/catalogue/index.ts"
import { pinnedScore, parseMutantPins } from "../../src/mutation/MutantPins.ts"
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

/** The pinned score of mutation, and how many claims noticed no mutant. */
export const mutationFigures = () => {
  const pins = parseMutantPins("reports/mutants.json", read("reports/mutants.json"))
  const asleep = Object.values(pins).reduce((sum, { asleep }) => sum + asleep.length, 0)
  return { ...pinnedScore(pins), asleep }
}
