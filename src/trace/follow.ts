/** Takes a schedule through a program again, step by step. */
import { type Program, Successors } from "../engine/index.ts"
import { type Schedule, type Trace, type TraceStep, traceStep } from "./Trace.ts"

/** A complete schedule, with the state after each step (the initial one first). */
export interface Followed {
  readonly _tag: "followed"
  readonly trace: Trace
  readonly states: ReadonlyArray<Int32Array>
}

/** A schedule that could not be taken to its end. */
export interface Diverged {
  readonly _tag: "diverged"
  /** The step that does not exist, from 1; 0 if the initial state does not. */
  readonly step: number
  /** The trace before that step, if the initial state exists. */
  readonly trace: Trace | undefined
  /** The steps that are possible instead. */
  readonly possible: ReadonlyArray<string>
}

/** The successor of a state at a place of its order, or `undefined`. */
export const successorOf = (state: Int32Array, ordinal: number, out: Successors): Int32Array | undefined => {
  let at = 0
  for (let index = 0; at < out.length; index++) {
    const edits = out.data[at + 3] ?? 0
    if (index === ordinal) {
      const next = state.slice()
      for (let edit = 0; edit < edits; edit++) {
        next[out.data[at + 4 + 2 * edit] ?? 0] = out.data[at + 5 + 2 * edit] ?? 0
      }
      return next
    }
    at += 4 + 2 * edits
  }
  return undefined
}

/** Follows a schedule from its initial state. */
export const follow = (program: Program, schedule: Schedule): Followed | Diverged => {
  let state = program.initial[schedule.initialIndex]
  if (state === undefined) return { _tag: "diverged", step: 0, trace: undefined, possible: [] }
  const states = [state]
  const steps: Array<TraceStep> = []
  const trace: Trace = { initialIndex: schedule.initialIndex, initial: program.snapshot(state), steps }
  const out = new Successors()
  let before: Int32Array | undefined
  for (const ordinal of schedule.ordinals) {
    out.clear()
    // A run ends outside the model's constraints.
    if (program.excludes?.(before, state) !== true) program.expand(state, out)
    const next = successorOf(state, ordinal, out)
    if (next === undefined) {
      const last = state
      const possible = Array.from({ length: out.count }, (_, index) => program.describeStep(last, index).label)
      return { _tag: "diverged", step: steps.length + 1, trace, possible }
    }
    steps.push(traceStep(program, steps.length + 1, state, ordinal, next))
    states.push(next)
    before = state
    state = next
  }
  return { _tag: "followed", trace, states }
}
