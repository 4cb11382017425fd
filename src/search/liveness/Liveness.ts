/**
 * Judges the properties about runs once a search is complete: regenerates the edges, looks for a fair part of the graph
 * in which a run can violate the property forever, and shows it as a lasso.
 *
 * A run violates `eventually Q` if, from the state where the property begins, it stays among states without Q; it
 * violates `Q for good` if it comes again and again to a state without Q. If no state can recur, every run ends, and
 * the states where runs may end are judged: the verdict says so.
 *
 * A step that only the horizon of the clocks prevents is enabled and leads out of the bound. A run from which fairness
 * requires it is cut off and violates no property, and a verdict `holds` says that such runs were not judged.
 *
 * Sound on the whole graph only. A search that a limit ended, or that followed only some successors, decides nothing
 * here: a missing edge may be the one that fairness requires.
 */
import { Effect } from "effect"
import { type Checker, groupsOf, type ModelRefused, type Program, fairnessOf, THREW, TRUE } from "../../engine/index.ts"
import type { Eventually, StopReason, FairnessKind, Verdict } from "../../property/index.ts"
import type { Trace } from "../../trace/Trace.ts"
import { evidenceOfLasso, scheduleTo } from "../evidence.ts"
import { FairComponents } from "./FairComponents.ts"
import { failedBy, type Discovery } from "../Discovery.ts"
import { entryOf, loopThrough, regionOf, stemTo } from "./Lasso.ts"
import { runModelCode, runModelSlice } from "../run-model-code.ts"
import type { Search } from "../Search.ts"
import { TransitionGraph } from "./TransitionGraph.ts"

const ENDS = "no state comes back, so every run ends: judged there"
const CUT_OFF = "runs that the horizon of the clocks cuts off are not judged"

/** Number of states expanded in a slice; other work can run between two slices. */
const SLICE = 4096

/** Memory that judging needs, in bytes. */
const judgingBytes = (search: Search): number => 80 * search.store.count + 8 * search.generated

/** Judges properties about runs on one graph. */
class Liveness {
  private readonly search: Search
  private readonly program: Program
  private readonly replayed: Program
  private readonly graph: TransitionGraph
  private readonly everyRunEnds: boolean

  /** Creates the judge. `replayed` is a program whose handlers have not run yet. */
  constructor(search: Search, program: Program, replayed: Program, graph: TransitionGraph) {
    this.search = search
    this.program = program
    this.replayed = replayed
    this.graph = graph
    const none: ReadonlyArray<FairnessKind> = program.fairnessClasses.map(() => "none")
    const all = Int32Array.from({ length: graph.states }, (_, state) => state)
    this.everyRunEnds = new FairComponents(graph, none)
      .find(all, () => true)
      .every(({ members }) => members.length === 1)
  }

  /** The verdict on a property. */
  judge(checker: Checker): Verdict<Trace> {
    const { property } = checker
    if (property.kind !== "eventually") throw new Error("plait's fault: not a property about runs")
    const { graph, program, search } = this
    const answers = this.answers(checker, property)
    if (answers === undefined) return failedBy(checker.thrown())
    const { begins, holds } = answers
    const checked = begins.reduce((sum, each) => sum + each, 0)
    if (checked === 0) return { _tag: "vacuous" }
    const note = this.everyRunEnds ? { note: ENDS } : {}
    const notes = [...Object.values(note), ...(graph.isCutOff ? [CUT_OFF] : [])].join("; ")
    const lacks = (state: number): boolean => holds[state] === 0
    const region = regionOf(graph, program, search, begins, property.stable ? () => true : lacks)
    const fairnessKinds = fairnessOf(program, property)
    const groups = groupsOf(program, property)
    const entry = entryOf(region, new FairComponents(graph, fairnessKinds, groups).find(region.members, lacks))
    if (entry === undefined) return { _tag: "holds", checked, ...(notes === "" ? {} : { note: notes }) }
    const stem = stemTo(graph, region, entry.state)
    const loop = loopThrough(entry.state, entry.part, fairnessKinds, lacks, groups)
    const start = scheduleTo(search, program, { state: stem.begin, ordinal: -1 })
    const ordinals = [...stem.edges, ...loop].map((edge) => this.ordinalOf(edge))
    const schedule = { initialIndex: start.initialIndex, ordinals: [...start.ordinals, ...ordinals] }
    const { trace: evidence, ...why } = evidenceOfLasso(
      program,
      this.replayed,
      checker,
      schedule,
      schedule.ordinals.length - loop.length
    )
    return { _tag: "violated", evidence, ...why, ...note }
  }

  /** The states where the property begins, and those where its predicate is true; `undefined` if it threw. */
  private answers(checker: Checker, { premise }: Eventually<never>) {
    const { store } = this.search
    const holds = new Uint8Array(store.count)
    const begins = new Uint8Array(store.count)
    const initial = this.search.levels[0] ?? 0
    for (let state = 0; state < store.count; state++) {
      store.unpack(state)
      const answer = checker.evaluate(store.current)
      if (answer === THREW) return undefined
      if (answer === TRUE) holds[state] = 1
      if (premise === undefined ? state < initial : checker.applies(store.current)) begins[state] = 1
    }
    return { holds, begins }
  }

  /** The first step of a fairness class from a state to another. */
  private ordinalOf({
    from,
    to,
    fairnessClass
  }: {
    readonly from: number
    readonly to: number
    readonly fairnessClass: number
  }): number {
    const ordinal = this.graph
      .ordinals(from)
      .findIndex((step) => step.target === to && step.fairnessClass === fairnessClass)
    if (ordinal === -1) throw new Error("plait's fault: a step of the graph is gone")
    return ordinal
  }
}

/** A finished search, with the resources for judging it. */
export interface Judging {
  /** The system's name. */
  readonly system: string
  readonly search: Search
  readonly program: Program
  /** The same program compiled again, for evidence. */
  readonly replayed: Program
  /** Number of bytes that may be used. */
  readonly room: number
  /** Called between slices; a reason ends the judging. */
  readonly stop: () => StopReason | undefined
  /** Properties that are judged on another search. */
  readonly apart?: ReadonlySet<unknown>
}

/** The verdicts on the properties about runs. */
export const judgeRuns = Effect.fnUntraced(function* ({
  apart,
  program,
  replayed,
  room,
  search,
  stop,
  system
}: Judging): Effect.fn.Return<ReadonlyMap<Discovery, Verdict<Trace>>, ModelRefused> {
  const ofRuns = search.discoveries.filter(
    ({ checker: { judgedAt, property } }) => judgedAt === "run" && apart?.has(property) !== true
  )
  if (ofRuns.length === 0) return new Map()
  let why = search.stopReason ?? (search.isRestricted ? "restricted search" : undefined)
  if (judgingBytes(search) > room) why ??= "memory limit"
  const graph = new TransitionGraph(search, program)
  while (!graph.complete && why === undefined) {
    yield* runModelSlice(system, () => graph.advance(SLICE))
    yield* Effect.yieldNow
    why = stop()
  }
  if (why !== undefined)
    return new Map(ofRuns.map((discovery) => [discovery, { _tag: "inconclusive", why, checked: 0 }]))
  const liveness = yield* runModelCode(system, () => new Liveness(search, program, replayed, graph))
  const verdicts = new Map<Discovery, Verdict<Trace>>()
  for (const discovery of ofRuns) {
    verdicts.set(discovery, yield* runModelCode(system, () => liveness.judge(discovery.checker)))
    yield* Effect.yieldNow
  }
  return verdicts
})
