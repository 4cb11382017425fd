/**
 * The reachable graph with its edges, the basis for judging liveness. It is made from a finished search: the store
 * keeps states only, so each state is expanded once more. Steps that change no value are left out: they are stuttering.
 *
 * Size: 8 bytes a transition and 4 a state.
 */
import { grown, type Program, Successors } from "../../engine/index.ts"
import type { Search } from "../Search.ts"

/**
 * Edges by source: those of state s are at first[s] … first[s + 1] − 1. An edge to `states`, which is no state, is a
 * step that only the horizon of the clocks prevents: it is enabled, and a run that takes it leaves the bound.
 */
export class TransitionGraph {
  readonly states: number
  readonly first: Int32Array
  /** The target state of each edge. */
  targets: Int32Array = new Int32Array(1 << 14)
  /** The fairness class of each edge. */
  fairnessClasses: Int32Array = new Int32Array(1 << 14)
  edges = 0
  /** True if the horizon of the clocks prevents some step. */
  isCutOff = false
  /** The next state to expand. */
  next = 0
  private readonly search: Search
  private readonly program: Program
  private readonly out = new Successors()

  constructor(search: Search, program: Program) {
    this.search = search
    this.program = program
    this.states = search.store.count
    this.first = new Int32Array(this.states + 1)
  }

  get complete(): boolean {
    return this.next === this.states
  }

  /** Expands up to `count` more states. */
  advance(count: number): void {
    for (let left = Math.min(count, this.states - this.next); left > 0; left--) this.expand(this.next++)
  }

  /** The steps from a state in the order of the program, including those that change no value. */
  ordinals(id: number): ReadonlyArray<{ readonly target: number; readonly fairnessClass: number }> {
    const fairnessClasses = this.stage(id)
    return fairnessClasses.map((fairnessClass, ordinal) => ({
      fairnessClass,
      target: this.search.store.resolve(ordinal)
    }))
  }

  private expand(id: number): void {
    const { store } = this.search
    const fairnessClasses = this.stage(id)
    for (let ordinal = 0; ordinal < fairnessClasses.length; ordinal++) {
      const target = store.resolve(ordinal)
      if (target >= this.states) throw new Error("plait's fault: a finished search missed a state")
      if (target !== id) this.add(target, fairnessClasses[ordinal]!)
    }
    for (const fairnessClass of this.program.fairnessClassesOutOfTime?.(store.current) ?? []) {
      this.add(this.states, fairnessClass)
      this.isCutOff = true
    }
    this.first[id + 1] = this.edges
  }

  /** Stages the successors of a state in the store; returns their fairness classes. */
  private stage(id: number): ReadonlyArray<number> {
    const { out, program } = this
    const { store } = this.search
    store.unpack(id)
    out.clear()
    program.expand(store.current, out)
    const fairnessClasses = program.fairnessClassesOf(store.current)
    const { data, length } = out
    for (let at = 0; at < length;) {
      const end = at + 4 + 2 * data[at + 3]!
      for (let edit = at + 4; edit < end; edit += 2) store.set(data[edit]!, data[edit + 1]!)
      store.stage()
      at = end
    }
    return fairnessClasses
  }

  private add(target: number, fairnessClass: number): void {
    if (this.edges >= this.targets.length) {
      this.targets = grown(this.targets, this.edges)
      this.fairnessClasses = grown(this.fairnessClasses, this.edges)
    }
    this.targets[this.edges] = target
    this.fairnessClasses[this.edges++] = fairnessClass
  }
}
