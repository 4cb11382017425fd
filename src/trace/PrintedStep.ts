/** A trace's steps in the words of a terminal: the action, and only the paths that it changed. */
import { changes, inline } from "./diff.ts"
import type { Trace } from "./Trace.ts"

/** A step as text reports print it. */
export interface PrintedStep {
  /** Position in the trace, from 1. */
  readonly number: number
  /** The action's name as reports list it. */
  readonly action: string
  readonly label: string
  readonly fault: boolean
  /** Changed paths, as `path: before → after`. */
  readonly changes: ReadonlyArray<string>
}

/** The steps with the changes of each. */
export const printedSteps = (trace: Trace): ReadonlyArray<PrintedStep> =>
  trace.steps.map(({ action, fault, label, number, state }, index) => ({
    number,
    action,
    label,
    fault,
    changes: changes(trace.steps[index - 1]?.state ?? trace.initial, state)
      .filter(({ path }) => !path.startsWith("observed: "))
      .map(({ after, before, path }) => `${path}: ${inline(before)} → ${inline(after)}`)
  }))
