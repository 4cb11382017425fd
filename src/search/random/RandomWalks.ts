/**
 * Random walks for systems too large to exhaust: fast-check draws the successors, and the explorer is the shrinker
 * (Shortening.ts).
 *
 * A walk never proves a property: if no walk decides it, its verdict is `inconclusive`. Properties about what happens
 * eventually are not evaluated: a walk that has ended shows nothing about a run that goes on.
 */
import { Effect } from "effect"
import fc from "fast-check"
import {
  type Checker,
  checkerOf,
  compile,
  decidingValue,
  isJudgedAt,
  type Judge,
  type ModelRefused,
  type Program,
  refuseNamesakes,
  STEP_EXTRAS,
  Successors,
  THREW
} from "../../engine/index.ts"
import { wholeNumber } from "../../model/Checked.ts"
import type { System } from "../../model/index.ts"
import type { Property } from "../../property/index.ts"
import { successorOf } from "../../trace/follow.ts"
import type { Schedule } from "../../trace/Trace.ts"
import { evidence } from "../evidence.ts"
import { failedBy } from "../Discovery.ts"
import { Resources, SearchClock } from "../Limits.ts"
import { retryIfSuspended, runModelCode, runModelSlice } from "../run-model-code.ts"
import type { Simulation, WalkedProperty, WalkOptions } from "./Simulation.ts"
import { defaultShorteningBudget, type Shortened, shortened, type Shortening } from "./Shortening.ts"

/** Planned duration of a batch of walks; other work can run after each. */
const BATCH_MILLIS = 30

/** Additional duration for each walk before the batch: fast-check takes a quarter of it to skip that walk. */
const EARLIER_WALK_MILLIS = 0.004

/** A state on a walk. */
interface Point {
  readonly state: Int32Array
  /** Steps from the start. */
  readonly length: number
  /** The step that led here; `undefined` at the start. */
  readonly by: Step | undefined
}

interface Step {
  readonly before: Point
  readonly ordinal: number
  /** Action, observations and node, in the form of a step's frame. */
  readonly head: ReturnType<Successors["head"]>
}

/**
 * Walks through a system at random, separately for each property, until a walk decides it or the walks are used up. The
 * same seed gives the same result.
 */
export const simulate = Effect.fnUntraced(function* <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  options: WalkOptions
): Effect.fn.Return<Simulation, ModelRefused> {
  wholeNumber({ of: "simulate", name: "walks" }, options.walks)
  wholeNumber({ of: "simulate", name: "seed" }, options.seed, { least: -Infinity })
  if (options.maxSteps !== undefined) wholeNumber({ of: "simulate", name: "maxSteps" }, options.maxSteps)
  const resources = yield* Resources
  yield* runModelCode(system.name, () => refuseNamesakes(system.name, properties))
  const program = yield* runModelCode(system.name, () => compile(system, properties))
  const replayed = yield* runModelCode(system.name, () => compile(system, properties))
  const { nowMillis: now } = yield* SearchClock
  const started = now()
  const walker = new Walker(program, options)
  const report = () => {
    const { distinct, longest } = walker
    options.onProgress?.({ distinct: distinct.size, depth: longest, elapsedMillis: now() - started })
  }
  const results: Array<WalkedProperty> = []
  for (const property of properties) {
    const checker = yield* runModelCode(system.name, () => checkerOf(program, property as Property<unknown>))
    const undecided = (why: "interrupted" | "random walks", checked: number): WalkedProperty => {
      const verdict = { _tag: "inconclusive", why, checked } as const
      return { name: property.name, kind: property.kind, verdict, path: null, isShortest: null }
    }
    if (checker.judgedAt === "run") {
      results.push(undecided("random walks", 0))
      continue
    }
    const walk = yield* decidingWalk({ system: system.name, walker, checker, options, now, report })
    yield* runModelCode(system.name, () => [program, checker].forEach((each) => each.recheck()))
    results.push(
      walk === undefined
        ? undecided(walker.interrupted ? "interrupted" : "random walks", walker.checked)
        : yield* decidedBy(walk, { system: system.name, program, replayed, checker, options, resources, now })
    )
    yield* Effect.yieldNow
  }
  const { distinct, interrupted, steps, taken, walks } = walker
  return {
    system: system.name,
    seed: options.seed,
    walks,
    steps,
    distinct: distinct.size,
    interrupted,
    actions: program.actions.map((action, index) => ({ ...action, taken: taken[index]! })),
    properties: results
  }
}, retryIfSuspended)

/** The point at which a walk decided a property. */
interface WalkDecision {
  readonly last: Point
  readonly threw: boolean
}

interface DecidingWalk extends WalkDecision {
  /** The path that, with the seed, makes fast-check repeat this walk. */
  readonly path: string
}

/** Parameters of the walks for one property. */
interface Walking {
  readonly system: string
  readonly walker: Walker
  readonly checker: Checker
  readonly options: WalkOptions
  readonly now: () => number
  /** Reports the progress of the walks. */
  readonly report: () => void
}

/**
 * Takes walks in batches until one decides a property. fast-check does not shrink them: the explorer finds the shortest
 * run.
 */
const decidingWalk = Effect.fnUntraced(function* ({
  checker,
  now,
  options: { seed, walks },
  system,
  report,
  walker
}: Walking): Effect.fn.Return<DecidingWalk | undefined, ModelRefused> {
  const undecided = walker.undecided(checker)
  for (let from = 0, size = 1; from < walks;) {
    const began = now()
    const batch = { seed, path: String(from), numRuns: Math.min(size, walks - from), endOnFailure: true }
    const { counterexamplePath: path } = yield* runModelSlice(system, () => fc.check(undecided, batch))
    if (path !== null) return walker.decision && { ...walker.decision, path }
    from += size
    const share = (now() - began) / (BATCH_MILLIS + EARLIER_WALK_MILLIS * from)
    if (share <= 0.5) size *= 2
    else if (share > 2) size = Math.ceil(size / 2)
    report()
    yield* Effect.yieldNow
  }
  return undefined
})

/** Takes walks and counts the states, steps and actions in them. */
class Walker {
  walks = 0
  steps = 0
  longest = 0
  /** Number of points at which the current property applied. */
  checked = 0
  interrupted = false
  readonly distinct = new Set<string>()
  /** Number of steps by each action. */
  readonly taken: Array<number>
  /** The decision of the last walk on the current property. */
  decision: WalkDecision | undefined
  private readonly program: Program
  private readonly options: WalkOptions
  private readonly out = new Successors()

  constructor(program: Program, options: WalkOptions) {
    this.program = program
    this.options = options
    this.taken = program.actions.map(() => 0)
  }

  /** The fast-check property of a walk that does not decide the checker's property. */
  undecided(checker: Checker): fc.IProperty<[Point]> {
    this.checked = 0
    this.decision = undefined
    const start = fc.constantFrom(...this.program.initial.map((state): Point => ({ state, length: 0, by: undefined })))
    const walk = fc.chainUntil(start, (point) => this.next(point, checker))
    return fc.property(walk, ({ length }) => {
      if (this.interrupted) return false
      this.walks++
      this.longest = Math.max(this.longest, length)
      return this.decision === undefined
    })
  }

  /** The next points of a walk; `undefined` if it ends: no successor, too long, the property decided, or stopped. */
  private next(point: Point, checker: Checker): fc.Arbitrary<Point> | undefined {
    this.interrupted = this.options.signal?.aborted ?? false
    if (this.interrupted) return undefined
    const isOutside = this.isOutside(point)
    if (!isOutside) this.distinct.add(point.state.join())
    if (this.isDecided(point, checker) || isOutside || point.length >= (this.options.maxSteps ?? 200)) return undefined
    this.expand(point.state)
    const { count } = this.out
    // The walk draws from this before it calls `next` again, so the successors are still those of the point.
    return count === 0 ? undefined : fc.nat(count - 1).map((ordinal) => this.step(point, ordinal))
  }

  /** True if a point is outside the model's constraints: it is judged like any other, but the walk ends. */
  private isOutside({ by, state }: Pick<Point, "by" | "state">): boolean {
    return this.program.excludes?.(by?.before.state, state) === true
  }

  private step(before: Point, ordinal: number): Point {
    const head = this.out.head(ordinal)
    const [action] = head
    this.steps++
    this.taken[action]!++
    const state = successorOf(before.state, ordinal, this.out)!
    return { state, length: before.length + 1, by: { before, ordinal, head } }
  }

  /** Evaluates the property at a point, and stores an answer that decides it. */
  private isDecided(point: Point, checker: Checker): boolean {
    const { onInitial } = checker
    const isStart = point.by === undefined && onInitial !== undefined
    const judge: Judge = isStart ? onInitial : checker
    const frame = isStart ? point.state : this.frameAt(point, checker)
    if (frame === undefined) return false
    if (judge.applies(frame)) this.checked++
    const answer = judge.evaluate(frame)
    if (answer !== decidingValue(checker.property) && answer !== THREW) return false
    this.decision = { last: point, threw: answer === THREW }
    return true
  }

  /** The frame of a point for evaluation; `undefined` if the property is not judged there. */
  private frameAt({ by, state }: Pick<Point, "by" | "state">, { judgedAt }: Checker): Int32Array | undefined {
    if (judgedAt === "step") return by === undefined ? undefined : this.stepFrame(by, state)
    if (judgedAt === "state") return state
    if (this.isOutside({ by, state })) return undefined
    this.expand(state)
    return isJudgedAt(this.program, judgedAt, state, this.out) ? state : undefined
  }

  private stepFrame({ before, head }: Step, after: Int32Array): Int32Array {
    const { slots } = this.program
    const frame = new Int32Array(2 * slots + STEP_EXTRAS)
    frame.set(before.state.subarray(0, slots))
    frame.set(after.subarray(0, slots), slots)
    frame.set(head, 2 * slots)
    return frame
  }

  private expand(state: Int32Array): void {
    this.out.clear()
    this.program.expand(state, this.out)
  }
}

/** Parameters for judging a deciding walk. */
interface Judging extends Pick<Shortening, "system" | "program" | "checker" | "resources" | "now"> {
  /** A program whose handlers have not run yet. */
  readonly replayed: Program
  readonly options: WalkOptions
}

/** The verdict of a walk: first reported with the whole walk, then returned with the walk shortened. */
const decidedBy = Effect.fnUntraced(function* (
  { last, path, threw }: DecidingWalk,
  { options, replayed, ...given }: Judging
): Effect.fn.Return<WalkedProperty, ModelRefused> {
  const { checker, program, system } = given
  const { kind, name } = checker.property
  if (threw) {
    return { name, kind, verdict: failedBy(checker.thrown()), path, isShortest: null }
  }
  const decided = ({ isShortest, schedule }: Shortened) =>
    runModelCode(system, (): WalkedProperty => {
      const { trace, ...why } = evidence(program, replayed, checker, schedule)
      const _tag = kind === "reachable" ? "reached" : "violated"
      return { name, kind, verdict: { _tag, evidence: trace, ...why }, path, isShortest }
    })
  const walk = scheduleOf(program, last)
  options.onDecided?.(yield* decided({ schedule: walk, isShortest: false }))
  const budget = options.shortening ?? defaultShorteningBudget
  return yield* decided(
    yield* shortened({ ...given, walk, budget, interrupted: () => options.signal?.aborted ?? false })
  )
})

/** The schedule of a walk. */
const scheduleOf = (program: Program, last: Point): Schedule => {
  const ordinals: Array<number> = []
  let point = last
  for (; point.by !== undefined; point = point.by.before) ordinals.unshift(point.by.ordinal)
  return { initialIndex: program.initial.indexOf(point.state), ordinals }
}
