/**
 * Shortens a random walk that decided a property.
 *
 * The explorer is the shrinker: a breadth-first search restricted to the steps of the walk finds the shortest run made
 * of them. Such a search is exponential in the number of independent steps, so it has a budget. Beyond the budget the
 * walk is shortened greedily: loops are cut out, then steps are left out in ever smaller groups while the rest still
 * decides the property (delta debugging; Zeller and Hildebrandt, *Simplifying and Isolating Failure-Inducing Input*,
 * 2002), and the remaining steps are searched once more. The work is cut into slices, and a signal can end it between
 * two slices.
 */
import { Effect } from "effect"
import {
  type Checker,
  decidingValue,
  isJudgedAt,
  type ModelRefused,
  type Program,
  STEP_EXTRAS,
  Successors
} from "../../engine/index.ts"
import { successorOf } from "../../trace/follow.ts"
import type { Schedule } from "../../trace/Trace.ts"
import { scheduleTo } from "../evidence.ts"
import { defaultLimits, type ResourceUse } from "../Limits.ts"
import { runModelSlice } from "../run-model-code.ts"
import { Search } from "../Search.ts"

/** Budget for shortening one walk. */
export interface ShorteningBudget {
  /**
   * Distinct states of each restricted search, and a tenth of the steps that may be repeated while steps are left out.
   */
  readonly states: number
  /** Time for all of it. The limit of states is reached first unless a step is very slow. */
  readonly millis: number
}

/** Default budget: a hundred thousand states, ten seconds. */
export const defaultShorteningBudget: ShorteningBudget = { states: 100_000, millis: 10_000 }

/** Inputs of shortening. */
export interface Shortening {
  readonly system: string
  readonly program: Program
  readonly checker: Checker
  /** The walk, which decides the checker's property in its last state or step. */
  readonly walk: Schedule
  readonly budget: ShorteningBudget
  readonly resources: ResourceUse
  readonly now: () => number
  readonly interrupted: () => boolean
}

/** A run that decides the property. */
export interface Shortened {
  readonly schedule: Schedule
  /** True if no run made of the walk's steps is shorter; false if the budget ended or a signal came. */
  readonly isShortest: boolean
}

/** Length of a slice; other work can run between two slices. */
const SLICE_MILLIS = 30

/** Steps that may be repeated while steps are left out, for each state of the budget. */
const STEPS_PER_STATE = 10

/** Shortens a walk. Fails with `ModelRefused` if code of the model does. */
export const shortened = Effect.fnUntraced(function* (given: Shortening): Effect.fn.Return<Shortened, ModelRefused> {
  const { budget, now } = given
  const deadline = now() + budget.millis
  const whole = yield* searched(given, given.walk, deadline)
  if (whole !== undefined) return { schedule: whole, isShortest: true }
  const reduction = new Reduction(given, deadline)
  while (!reduction.done) {
    yield* runModelSlice(given.system, () => reduction.advance(now() + SLICE_MILLIS))
    yield* Effect.yieldNow
  }
  const schedule = (yield* searched(given, reduction.best, deadline)) ?? reduction.best
  return { schedule, isShortest: false }
})

/** Searches the runs made of a schedule's steps; `undefined` if the budget ends first. */
const searched = Effect.fnUntraced(function* (
  { budget, checker, interrupted, now, program, resources, system }: Shortening,
  schedule: Schedule,
  deadline: number
): Effect.fn.Return<Schedule | undefined, ModelRefused> {
  const labels = new Set(yield* runModelSlice(system, () => labelsOf(program, schedule)))
  const search = yield* runModelSlice(
    system,
    () =>
      new Search(program, [checker], {
        limits: { ...defaultLimits, states: budget.states, timeMillis: deadline - now() },
        resources,
        now,
        interrupted,
        allow: (state, ordinal) => labels.has(program.describeStep(state, ordinal).label),
        stopWhenDecided: true
      })
  )
  while (!search.done) {
    yield* runModelSlice(system, () => search.advance(now() + SLICE_MILLIS))
    yield* Effect.yieldNow
  }
  const { failed, place } = search.discoveries[0]!
  // A property that throws near the walk is not the result of the walk.
  if (failed) return undefined
  if (place !== undefined) return yield* runModelSlice(system, () => scheduleTo(search, program, place))
  if (search.stopReason === null) throw new Error("plait's fault: the steps of a deciding walk do not decide")
  return undefined
})

/** The steps of a schedule in words, in order. */
const labelsOf = (program: Program, { initialIndex, ordinals }: Schedule): ReadonlyArray<string> => {
  const out = new Successors()
  let state = program.initial[initialIndex]!
  return ordinals.map((ordinal) => {
    const { label } = program.describeStep(state, ordinal)
    out.clear()
    program.expand(state, out)
    state = successorOf(state, ordinal, out)!
    return label
  })
}

/** Leaves out steps of a schedule while the rest decides the property. */
class Reduction {
  best: Schedule
  done = false
  private readonly given: Shortening
  private readonly deadline: number
  private readonly out = new Successors()
  private labels: ReadonlyArray<string>
  /** Number of steps that may still be repeated. */
  private stepsLeft: number
  /**
   * Number of steps to leave out at once, and the index of the first of them; a pass over all of them ends past the
   * last.
   */
  private size: number
  private from = Infinity
  private leftOut = true

  constructor(given: Shortening, deadline: number) {
    this.given = given
    this.deadline = deadline
    this.stepsLeft = STEPS_PER_STATE * given.budget.states
    this.best = given.walk
    this.labels = labelsOf(given.program, given.walk)
    this.best = this.withoutLoops(given.walk)
    this.labels = labelsOf(given.program, this.best)
    this.size = this.labels.length
  }

  /** Advances until the given moment, the end of the budget, or a signal. */
  advance(until: number): void {
    const { interrupted, now } = this.given
    while (!this.done) {
      const moment = now()
      this.done = this.stepsLeft <= 0 || moment >= this.deadline || interrupted()
      if (this.done || moment >= until) return
      this.done = !this.next()
    }
  }

  /** Leaves out one group of steps, if the rest decides; false once no single step can be left out. */
  private next(): boolean {
    if (this.from >= this.labels.length) {
      if (this.size <= 1 && !this.leftOut) return false
      this.size = Math.ceil(this.size / 2)
      this.from = 0
      this.leftOut = false
      return true
    }
    const shorter = this.deciding(this.labels.toSpliced(this.from, this.size))
    if (shorter === undefined) this.from += this.size
    else {
      this.best = shorter
      this.labels = labelsOf(this.given.program, shorter)
      this.leftOut = true
    }
    return true
  }

  /**
   * The run that takes the labelled steps one after another until it decides; a step that it cannot take is left out.
   */
  private deciding(labels: ReadonlyArray<string>): Schedule | undefined {
    const { program } = this.given
    const { initialIndex } = this.best
    let state = program.initial[initialIndex]!
    const ordinals: Array<number> = []
    for (const label of labels) {
      this.stepsLeft--
      this.expand(state)
      const ordinal = this.ordinalOf(state, label)
      if (ordinal === -1) continue
      const next = successorOf(state, ordinal, this.out)!
      ordinals.push(ordinal)
      // A state outside the model's constraints is judged, and ends the run.
      const isOutside = program.excludes?.(state, next) === true
      const isJudged = !isOutside || !["quiescence", "deadlock"].includes(this.given.checker.judgedAt)
      if (isJudged && this.decides(next, state, ordinal)) return { initialIndex, ordinals }
      if (isOutside) return undefined
      state = next
    }
    return undefined
  }

  private ordinalOf(state: Int32Array, label: string): number {
    for (let ordinal = 0; ordinal < this.out.count; ordinal++) {
      if (this.given.program.describeStep(state, ordinal).label === label) return ordinal
    }
    return -1
  }

  /**
   * True if the property is decided in a state, or by the step that led to it; `out` has the successors of `before`.
   */
  private decides(state: Int32Array, before: Int32Array, ordinal: number): boolean {
    const { checker, program } = this.given
    const frame = checker.judgedAt === "step" ? this.stepFrame(before, state, ordinal) : this.stateFrame(state, program)
    return frame !== undefined && checker.evaluate(frame) === decidingValue(checker.property)
  }

  private stateFrame(state: Int32Array, program: Program): Int32Array | undefined {
    if (this.given.checker.judgedAt === "state") return state
    this.expand(state)
    return isJudgedAt(program, this.given.checker.judgedAt, state, this.out) ? state : undefined
  }

  private stepFrame(before: Int32Array, after: Int32Array, ordinal: number): Int32Array {
    const { slots } = this.given.program
    const frame = new Int32Array(2 * slots + STEP_EXTRAS)
    frame.set(before.subarray(0, slots))
    frame.set(after.subarray(0, slots), slots)
    frame.set(this.out.head(ordinal), 2 * slots)
    return frame
  }

  private expand(state: Int32Array): void {
    this.out.clear()
    this.given.program.expand(state, this.out)
  }

  /** The schedule without the steps between two visits of one state; the last step, which may decide, stays. */
  private withoutLoops({ initialIndex, ordinals }: Schedule): Schedule {
    let state = this.given.program.initial[initialIndex]!
    const visited = [state.join()]
    const remaining: Array<number> = []
    for (const ordinal of ordinals.slice(0, -1)) {
      this.expand(state)
      state = successorOf(state, ordinal, this.out)!
      const key = state.join()
      const earlier = visited.indexOf(key)
      remaining.push(ordinal)
      visited.push(key)
      if (earlier !== -1) {
        remaining.length = earlier
        visited.length = earlier + 1
      }
    }
    return { initialIndex, ordinals: [...remaining, ...ordinals.slice(-1)] }
  }
}
