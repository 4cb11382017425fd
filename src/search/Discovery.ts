/**
 * The discovery of a search on one property. If several sites of one level decide it, the one reached with the fewest
 * faults is chosen, and of those the first.
 */
import { type Checker, type Judge, THREW, thrownText } from "../engine/index.ts"
import type { Verdict } from "../property/index.ts"

/** Replaces a state in a discovery site: the ordinal is then the number of an initial state of the program. */
export const NO_STATE = -1

/** The site where a property was decided: a state, or the step to a successor of it. */
export interface DiscoverySite {
  readonly state: number
  /** Index among the successors of `state`, or -1 for the state itself; without a state, among the initial states. */
  readonly ordinal: number
}

/**
 * The verdict on a property that threw. It holds the thrown value, whose stack has the line, as a property that is not
 * enumerable.
 */
export const failedBy = (thrown: unknown): Verdict<never> =>
  Object.defineProperty({ _tag: "failed", error: thrownText(thrown) }, "thrown", { value: thrown })

/** The discovery on one property. */
export class Discovery {
  readonly checker: Checker
  /** True once the level that decides it is finished. */
  decided = false
  /** Number of states or steps to which the property applied. */
  checked = 0
  /** The site where it was decided. */
  place: DiscoverySite | undefined
  /** The value that the property threw, if it threw. */
  thrown: unknown
  failed = false
  private readonly decidingValue: number
  private candidates: Array<DiscoverySite & { readonly faults: number }> = []

  /** Creates a discovery. `decidingValue` is the truth value that decides the property. */
  constructor(checker: Checker, decidingValue: number) {
    this.checker = checker
    this.decidingValue = decidingValue
  }

  /** The property's name once it is violated. */
  get violated(): string | undefined {
    const { kind, name } = this.checker.property
    return this.decided && kind !== "reachable" ? name : undefined
  }

  /** Evaluates the property on a frame; `faults` is 1 if the frame is a step and the step is a fault. */
  judge(frame: Int32Array, state: number, ordinal: number, faults = 0, checker: Judge = this.checker): void {
    if (checker.applies(frame)) this.checked++
    const result = checker.evaluate(frame)
    if (result === this.decidingValue) this.candidates.push({ state, ordinal, faults })
    else if (result === THREW && !this.failed) {
      this.failed = true
      this.thrown = checker.thrown()
      this.place = { state, ordinal }
      this.decided = true
    }
  }

  /**
   * Ends a level and picks the site if the level decides the property. `faults`: fewest faults per state, if the system
   * has faults.
   */
  settle(faults: Uint8Array | Int32Array | undefined): void {
    if (this.decided || this.candidates.length === 0) return
    const count = (place: DiscoverySite & { readonly faults: number }): number =>
      (faults?.[place.state] ?? 0) + place.faults
    const { ordinal, state } = this.candidates.reduce((best, place) => (count(place) < count(best) ? place : best))
    this.place = { state, ordinal }
    this.candidates = []
    this.decided = true
  }
}
