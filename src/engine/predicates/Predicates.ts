/**
 * Predicates of properties, memoised on what they read: the same learned tries as for actions, over the positions that
 * a program offers. That is exact only of a function of what it is shown. A predicate that keeps something from one call
 * to the next is refused where it reads something else than before, or answers otherwise when it is run again.
 */
import { DecisionTrie, LEAF, UNKNOWN } from "../memo/DecisionTrie.ts"
import { truthValue } from "../../model/TruthValue.ts"
import { callModelCode, type ModelCode } from "../execution/ModelCode.ts"
import { ModelRefused, Refusal } from "../execution/ModelRefused.ts"
import type { Position } from "../Program.ts"
import { isSpot } from "../memo/SpotChecks.ts"
import { refusalOf } from "../execution/StrictRunner.ts"
import { isThrown, thrownText } from "../execution/ThrownText.ts"

/** What a predicate comes to. */
export const FALSE = 0
/** See FALSE. */
export const TRUE = 1
/** It threw; the error is in `thrown`. */
export const THREW = 2

/** Nodes of the trie from which on further combinations are evaluated without being remembered. */
const LARGEST = 1 << 21

const answers = ["false", "true", "an exception"] as const

/** Who a predicate belongs to, and how it is run. */
export interface PredicateOf {
  readonly system: string
  /** Such as `property "agreement"`, and `, premise` where it is that. */
  readonly where: string
  /** The author's function, or what holds it. */
  readonly written?: unknown
  /** A frame in short, for messages. */
  readonly shown: (frame: Int32Array) => string
  /** Whether each new frame is evaluated twice. */
  readonly runsTwice: boolean
}

/** A predicate over frames: vectors of ids such as a state, or the states before and after a step. */
export class Predicate {
  /** What the predicate threw last. */
  thrown: unknown
  private readonly of: PredicateOf
  private readonly trie = new DecisionTrie()
  private readonly root: number
  private readonly slots: Int32Array
  private readonly projections: ReadonlyArray<{ readonly data: Int32Array } | undefined>
  private readonly holds: () => unknown
  private readonly describe: () => ModelCode
  private frame: Int32Array = new Int32Array(0)
  private node = 0
  private readonly seen: Map<number, number> = new Map()
  private readonly largest: number
  private learned = 0
  /** Some of the frames that were evaluated, with their results. */
  private readonly spots: Array<{ readonly frame: Int32Array; readonly result: number }> = []
  /** What was refused first, kept because a predicate may catch what is thrown at it. */
  private refused: Refusal | undefined

  /** `make` builds the predicate of a property from a function that reads a position; it is called once. */
  constructor(
    of: PredicateOf,
    positions: ReadonlyArray<Position>,
    make: (read: (position: number) => number) => () => unknown,
    largest = LARGEST
  ) {
    this.of = of
    this.largest = largest
    this.describe = () => ({ where: of.where, input: "", written: of.written })
    this.slots = Int32Array.from(positions, ({ slot }) => slot)
    this.projections = positions.map(({ project }) => project)
    this.root = this.trie.node()
    this.holds = make((position) => this.read(position))
  }

  /** FALSE, TRUE or THREW for a frame. Throws `ModelRefused`. */
  evaluate(frame: Int32Array): number {
    const { trie } = this
    let node = this.root
    let position = trie.position(node)
    while (position >= 0) {
      node = trie.child(node, this.at(frame, position))
      position = trie.position(node)
    }
    return position === LEAF ? trie.result(node) : this.learn(frame)
  }

  /** Runs the predicate again on some of the frames that it was run on. Throws `ModelRefused` where it differs. */
  recheck(): void {
    for (const { frame, result } of this.spots.toReversed()) this.again(frame, result)
  }

  /** What an answer is remembered as. */
  protected resultOf(answer: unknown): number {
    return truthValue(answer) ? TRUE : FALSE
  }

  private at(frame: Int32Array, position: number): number {
    const id = frame[this.slots[position]!]!
    const projection = this.projections[position]
    return projection === undefined ? id : projection.data[id]!
  }

  private read(position: number): number {
    const known = this.seen.get(position)
    if (known !== undefined) return known
    const value = this.at(this.frame, position)
    this.seen.set(position, value)
    if (this.node !== 0) {
      const { trie } = this
      if (trie.position(this.node) === UNKNOWN) trie.settle(this.node, position, 0)
      else if (trie.position(this.node) !== position) {
        this.refused ??= new Refusal("is not deterministic", "It read something else than before of what is the same.")
        throw this.refused
      }
      this.node = trie.extend(this.node, value)
    }
    return value
  }

  private learn(frame: Int32Array): number {
    const { trie } = this
    const result = this.run(frame)
    if (result === THREW) return THREW
    if (this.node !== 0) {
      if (trie.position(this.node) !== UNKNOWN) {
        throw this.refusal(frame, new Refusal("is not deterministic", "It no longer read what it read before."))
      }
      trie.settle(this.node, LEAF, result)
    }
    if (isSpot(++this.learned)) this.spots.push({ frame: frame.slice(), result })
    if (this.of.runsTwice) this.again(frame, result)
    return result
  }

  private run(frame: Int32Array): number {
    this.frame = frame
    this.seen.clear()
    this.node = this.trie.count < this.largest ? this.root : 0
    this.refused = undefined
    let result = THREW
    try {
      result = callModelCode(this.describe, () => this.resultOf(this.holds()))
    } catch (thrown) {
      // An action that a property asks about breaks the rules: the action's offence, not the property's.
      if (isThrown(thrown, ModelRefused)) throw thrown
      this.thrown = thrown
      const refusal = refusalOf(thrown)
      if (refusal.offence !== "threw" && refusal.offence !== "mutated its input") this.refused ??= refusal
    }
    if (this.refused !== undefined) throw this.refusal(frame, this.refused)
    return result
  }

  private again(frame: Int32Array, before: number): void {
    const now = this.run(frame)
    const differs = (detail: string): ModelRefused => this.refusal(frame, new Refusal("is not deterministic", detail))
    if (now !== before) {
      const threw = now === THREW ? `: ${thrownText(this.thrown)}` : ""
      throw differs(
        `It came to ${answers[before] ?? "a state"} first, and then to ${answers[now] ?? "another"}${threw}.`
      )
    }
    // Node 0 stands for nothing known, and reads no position.
    if (this.trie.position(this.node) >= 0) throw differs("It no longer read what it read before.")
  }

  private refusal(frame: Int32Array, refusal: Refusal): ModelRefused {
    const { shown, system, where, written } = this.of
    return refusal.of({ system, where, written, input: shown(frame) })
  }
}
