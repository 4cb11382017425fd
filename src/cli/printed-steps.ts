/**
 * A trace's steps as the text report prints them.
 */
import type { PrintedStep } from "../../reports/text/counterexample.ts"
import { changes, inline } from "../trace/diff.ts"
import type { Trace } from "../trace/Trace.ts"

/** The steps with what each changed. */
export const printedSteps = (trace: Trace): ReadonlyArray<PrintedStep> =>
  trace.steps.map(({ fault, label, number, state }, index) => ({
    number,
    label,
    fault,
    changes: changes(trace.steps[index - 1]?.state ?? trace.initial, state)
      .filter(({ path }) => !path.startsWith("observed: "))
      .map(({ after, before, path }) => `${path}: ${inline(before)} → ${inline(after)}`)
  }))
