/**
 * A trace for a terminal: a line per step, under it only the paths that changed, the reason, and the line to replay.
 */
import type { CellResult, PropertyReport } from "../../src/suite/CheckCell.ts"

/** A step as this report needs it. */
export interface PrintedStep {
  readonly number: number
  readonly label: string
  readonly fault: boolean
  /** Changed paths, as `path: before → after`. */
  readonly changes: ReadonlyArray<string>
}

/** The command that takes a trace again. */
export const replayLine = (id: string): string => `npm run -s plait -- replay '${id}'`

/** What becomes of a run that goes on for ever, given the steps before those that repeat. */
export const loopSentence = (length: number, loop: number): string => {
  if (loop === length) return "there the run stops: nothing is left that fairness demands"
  if (loop === length - 1) return `step ${length} repeats for ever`
  return `the steps ${loop + 1}–${length} repeat for ever`
}

const lengthOf = ({ length, loop }: NonNullable<PropertyReport["counterexample"]>): string => {
  const steps = (count: number): string => `${count} ${count === 1 ? "step" : "steps"}`
  if (loop === null || loop === length) return `in ${steps(length)}, the fewest possible`
  return `by a loop of ${steps(length - loop)} after ${steps(loop)}, the fewest possible before any such loop`
}

/** The trace that decided a property. */
export const renderCounterexample = (
  result: CellResult,
  property: PropertyReport,
  steps: ReadonlyArray<PrintedStep>
): string => {
  const { counterexample } = property
  const heading = `${result.id}: “${property.name}” is ${property.verdict}`
  if (counterexample === null) return property.why === null ? heading : `${heading}: ${property.why}`
  const faults = counterexample.faults === 0 ? "" : `, ${counterexample.faults} of them faults`
  const width = String(counterexample.length).length
  return [
    `${heading} ${lengthOf(counterexample)}${faults}`,
    ...steps.flatMap((step) => [
      `  ${String(step.number).padStart(width)}  ${step.label}${step.fault ? "  (fault)" : ""}`,
      ...step.changes.map((change) => `  ${" ".repeat(width)}    ${change}`)
    ]),
    ...(counterexample.loop === null ? [] : [`  ${loopSentence(counterexample.length, counterexample.loop)}`]),
    ...(counterexample.because === "" ? [] : [`  why: ${counterexample.because}`]),
    `  ${replayLine(counterexample.replay)}`
  ].join("\n")
}
