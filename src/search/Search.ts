/**
 * Breadth-first search over a program: the one visit loop. States are numbered in order of discovery, so the queue is
 * the store itself. Counterexamples are as short as possible because levels are finished in order.
 *
 * `Search` is advanced in slices, so that its caller can show progress, stop it, or let other work run.
 */
import { decidingValue, grown, type Program, StateStore, STEP_EXTRAS, Successors, TRUE } from "../engine/index.ts"
import type { Checker } from "../engine/index.ts"
import type { StopReason } from "../property/index.ts"
import { Digest } from "./Digest.ts"
import { Discovery, NO_STATE } from "./Discovery.ts"
import { MARGIN, MemoryWatch } from "./MemoryWatch.ts"
import type { SearchOptions } from "./SearchOptions.ts"

/** A search in progress. */
export class Search {
  readonly store: StateStore
  readonly taken: Float64Array
  readonly fresh: Float64Array
  readonly unchanged: Float64Array
  readonly levels: Array<number> = []
  readonly discoveries: ReadonlyArray<Discovery>
  generated = 0
  /**
   * Initial states and successors outside the model's constraints: generated and judged, neither stored nor expanded.
   */
  readonly outside = { initial: 0, successors: 0 }
  quiescent = 0
  deadlocked = 0
  stopReason: StopReason | null = null
  done = false
  /** The next state to expand. */
  next = 0
  /** Parent of each state by id; -1 for initial states. */
  parents: Int32Array = new Int32Array(1 << 14)
  /** Fewest faults on a shortest path to each state; present if the system has faults. Widened when a state has 256. */
  faults: Uint8Array | Int32Array | undefined
  private readonly program: Program
  private readonly options: SearchOptions
  private readonly memory: MemoryWatch
  private readonly states: Digest
  private readonly out = new Successors()
  private readonly started: number
  private readonly stepFrame: Int32Array
  private readonly after: Int32Array
  private readonly onState: ReadonlyArray<Discovery>
  private readonly onQuiescence: ReadonlyArray<Discovery>
  private readonly onDeadlock: ReadonlyArray<Discovery>
  private readonly onStep: ReadonlyArray<Discovery>
  private readonly isFault: Uint8Array
  private levelEnd = 0
  /** Treatment of states; at the depth limit they are looked ahead from, and only judged if one leads on. */
  private treatment: "expand" | "look ahead" | "judge" = "expand"
  /** The next state to look ahead from. */
  private ahead = 0

  constructor(program: Program, checkers: ReadonlyArray<Checker>, options: SearchOptions) {
    this.program = program
    this.options = options
    this.store = new StateStore(program.slots)
    this.memory = new MemoryWatch(this.store, options)
    this.states = new Digest(program.hashes)
    this.taken = new Float64Array(program.actions.length)
    this.fresh = new Float64Array(program.actions.length)
    this.unchanged = new Float64Array(program.actions.length)
    this.isFault = Uint8Array.from(program.actions, ({ fault }) => (fault ? 1 : 0))
    this.faults = this.isFault.includes(1) ? new Uint8Array(1 << 14) : undefined
    this.stepFrame = new Int32Array(2 * program.slots + STEP_EXTRAS)
    this.after = new Int32Array(program.slots)
    this.discoveries = checkers.map((checker) => new Discovery(checker, decidingValue(checker.property)))
    this.onState = this.discoveries.filter(({ checker }) => checker.judgedAt === "state")
    this.onQuiescence = this.discoveries.filter(({ checker }) => checker.judgedAt === "quiescence")
    this.onDeadlock = this.discoveries.filter(({ checker }) => checker.judgedAt === "deadlock")
    this.onStep = this.discoveries.filter(({ checker }) => checker.judgedAt === "step")
    this.started = options.now()
    for (const [index, state] of program.initial.entries()) {
      this.generated++
      this.judgeInitial(index, state)
      if (program.excludes?.(undefined, state) === true) {
        this.outside.initial++
        for (const discovery of this.onState) discovery.judge(state, NO_STATE, index)
        continue
      }
      const before = this.store.count
      const id = this.store.insert(state)
      if (id === before) {
        this.discovered(id, -1, 0)
        this.states.add(state)
        this.judgeState(id, state)
      }
    }
    this.levelEnd = this.store.count
    this.levels.push(this.levelEnd)
    for (const discovery of this.discoveries) discovery.settle(this.faults)
  }

  /** Most steps from an initial state so far. */
  get depth(): number {
    return this.levels.length - 1
  }

  /** True if only some successors are followed. */
  get isRestricted(): boolean {
    return this.options.allow !== undefined
  }

  /** Bytes of the store with parents and fault counts. */
  get bytes(): number {
    return this.store.bytes + this.store.count * (4 + (this.faults?.BYTES_PER_ELEMENT ?? 0))
  }

  /** Digest of the distinct states so far. */
  get digest(): string {
    return this.states.text
  }

  /** Advances until the given moment, the end, or a limit. */
  advance(until: number): void {
    const { limits, now } = this.options
    while (!this.done) {
      if (this.next === this.levelEnd) this.finishLevel()
      if (this.done) return
      const moment = now()
      if (moment - this.started >= limits.timeMillis) return this.stop("time limit")
      if (moment >= until) return
      if (this.treatment === "expand" && this.store.count >= limits.states) return this.stop("state limit")
      if (this.memory.isShort(moment)) return this.stop("memory limit")
      if (this.options.interrupted()) return this.stop("interrupted")
      if (this.treatment === "expand") this.expandSome(now, until)
      else if (this.treatment === "look ahead") this.lookAhead()
      else this.judgeUnexpanded()
    }
  }

  /** Expands states of the current level until a limit has to be checked. */
  private expandSome(now: () => number, until: number): void {
    const { limits } = this.options
    let left = 64
    while (this.next < this.levelEnd && left-- > 0) {
      if (this.store.count >= limits.states || this.store.growthBytes(MARGIN) > 0) {
        if (left < 63) return
        left = 0
      }
      this.expand(this.next)
      this.next++
      if ((left & 15) === 0 && now() >= until) return
    }
  }

  private stop(reason: StopReason): void {
    for (const discovery of this.discoveries) discovery.settle(this.faults)
    this.stopReason = reason
    this.done = true
  }

  private finishLevel(): void {
    if (this.treatment === "judge") return this.stop("depth limit")
    for (const discovery of this.discoveries) discovery.settle(this.faults)
    if (this.store.count === this.levelEnd) {
      this.done = true
      return
    }
    if (this.options.stopWhenDecided && this.discoveries.every(({ decided }) => decided))
      return this.stop("interrupted")
    this.levels.push(this.store.count - this.levelEnd)
    this.levelEnd = this.store.count
    const { limits, stopsAtViolation } = this.options
    if (this.discoveries.some(({ violated }) => violated !== undefined && stopsAtViolation?.(violated) === true))
      return this.stop("violation")
    if (this.depth < limits.depth) return
    this.treatment = "look ahead"
    this.ahead = this.next
  }

  /**
   * Looks for a state of the level with a successor that is not stored. A level without one is expanded like any other:
   * it ends the search, and a depth limit that cuts off no state changes no count and no verdict.
   */
  private lookAhead(): void {
    for (let left = 16; left > 0; left--) {
      if (this.ahead === this.levelEnd) {
        this.treatment = "expand"
        return
      }
      if (this.leadsOn(this.ahead++)) {
        this.treatment = "judge"
        return
      }
    }
  }

  /** True if a state has a successor that is not stored. */
  private leadsOn(id: number): boolean {
    const { out, program, store } = this
    const { allow } = this.options
    store.unpack(id)
    out.clear()
    program.expand(store.current, out)
    for (let at = 0, ordinal = 0; at < out.length; at += 4 + 2 * out.data[at + 3]!, ordinal++) {
      if (allow !== undefined && !allow(store.current, ordinal, out.data[at]!)) continue
      const after = this.successor(at)
      if (program.excludes?.(store.current, after) !== true && !store.has(after)) return true
    }
    return false
  }

  /** Judges ends of runs at the depth limit, in states that are not expanded. */
  private judgeUnexpanded(): void {
    const { out, program, store } = this
    for (let left = 16; left > 0 && this.next < this.levelEnd; left--) {
      store.unpack(this.next)
      out.clear()
      program.expand(store.current, out)
      this.judgeEnding(this.next)
      this.next++
    }
  }

  private expand(id: number): void {
    const { out, program, store, taken } = this
    store.unpack(id)
    out.clear()
    program.expand(store.current, out)
    this.judgeEnding(id)
    const { data, length } = out
    const { allow } = this.options
    for (let at = 0; at < length;) {
      const edits = data[at + 3]!
      const end = at + 4 + 2 * edits
      if (edits === 1) store.stageOne(data[at + 4]!, data[at + 5]!)
      else {
        for (let edit = at + 4; edit < end; edit += 2) store.set(data[edit]!, data[edit + 1]!)
        store.stage()
      }
      at = end
    }
    for (let at = 0, ordinal = 0; at < length; ordinal++) {
      const action = data[at]!
      if (allow === undefined || allow(store.current, ordinal, action)) {
        this.generated++
        taken[action]!++
        if (program.excludes?.(store.current, this.successor(at)) === true) {
          this.judgeOutside(id, ordinal, action)
          if (this.onStep.length > 0) this.judgeStep(id, ordinal, at)
          at += 4 + 2 * data[at + 3]!
          continue
        }
        const before = store.count
        const target = store.resolve(ordinal)
        if (target === before) {
          this.fresh[action]!++
          this.discovered(target, id, action)
          this.states.addSuccessor(id, store.current, data, at + 4, at + 4 + 2 * data[at + 3]!)
          if (this.onState.length > 0) this.judgeState(target, this.successor(at))
        } else if (target === id) this.unchanged[action]!++
        else if (this.faults !== undefined) this.foundAgain(target, id, action)
        if (this.onStep.length > 0) this.judgeStep(id, ordinal, at)
      }
      at += 4 + 2 * data[at + 3]!
    }
  }

  /** The slots of the successor whose entry starts at `at`; valid until the next call. */
  private successor(at: number): Int32Array {
    const { data } = this.out
    const { after } = this
    const { current } = this.store
    for (let slot = 0; slot < after.length; slot++) after[slot] = current[slot]!
    const end = at + 4 + 2 * data[at + 3]!
    for (let edit = at + 4; edit < end; edit += 2) after[data[edit]!] = data[edit + 1]!
    return after
  }

  private discovered(id: number, parent: number, action: number): void {
    if (id >= this.parents.length) this.parents = grown(this.parents, id)
    this.parents[id] = parent
    if (this.faults !== undefined) {
      if (id >= this.faults.length) {
        const { length } = this.faults
        const larger = this.faults instanceof Uint8Array ? new Uint8Array(2 * length) : new Int32Array(2 * length)
        larger.set(this.faults)
        this.faults = larger
      }
      const count = parent === -1 ? 0 : this.faults[parent]! + this.isFault[action]!
      if (count === 256 && this.faults instanceof Uint8Array) this.faults = Int32Array.from(this.faults)
      this.faults[id] = count
    }
  }

  private judgeState(id: number, state: Int32Array): void {
    for (const discovery of this.onState) if (!discovery.decided) discovery.judge(state, id, -1)
  }

  /** Judges an initial state by the properties of steps that restrict it. */
  private judgeInitial(index: number, state: Int32Array): void {
    for (const discovery of this.onStep) {
      const { onInitial } = discovery.checker
      if (onInitial !== undefined) discovery.judge(state, NO_STATE, index, 0, onInitial)
    }
  }

  /** Judges the latest successor, which is outside the model's constraints. */
  private judgeOutside(id: number, ordinal: number, action: number): void {
    this.outside.successors++
    for (const discovery of this.onState) {
      if (!discovery.decided) discovery.judge(this.after, id, ordinal, this.isFault[action]!)
    }
  }

  /** Keeps the path with fewer faults to a state of the next level that is reached again. */
  private foundAgain(target: number, parent: number, action: number): void {
    const faults = this.faults!
    if (target < this.levelEnd) return
    const count = faults[parent]! + this.isFault[action]!
    if (count >= faults[target]!) return
    faults[target] = count
    this.parents[target] = parent
  }

  /** Judges the current state if it is an end of runs; `out` has its successors. */
  private judgeEnding(id: number): void {
    const { onDeadlock, onQuiescence, out, program } = this
    const state = this.store.current
    if (program.isQuiescent(state, out)) {
      this.quiescent++
      for (const discovery of onQuiescence) if (!discovery.decided) discovery.judge(state, id, -1)
      return
    }
    if (!program.isDeadlocked(state, out) || onDeadlock.some(({ checker }) => checker.evaluate(state) === TRUE)) return
    this.deadlocked++
    for (const discovery of onDeadlock) if (!discovery.decided) discovery.judge(state, id, -1)
  }

  private judgeStep(id: number, ordinal: number, at: number): void {
    const { stepFrame, store } = this
    const { slots } = this.program
    const { data } = this.out
    const after = this.successor(at)
    for (let slot = 0; slot < slots; slot++) {
      stepFrame[slot] = store.current[slot]!
      stepFrame[slots + slot] = after[slot]!
    }
    stepFrame[2 * slots] = data[at]!
    stepFrame[2 * slots + 1] = data[at + 1]!
    stepFrame[2 * slots + 2] = data[at + 2]! + 1
    for (const discovery of this.onStep)
      if (!discovery.decided) discovery.judge(stepFrame, id, ordinal, this.isFault[data[at]!]!)
  }
}
