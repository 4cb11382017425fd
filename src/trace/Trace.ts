/**
 * A trace: an initial state and steps, as plain data for people, files and diagrams.
 */
import type { Program, Snapshot, StepDescription } from "../engine/index.ts"

/** One step of a trace. */
export interface TraceStep extends Omit<StepDescription, "action"> {
  /** From 1. */
  readonly number: number
  /** The action's name as reports list it. */
  readonly action: string
  readonly fault: boolean
  /** Place among the successors of the state before, from 0: what a replay follows. */
  readonly ordinal: number
  /** The state after the step. */
  readonly state: Snapshot
}

/** An initial state and the steps taken from it. */
export interface Trace {
  /** Which of the initial states. */
  readonly initialIndex: number
  readonly initial: Snapshot
  readonly steps: ReadonlyArray<TraceStep>
  /**
   * Of a run that goes on for ever: how many steps come before those that repeat, so that the last state goes back to the
   * state after that many. As many as there are steps: the run stops.
   */
  readonly loop?: number
}

/** Which initial state, and the place of each step among the successors: enough to take the same way again. */
export interface Schedule {
  readonly initialIndex: number
  readonly ordinals: ReadonlyArray<number>
}

/** The schedule of a trace. */
export const scheduleOf = (trace: Trace): Schedule => ({
  initialIndex: trace.initialIndex,
  ordinals: trace.steps.map(({ ordinal }) => ordinal)
})

/** Number of fault steps. */
export const faultsIn = (trace: Trace): number => trace.steps.filter(({ fault }) => fault).length

/** The trace step for taking successor `ordinal` of `before` to `after`. */
export const traceStep = (
  program: Program,
  number: number,
  before: Int32Array,
  ordinal: number,
  after: Int32Array
): TraceStep => {
  const { action, ...description } = program.describeStep(before, ordinal)
  const { fault, name } = program.actions[action] ?? { fault: false, name: "?" }
  return { ...description, number, action: name, fault, ordinal, state: program.snapshot(after) }
}
