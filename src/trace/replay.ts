/** Replays a recorded schedule through freshly run handlers, and returns the properties that its end decides. */
import {
  checkerOf,
  compile,
  decidingValue,
  withTimeLimit,
  isJudgedAt,
  judgedApart,
  STEP_EXTRAS,
  Successors
} from "../engine/index.ts"
import type { Checker, Program } from "../engine/index.ts"
import type { System } from "../model/index.ts"
import type { Property } from "../property/index.ts"
import { judgedOf } from "../property/no-deadlock.ts"
import { explanation } from "./explanation.ts"
import { type Diverged, follow } from "./follow.ts"
import { violatingLoop } from "./lasso.ts"
import { decodeSchedule } from "./ReplayId.ts"
import type { Schedule, Trace } from "./Trace.ts"

/** Time limit of a replay, which normally takes milliseconds. */
const LIMIT_MILLIS = 60_000

/** The result of a replay. */
export type Replayed =
  | {
      readonly _tag: "replayed"
      readonly trace: Trace
      /**
       * The properties that the trace violates at its end, or by repeating for ever, or, for reachability properties,
       * reaches.
       */
      readonly decided: ReadonlyArray<string>
      /** The explanation of each decided property that has one. */
      readonly because: ReadonlyMap<string, string>
      /** The explanations that threw or returned no text. */
      readonly unexplained: ReadonlyArray<Error>
    }
  | Diverged
  /** The schedule can be taken, but a step differs from its label. */
  | {
      readonly _tag: "changed"
      readonly step: number
      readonly recorded: string
      readonly found: string
      readonly trace: Trace
    }

/**
 * Replays a recorded run through freshly run handlers, and returns the properties that its end decides.
 *
 * **Details** A schedule is printed with a counterexample, such as `0.0.2.1`. `labels`, if given, must be those of the
 * steps. Throws `ModelRefused`, also if code of the model has not returned after a minute, and `RangeError` for a text
 * that is not a schedule.
 *
 * @example
 * ```ts
 * import { replay } from "plait"
 * import { forgetfulTwoPhaseCommitModel } from "plait/models/reference/two-phase-commit"
 * import { noSplitDecision } from "plait/properties/atomic-commit"
 *
 * const system = forgetfulTwoPhaseCommitModel.system({ n: 3 })
 * const found = replay(system, [noSplitDecision], "0.2.0.3.1.2.1.1")
 *
 * found._tag === "replayed" ? found.decided : [] // => [noSplitDecision.name]
 * ```
 */
export const replay = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  recorded: Schedule | string,
  labels: ReadonlyArray<string> = []
): Replayed => {
  const schedule = typeof recorded === "string" ? decodeSchedule(recorded) : recorded
  if (schedule === undefined) throw new RangeError(`"${recorded}" is no schedule; one looks like 0.0.2.1`)
  return withTimeLimit(LIMIT_MILLIS, system.name, () => taken(system, properties, schedule, labels))
}

const taken = <View>(
  system: System<View>,
  given: ReadonlyArray<Property<View>>,
  schedule: Schedule,
  labels: ReadonlyArray<string>
): Replayed => {
  const properties = judgedOf(system, given)
  const groups = judgedApart(properties)
  const together = properties.filter((property) => !groups.flat().includes(property))
  const first = takenIn(compile(system, properties), together, schedule, labels)
  const ways = [first, ...groups.map((group) => takenIn(compile(system, group), group, schedule, labels))]
  const replayed = ways.flatMap((way) => (way._tag === "replayed" ? [way] : []))
  // A schedule names the same run in each program, except in one that distinguishes messages by their causal pasts.
  const way = replayed.find(({ decided }) => decided.length > 0) ?? replayed[0]
  return way === undefined ? first : joined(way, replayed.filter(isSameRun(way)), properties)
}

type Taken = Extract<Replayed, { readonly _tag: "replayed" }>

const isSameRun =
  ({ trace }: Taken) =>
  (other: Taken): boolean =>
    trace.steps.every(({ label }, index) => label === other.trace.steps[index]?.label)

/** The results of several programs for one run, with the trace of the first. */
const joined = (
  first: Taken,
  all: ReadonlyArray<Taken>,
  properties: ReadonlyArray<{ readonly name: string }>
): Taken => {
  const decided = all.flatMap((each) => each.decided)
  const loop = all.find(({ trace }) => trace.loop !== undefined)?.trace.loop
  return {
    _tag: "replayed",
    trace: loop === undefined ? first.trace : { ...first.trace, loop },
    decided: properties.flatMap(({ name }) => (decided.includes(name) ? [name] : [])),
    because: new Map(all.flatMap(({ because }) => [...because])),
    unexplained: all.flatMap(({ unexplained }) => unexplained)
  }
}

const takenIn = <View>(
  program: Program,
  properties: ReadonlyArray<Property<View>>,
  schedule: Schedule,
  labels: ReadonlyArray<string>
): Replayed => {
  const followed = follow(program, schedule)
  if (followed._tag === "diverged") return followed
  const { states, trace } = followed
  for (const [index, label] of labels.entries()) {
    const found = trace.steps[index]?.label ?? "nothing"
    if (found !== label) return { _tag: "changed", step: index + 1, recorded: label, found, trace }
  }
  let loop: number | undefined
  const decided = properties.filter((property) => {
    const checker = checkerOf(program, property as Property<unknown>)
    if (checker.judgedAt === "run") {
      const found = violatingLoop(program, checker, states, schedule.ordinals)
      loop ??= found
      return found !== undefined
    }
    const last = states[states.length - 1] ?? new Int32Array(program.slots)
    if (checker.judgedAt === "quiescence" || checker.judgedAt === "deadlock") {
      const out = new Successors()
      program.expand(last, out)
      if (!isJudgedAt(program, checker.judgedAt, last, out) || program.excludes?.(states.at(-2), last) === true)
        return false
    }
    return answerAt(program, states, checker, trace) === decidingValue(checker.property)
  })
  const explained = decided.map((property) => explanation(program, property as Property<unknown>, states, trace))
  return {
    _tag: "replayed",
    trace: loop === undefined ? trace : { ...trace, loop },
    decided: decided.map(({ name }) => name),
    because: new Map(decided.map(({ name }, index) => [name, explained[index]?.because ?? ""])),
    unexplained: explained.flatMap(({ unexplained }) => unexplained ?? [])
  }
}

/** The answer of a checker at the end of a followed trace; `undefined` for a property of steps without a step. */
export const answerAt = (
  program: Program,
  states: ReadonlyArray<Int32Array>,
  checker: Checker,
  trace: Trace
): number | undefined => {
  if (checker.judgedAt !== "step" || trace.steps.length > 0) {
    return checker.evaluate(frameOf(program, states, checker, trace))
  }
  return checker.onInitial?.evaluate(states[0] ?? new Int32Array(program.slots))
}

/** The frame on which a checker decides at the end of a followed trace. */
export const frameOf = (
  program: Program,
  states: ReadonlyArray<Int32Array>,
  checker: Checker,
  trace: Trace
): Int32Array => {
  const last = states[states.length - 1] ?? new Int32Array(program.slots)
  if (checker.judgedAt !== "step") return last
  const { slots } = program
  const frame = new Int32Array(2 * slots + STEP_EXTRAS)
  const before = states[states.length - 2] ?? last
  frame.set(before.subarray(0, slots))
  frame.set(last.subarray(0, slots), slots)
  const out = new Successors()
  program.expand(before, out)
  frame.set(out.head(trace.steps.at(-1)?.ordinal ?? 0), 2 * slots)
  return frame
}
