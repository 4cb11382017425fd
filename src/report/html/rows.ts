/**
 * The rows that the diagram and the table of steps of a trace share: heights in pixels, known before a browser computes
 * the layout, so that the lines of the diagram meet those of the table without a script.
 */
import type { TraceSummary, SummaryStep } from "../../trace/TraceSummary.ts"

/** Height of the heads of the lanes and of the table. */
export const HEAD = 44
const LEAST = 44
const LINE = 20
const PADDING = 12
const MOST_LINES = 8

/** The number of changes that the row of a step shows. The others are in its state. */
export const shownChanges = ({ changes }: SummaryStep): number => Math.min(changes.length, MOST_LINES)

const linesOf = (step: SummaryStep): number =>
  step.changes.length > MOST_LINES ? MOST_LINES + 1 : Math.max(shownChanges(step), step.noted.length > 0 ? 2 : 1)

/** Height of a step's row. */
export const heightOf = (step: SummaryStep): number => Math.max(LEAST, LINE * linesOf(step) + PADDING)

/** The middle of the row of each step, from the top. Index 0 is the lower edge of the head. */
export const middlesOf = ({ steps }: TraceSummary): ReadonlyArray<number> => {
  const middles = [HEAD]
  let top = HEAD
  for (const step of steps) {
    middles.push(top + heightOf(step) / 2)
    top += heightOf(step)
  }
  return middles
}

/** Height of the whole. */
export const totalOf = ({ steps }: TraceSummary): number => steps.reduce((sum, step) => sum + heightOf(step), HEAD)
