/**
 * Predicates of properties, memoised on their reads with the same tries as actions, over the positions of a program.
 * That is exact only for a function of its view. A predicate that keeps state from call to call is refused if it reads
 * another position than before, or returns another value when it is run again.
 */
import { DecisionTrie, LEAF, UNKNOWN } from "../memo/DecisionTrie.ts"
import { truthValue } from "../../model/TruthValue.ts"
import { callModelCode, type ModelCode } from "../execution/ModelCode.ts"
import { ModelRefused, Refusal } from "../execution/ModelRefused.ts"
import type { Position } from "../Program.ts"
import { isSpot } from "../memo/SpotChecks.ts"
import { refusalOf } from "../execution/StrictRunner.ts"
import { isThrown, thrownText } from "../execution/ThrownText.ts"

/** The predicate is false. */
export const FALSE = 0
/** The predicate is true. */
export const TRUE = 1
/** The predicate threw; the error is in `thrown`. */
export const THREW = 2

/** Number of trie nodes beyond which further combinations are evaluated and not stored. */
const LARGEST = 1 << 21

const answers = ["false", "true", "an exception"] as const

/** The owner of a predicate, and options of its runs. */
export interface PredicateOf {
  readonly system: string
  /** Name of the owner, such as `property "agreement"`; `, premise` follows for a premise. */
  readonly where: string
  /** The author's function, or the object that holds it. */
  readonly written?: unknown
  /** A frame in short, for messages. */
  readonly shown: (frame: Int32Array) => string
  /** True if each new frame is evaluated twice. */
  readonly runsTwice: boolean
}

/** A predicate over frames. A frame is a vector of ids, such as a state, or the states before and after a step. */
export class Predicate {
  /** The value that the predicate threw last. */
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
  private recorded = 0
  /** Some of the frames that were evaluated, with their results. */
  private readonly spots: Array<{ readonly frame: Int32Array; readonly result: number }> = []
  /** The first refusal, stored because a predicate may catch the exception and go on. */
  private refused: Refusal | undefined

  /** Creates a predicate. `make` builds it from a function that reads a position; it is called once. */
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
    return position === LEAF ? trie.result(node) : this.record(frame)
  }

  /** Runs the predicate again on some of the frames that it was run on. Throws `ModelRefused` if a result differs. */
  recheck(): void {
    for (const { frame, result } of this.spots.toReversed()) this.again(frame, result)
  }

  /** The stored result of an answer. */
  protected resultOf(answer: unknown): number {
    return truthValue(answer) ? TRUE : FALSE
  }

  private at(frame: Int32Array, position: number): number {
    const id = frame[this.slots[position]!]!
    const projection = this.projections[position]
    return projection === undefined ? id : projection.data[id]!
  }

  private read(position: number): number {
    const existing = this.seen.get(position)
    if (existing !== undefined) return existing
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

  private record(frame: Int32Array): number {
    const { trie } = this
    const result = this.run(frame)
    if (result === THREW) return THREW
    if (this.node !== 0) {
      if (trie.position(this.node) !== UNKNOWN) {
        throw this.refusal(frame, new Refusal("is not deterministic", "It no longer read what it read before."))
      }
      trie.settle(this.node, LEAF, result)
    }
    if (isSpot(++this.recorded)) this.spots.push({ frame: frame.slice(), result })
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
      // The offence belongs to an action whose enabledness the property tests, not to the property.
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
    // Node 0 stands for an unknown node and reads no position.
    if (this.trie.position(this.node) >= 0) throw differs("It no longer read what it read before.")
  }

  private refusal(frame: Int32Array, refusal: Refusal): ModelRefused {
    const { shown, system, where, written } = this.of
    return refusal.of({ system, where, written, input: shown(frame) })
  }
}
