/**
 * The rows that a trace's diagram and its table of steps share: heights in pixels, known before a browser lays anything
 * out, so that the diagram's lines meet the table's without a script.
 */
import type { TraceSummary, SummaryStep } from "../../trace/TraceSummary.ts"

/** Height of the heads of the lanes and of the table. */
export const HEAD = 44
const LEAST = 44
const LINE = 20
const PADDING = 12
const MOST_LINES = 8

/** Lines of changes that a step shows; the rest is in its state. */
export const shownChanges = ({ changes }: SummaryStep): number => Math.min(changes.length, MOST_LINES)

const linesOf = (step: SummaryStep): number =>
  step.changes.length > MOST_LINES ? MOST_LINES + 1 : Math.max(shownChanges(step), step.noted.length > 0 ? 2 : 1)

/** Height of a step's row. */
export const heightOf = (step: SummaryStep): number => Math.max(LEAST, LINE * linesOf(step) + PADDING)

/** The middle of each step's row from the top; where index 0 is the head's lower edge. */
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
