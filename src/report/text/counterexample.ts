/**
 * A trace for a terminal: a line for each step, below it only the changed paths, then the reason and the command to
 * replay the trace.
 */
import type { PropertyReport } from "../../suite/CheckCase.ts"
import type { PrintedStep } from "../../trace/PrintedStep.ts"
import { visible, visibleIn } from "../visible.ts"
import { type Paint, plain, signs, styles } from "./paint.ts"

/** The command that replays a trace. `plait` is the call of the command line where it is printed. */
export const replayLine = (plait: string, id: string): string => `${plait} replay '${id}'`

/** The ending of an infinite run, given the number of steps before the loop. */
export const loopSentence = (length: number, loop: number): string => {
  if (loop === length) return "the run stops there: fairness requires no further step"
  if (loop === length - 1) return `step ${length} repeats for ever`
  return `the steps ${loop + 1}–${length} repeat for ever`
}

/** The length of a trace, and that no shorter one decides the property. */
export const lengthOf = ({ length, loop }: { readonly length: number; readonly loop: number | null }): string => {
  const steps = (count: number): string => `${count} ${count === 1 ? "step" : "steps"}`
  if (loop === null || loop === length) return `in ${steps(length)}, the fewest possible`
  return `by a loop of ${steps(length - loop)} after ${steps(loop)}, the fewest possible before any such loop`
}

/** The steps, numbers aligned. */
export const renderSteps = (
  steps: ReadonlyArray<PrintedStep>,
  paint: Paint = plain,
  width = String(steps.length).length
): ReadonlyArray<string> => {
  return visibleIn(steps).flatMap((step) => [
    `  ${String(step.number).padStart(width)}  ${step.label}${step.fault ? "  (fault)" : ""}`,
    ...step.changes.map((change) => paint("faint", `  ${" ".repeat(width)}    ${change}`))
  ])
}

/** Options of a printed counterexample. */
export interface CounterexampleStyle {
  /** The call of the command line where the counterexample is printed. */
  readonly plait: string
  readonly paint?: Paint
}

/** The trace that decided a property, under the name of its system. */
export const renderCounterexample = (
  system: string,
  decided: PropertyReport,
  steps: ReadonlyArray<PrintedStep>,
  { paint = plain, plait }: CounterexampleStyle
): string => {
  const name = visible(system)
  const property = visibleIn(decided)
  const { counterexample, verdict, why } = property
  const style = styles[verdict]
  const heading = `${paint(style, signs[verdict])} ${property.name}: ${paint(style, verdict)}`
  if (counterexample === null) return [why === null ? heading : `${heading}: ${why}`, `  in ${name}`].join("\n")
  const faults = counterexample.faults === 0 ? "" : `, ${counterexample.faults} of them faults`
  return [
    `${heading} ${lengthOf(counterexample)}${faults}`,
    `  in ${name}`,
    ...renderSteps(steps, paint),
    ...(counterexample.loop === null ? [] : [`  ${loopSentence(counterexample.length, counterexample.loop)}`]),
    ...(counterexample.because === "" ? [] : [`  why: ${counterexample.because}`]),
    ...(counterexample.itf === null ? [] : [`  written to ${counterexample.itf}`]),
    `  ${replayLine(plait, counterexample.replay)}`
  ].join("\n")
}
