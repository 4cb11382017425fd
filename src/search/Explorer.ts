/**
 * Exhaustive exploration: runs a search to its end or a limit, then turns its discoveries into verdicts with traces.
 * Every trace is replayed through freshly run handlers before it is reported.
 */
import { Effect } from "effect"
import {
  type Checker,
  checkerOf,
  compile,
  type CompileOptions,
  judgedApart,
  type ModelRefused,
  type Program,
  refuseNamesakes
} from "../engine/index.ts"
import type { System } from "../model/index.ts"
import type { Property, StopReason, Verdict } from "../property/index.ts"
import { judgedOf } from "../property/no-deadlock.ts"
import type { Trace } from "../trace/Trace.ts"
import { conserved } from "./conservation.ts"
import { evidence, scheduleTo } from "./evidence.ts"
import type { Exploration, PropertyResult } from "./Exploration.ts"
import { failedBy, type Discovery } from "./Discovery.ts"
import { growingIn } from "./Growth.ts"
import { type Limits, limitsFrom, Resources, type ResourceUse, SearchClock } from "./Limits.ts"
import { type Judging, judgeRuns } from "./liveness/Liveness.ts"
import { retryIfSuspended, runModelCode, runModelSlice } from "./run-model-code.ts"
import { Search } from "./Search.ts"

/** Progress of a search. */
export interface Progress {
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  /** Number of states found and not yet expanded. */
  readonly queue: number
  readonly elapsedMillis: number
}

/** Options of an exploration. */
export interface ExploreOptions extends CompileOptions {
  readonly limits?: Partial<Limits>
  /**
   * Selects properties, by name, whose violation ends the search: the trace is still a shortest one, and properties
   * that are undecided by then are inconclusive. None if absent: every property is decided.
   */
  readonly stopsAtViolation?: (property: string) => boolean
  /** Stops the search, which then returns its results so far. */
  readonly signal?: AbortSignal
  /** Called between slices of a search, about twenty times a second. */
  readonly onProgress?: (progress: Progress) => void
}

/** Length of a slice; other work can run between two slices. */
const SLICE_MILLIS = 50

/**
 * Explores a system and judges properties of it.
 *
 * **Details** Fails with `ModelRefused` if the model breaks a rule. A search that hits a limit succeeds, with
 * `complete: false` and no verdict `holds`.
 *
 * @example
 * ```ts
 * import { Effect } from "effect"
 * import { explore } from "plait"
 * import { growOnlySetModel } from "plait/models/crdt/grow-only-set"
 *
 * const system = growOnlySetModel.system({ replicas: 3, operations: 3 })
 * const found = await Effect.runPromise(explore(system, []))
 *
 * // Each addition is not yet invoked, or invoked and delivered to any of the two others: (1 + 2^2)^3
 * found.distinct // => 125
 * found.complete // => true
 * ```
 */
export const explore = Effect.fnUntraced(function* <View>(
  system: System<View>,
  given: ReadonlyArray<Property<View>>,
  options: ExploreOptions = {}
) {
  const properties = judgedOf(system, given)
  const limits = limitsFrom("explore", options.limits)
  const { nowMillis: now } = yield* SearchClock
  const resources = yield* Resources
  const started = now()
  yield* runModelCode(system.name, () => refuseNamesakes(system.name, properties))
  const means: Means<View> = { system, options, limits, resources, now }
  const searched = yield* searchedFor(properties, means)
  const { checkers, program, search } = searched
  const runsOfModel = { handlerRuns: program.handlerRuns(), costs: program.costs() }
  const actions = actionCounts(search, program)
  const replayed = yield* runModelCode(system.name, () => compile(system, properties, options))
  const stop = (): StopReason | undefined => {
    if (options.signal?.aborted === true) return "interrupted"
    return now() - started >= limits.timeMillis ? "time limit" : undefined
  }
  const groups = judgedApart(properties)
  const runs = new Map(yield* judgedRuns(means, { ...searched, replayed, stop, apart: new Set(groups.flat()) }))
  if (search.stopReason === null) {
    for (const group of groups) {
      const { onProgress: _, ...quietly } = options
      const left = { ...limits, timeMillis: Math.max(0, limits.timeMillis - (now() - started)) }
      const verdicts = yield* judgedAlone(group, { ...means, options: quietly, limits: left }, stop)
      for (const [property, verdict] of verdicts) runs.set(property, verdict)
    }
  }
  yield* runModelCode(system.name, () => {
    program.recheck()
    for (const checker of checkers) checker.recheck()
  })
  const elapsedMillis = now() - started
  const results = yield* runModelCode(system.name, () =>
    search.discoveries.map((discovery) =>
      resultOf(search, program, replayed, discovery, runs.get(discovery.checker.property))
    )
  )
  const found = summary(system.name, search, actions, results, elapsedMillis, {
    ...runsOfModel,
    growing: growingIn(search, program)
  })
  conserved(found)
  return found
}, retryIfSuspended)

/** Parameters shared by the searches of one system. */
interface Means<View> {
  readonly system: System<View>
  readonly options: ExploreOptions
  readonly limits: Limits
  readonly resources: ResourceUse
  readonly now: () => number
}

/** A finished search. */
interface Searched {
  readonly program: Program
  readonly checkers: ReadonlyArray<Checker>
  readonly search: Search
}

/** Compiles a program for some properties and runs its search to the end or a limit. */
const searchedFor = Effect.fnUntraced(function* <View>(
  properties: ReadonlyArray<Property<View>>,
  { limits, now, options, resources, system }: Means<View>
): Effect.fn.Return<Searched, ModelRefused> {
  const started = now()
  const program = yield* runModelCode(system.name, () => compile(system, properties, options))
  const checkers = yield* runModelCode(system.name, () =>
    properties.map((property) => checkerOf(program, property as Property<unknown>))
  )
  const search = yield* runModelCode(
    system.name,
    () =>
      new Search(program, checkers, {
        limits,
        resources,
        now,
        interrupted: () => options.signal?.aborted ?? false,
        allow: undefined,
        stopWhenDecided: false,
        stopsAtViolation: options.stopsAtViolation
      })
  )
  while (!search.done) {
    yield* runModelSlice(system.name, () => search.advance(now() + SLICE_MILLIS))
    options.onProgress?.(progressOf(search, now() - started))
    yield* Effect.yieldNow
  }
  return { program, checkers, search }
})

type Verdicts = ReadonlyMap<Property<unknown>, Verdict<Trace>>

/** The verdicts on the properties of runs that are judged on a search. */
const judgedRuns = Effect.fnUntraced(function* <View>(
  { limits, resources, system }: Means<View>,
  judging: Omit<Judging, "system" | "room">
): Effect.fn.Return<Verdicts, ModelRefused> {
  const room = limits.memoryBytes - resources.residentBytes()
  const found = yield* judgeRuns({ ...judging, system: system.name, room })
  return new Map([...found].map(([{ checker }, verdict]) => [checker.property, verdict]))
})

/** The verdicts on properties of runs that are judged on a search of their own. */
const judgedAlone = Effect.fnUntraced(function* <View>(
  properties: ReadonlyArray<Property<View>>,
  means: Means<View>,
  stop: () => StopReason | undefined
): Effect.fn.Return<Verdicts, ModelRefused> {
  const { options, system } = means
  const searched = yield* searchedFor(properties, means)
  const replayed = yield* runModelCode(system.name, () => compile(system, properties, options))
  const verdicts = yield* judgedRuns(means, { ...searched, replayed, stop })
  yield* runModelCode(system.name, () => {
    for (const each of [searched.program, ...searched.checkers]) each.recheck()
  })
  return verdicts
})

const progressOf = (search: Search, elapsedMillis: number): Progress => ({
  distinct: search.store.count,
  generated: search.generated,
  depth: search.depth,
  queue: search.store.count - search.next,
  elapsedMillis
})

/** Counts of each action. They are taken before the evidence, which runs handlers again. */
const actionCounts = (search: Search, program: Program): Exploration["actions"] => {
  const guards = program.guards()
  return program.actions.map(({ fault, name }, index) => {
    const guard = guards[index]
    return {
      name,
      fault,
      taken: search.taken[index]!,
      fresh: search.fresh[index]!,
      unchanged: search.unchanged[index]!,
      outcomes: program.outcomes(index),
      guard: guard === undefined ? null : { ...guard }
    }
  })
}

const summary = (
  system: string,
  search: Search,
  actions: Exploration["actions"],
  properties: ReadonlyArray<PropertyResult>,
  elapsedMillis: number,
  rest: Pick<Exploration, "handlerRuns" | "costs" | "growing">
): Exploration => ({
  system,
  complete: search.stopReason === null,
  stopReason: search.stopReason,
  initial: search.levels[0]!,
  distinct: search.store.count,
  generated: search.generated,
  outside: search.outside,
  depth: search.depth,
  levels: search.levels,
  quiescent: search.quiescent,
  deadlocked: search.deadlocked,
  actions,
  properties,
  ...rest,
  elapsedMillis,
  bytesPerState: search.store.count === 0 ? 0 : search.bytes / search.store.count,
  digest: search.digest
})

const resultOf = (
  search: Search,
  program: Program,
  replayed: Program,
  discovery: Discovery,
  ofRuns: Verdict<Trace> | undefined
): PropertyResult => {
  const { property } = discovery.checker
  const verdict = ofRuns ?? verdictOf(search, program, replayed, discovery)
  return { name: property.name, kind: property.kind, verdict }
}

const verdictOf = (search: Search, program: Program, replayed: Program, discovery: Discovery): Verdict<Trace> => {
  const { checker, failed, place, thrown } = discovery
  // Every state is tested for deadlock, though few need a predicate.
  const checked = checker.judgedAt === "deadlock" ? search.store.count : discovery.checked
  if (failed) return failedBy(thrown)
  const { property } = checker
  if (place !== undefined) {
    const { trace, ...why } = evidence(program, replayed, checker, scheduleTo(search, program, place))
    return { _tag: property.kind === "reachable" ? "reached" : "violated", evidence: trace, ...why }
  }
  if (search.stopReason !== null) return { _tag: "inconclusive", why: search.stopReason, checked }
  if (checked === 0) return { _tag: "vacuous" }
  return property.kind === "reachable" ? { _tag: "unreached" } : { _tag: "holds", checked }
}
