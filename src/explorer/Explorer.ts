/**
 * Exhaustive exploration: runs a search to its end or a limit, then turns what was found into verdicts with traces.
 * Every trace is taken again through freshly run handlers before it is reported.
 */
import { Clock, Effect } from "effect"
import {
  canonicalKey,
  type Checker,
  checkerOf,
  compile,
  type CompileOptions,
  decisive,
  ModelRefused,
  type Program,
  Successors
} from "../engine/index.ts"
import type { System } from "../model/index.ts"
import type { HistoryStep, Property, Verdict } from "../property/index.ts"
import { follow, successorOf } from "../trace/follow.ts"
import { frameOf } from "../trace/replay.ts"
import type { Schedule, Trace } from "../trace/Trace.ts"
import type { Exploration, PropertyResult } from "./Exploration.ts"
import type { Finding, Place } from "./Finding.ts"
import { defaultLimits, type Limits, Resources } from "./Limits.ts"
import { Search } from "./Search.ts"

/** What a search has done so far. */
export interface Progress {
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  /** States found and not yet expanded. */
  readonly queue: number
  readonly elapsedMillis: number
}

/** Choices for an exploration. */
export interface ExploreOptions extends CompileOptions {
  readonly limits?: Partial<Limits>
  /** Stops the search, which then returns what it knows. */
  readonly signal?: AbortSignal
  /** Called between slices of a search, about thirty times a second. */
  readonly onProgress?: (progress: Progress) => void
}

/** Length of a slice between two chances for anything else to run. */
const SLICE_MILLIS = 30

/** Runs a model's code and turns what it throws into a typed failure; anything but a refusal is a defect. */
const refusing = <A>(run: () => A): Effect.Effect<A, ModelRefused> =>
  Effect.try({ try: run, catch: (thrown) => thrown }).pipe(
    Effect.catch((thrown) => (thrown instanceof ModelRefused ? Effect.fail(thrown) : Effect.die(thrown)))
  )

/**
 * Explores a system and judges properties of it.
 *
 * **Details** Fails with `ModelRefused` if the model breaks a rule. A search that hits a limit succeeds, with
 * `complete: false` and no verdict `holds`.
 */
export const explore = Effect.fnUntraced(function* <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  options: ExploreOptions = {}
) {
  const clock = yield* Clock.Clock
  const resources = yield* Resources
  const now = () => clock.currentTimeMillisUnsafe()
  const started = now()
  const program = yield* refusing(() => compile(system, properties, options))
  const checkers = properties.map((property) => checkerOf(program, property as Property<unknown>))
  const search = yield* refusing(
    () =>
      new Search(program, checkers, {
        limits: { ...defaultLimits, ...options.limits },
        resources,
        now,
        interrupted: () => options.signal?.aborted ?? false,
        allow: undefined,
        stopWhenDecided: false
      })
  )
  while (!search.done) {
    yield* refusing(() => search.advance(now() + SLICE_MILLIS))
    options.onProgress?.(progressOf(search, now() - started))
    yield* Effect.yieldNow
  }
  const elapsedMillis = now() - started
  const handlerRuns = program.handlerRuns()
  const replayed = yield* refusing(() => compile(system, properties, options))
  const results = yield* refusing(() => search.findings.map((finding) => resultOf(search, program, replayed, finding)))
  return summary(system.name, search, program, results, elapsedMillis, handlerRuns)
})

const progressOf = (search: Search, elapsedMillis: number): Progress => ({
  distinct: search.store.count,
  generated: search.generated,
  depth: search.depth,
  queue: search.store.count - search.next,
  elapsedMillis
})

const summary = (
  system: string,
  search: Search,
  program: Program,
  properties: ReadonlyArray<PropertyResult>,
  elapsedMillis: number,
  handlerRuns: number
): Exploration => ({
  system,
  complete: search.stopReason === null,
  stopReason: search.stopReason,
  initial: search.levels[0] ?? 0,
  distinct: search.store.count,
  generated: search.generated,
  depth: search.depth,
  levels: search.levels,
  quiescent: search.quiescent,
  stuck: search.stuck,
  actions: program.actions.map(({ fault, name }, index) => ({
    name,
    fault,
    taken: search.taken[index] ?? 0,
    fresh: search.fresh[index] ?? 0
  })),
  properties,
  handlerRuns,
  elapsedMillis,
  bytesPerState: search.bytes / search.store.count,
  digest: search.digest
})

const resultOf = (search: Search, program: Program, replayed: Program, finding: Finding): PropertyResult => {
  const { property } = finding.checker
  return { name: property.name, kind: property.kind, verdict: verdictOf(search, program, replayed, finding) }
}

const verdictOf = (search: Search, program: Program, replayed: Program, finding: Finding): Verdict<Trace> => {
  const { checked, checker, failed, place, thrown } = finding
  if (failed)
    return { _tag: "failed", error: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown) }
  const { property } = checker
  if (place !== undefined) {
    const { because, trace } = evidence(program, replayed, checker, scheduleTo(search, program, place))
    return { _tag: property.kind === "reachable" ? "reached" : "violated", evidence: trace, because }
  }
  if (search.stopReason !== null) return { _tag: "inconclusive", why: search.stopReason, checked }
  if (property.kind === "reachable") return { _tag: "unreached" }
  return checked === 0 ? { _tag: "vacuous" } : { _tag: "holds", checked }
}

/** The schedule from an initial state to a place, along parents. */
const scheduleTo = (search: Search, program: Program, place: Place): Schedule => {
  const path: Array<number> = []
  for (let id = place.state; id !== -1; id = search.parents[id] ?? -1) path.unshift(id)
  const ordinals = path.slice(1).map((child, index) => ordinalBetween(search, program, path[index] ?? 0, child))
  if (place.ordinal !== -1) ordinals.push(place.ordinal)
  return { initialIndex: initialIndexOf(search, program, path[0] ?? 0), ordinals }
}

const initialIndexOf = (search: Search, program: Program, id: number): number =>
  program.initial.findIndex((state) => search.store.insert(state) === id)

/** The first step from a state to a child, with a fault only if the child's fewest faults say so. */
const ordinalBetween = (search: Search, program: Program, parent: number, child: number): number => {
  const { faults, store } = search
  const out = new Successors()
  store.unpack(parent)
  const state = store.current.slice(0, program.slots)
  program.expand(state, out)
  const withFault = faults !== undefined && (faults[child] ?? 0) > (faults[parent] ?? 0)
  let at = 0
  for (let ordinal = 0; ordinal < out.count; ordinal++) {
    const next = successorOf(state, ordinal, out)
    const fault = program.actions[out.data[at] ?? 0]?.fault ?? false
    if (next !== undefined && fault === withFault && store.insert(next) === child) return ordinal
    at += 4 + 2 * (out.data[at + 3] ?? 0)
  }
  throw new Error("plait's fault: a state is no successor of its parent")
}

/**
 * The trace of a schedule, taken through the program and again through a fresh one whose handlers have not run yet; the
 * states and the property's answer must agree.
 */
const evidence = (
  program: Program,
  replayed: Program,
  checker: Checker,
  schedule: Schedule
): { readonly trace: Trace; readonly because: string } => {
  const first = follow(program, schedule)
  const again = follow(replayed, schedule)
  if (
    first._tag === "diverged" ||
    again._tag === "diverged" ||
    canonicalKey(first.trace) !== canonicalKey(again.trace)
  ) {
    throw new Error(`plait's fault: the trace that decides "${checker.property.name}" did not replay`)
  }
  const fresh = checkerOf(replayed, checker.property)
  if (fresh.evaluate(frameOf(replayed, again.states, fresh, again.trace)) !== decisive(checker.property)) {
    throw new Error(`plait's fault: the replayed trace no longer decides "${checker.property.name}"`)
  }
  return { trace: first.trace, because: explanation(replayed, checker.property, again.states, again.trace) }
}

/** The property's own words for why the last state of a trace decides it. */
const explanation = (
  program: Program,
  property: Property<unknown>,
  states: ReadonlyArray<Int32Array>,
  trace: Trace
): string => {
  if (property.explain === undefined) return ""
  const viewOf = (state: Int32Array): unknown =>
    program.view((position) => {
      const { project, slot } = program.positions[position] ?? { slot: 0, project: undefined }
      const id = state[slot] ?? 0
      return project === undefined ? id : (project.data[id] ?? 0)
    })
  const history = trace.steps.map(({ label, node, number, observations }): HistoryStep<unknown> => ({
    number,
    label,
    node,
    observations,
    after: viewOf(states[number] ?? new Int32Array(program.slots))
  }))
  const last = states[states.length - 1] ?? new Int32Array(program.slots)
  const slot = property.observer === undefined ? undefined : program.observerSlots.get(property.observer)
  const remembered = slot === undefined ? undefined : program.remembered(slot, last[slot] ?? 0)
  return property.explain(viewOf(last), remembered as never, history as never)
}
