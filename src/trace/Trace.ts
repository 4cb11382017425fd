/**
 * A trace: an initial state and steps, as plain data for people, files and diagrams.
 */
import type { Program, Snapshot, StepDescription } from "../engine/index.ts"

/** One step of a trace. */
export interface TraceStep extends Omit<StepDescription, "action"> {
  /** Position in the trace, from 1. */
  readonly number: number
  /** The action's name as reports list it. */
  readonly action: string
  readonly fault: boolean
  /** Place among the successors of the state before, from 0; a replay follows it. */
  readonly ordinal: number
  /** The state after the step. */
  readonly state: Snapshot
}

/** An initial state and the steps taken from it. */
export interface Trace {
  /** Index among the initial states. */
  readonly initialIndex: number
  readonly initial: Snapshot
  readonly steps: ReadonlyArray<TraceStep>
  /**
   * For a run that continues for ever: the number of steps before those that repeat, so that the last state returns to
   * the state after that many. Equal to the number of all steps if the run stops.
   */
  readonly loop?: number
}

/** The index of the initial state, and the place of each step among the successors: enough to replay the run. */
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
