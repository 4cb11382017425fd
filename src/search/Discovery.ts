/**
 * What a search has found out about one property so far. Of the places in one level that decide it, the one reached
 * with the fewest faults is kept, and of those the first.
 */
import { type Checker, type Judge, THREW, thrownText } from "../engine/index.ts"
import type { Verdict } from "../property/index.ts"

/** In place of a state: the program's initial state of the number that stands as ordinal. */
export const NO_STATE = -1

/** Where a property was decided: a state, or the step to a successor of it. */
export interface DiscoverySite {
  readonly state: number
  /** Place among the successors of `state`, or -1 for the state itself; without a state, among the initial states. */
  readonly ordinal: number
}

/** The verdict on a property that threw. What was thrown goes with it, not enumerable, for its stack has the line. */
export const failedBy = (thrown: unknown): Verdict<never> =>
  Object.defineProperty({ _tag: "failed", error: thrownText(thrown) }, "thrown", { value: thrown })

/** The finding on one property. */
export class Discovery {
  readonly checker: Checker
  /** Whether the level that decides it is finished. */
  decided = false
  /** States or steps in which the property said something. */
  checked = 0
  /** Where it was decided. */
  place: DiscoverySite | undefined
  /** What the property threw, if it threw. */
  thrown: unknown
  failed = false
  private readonly decidingValue: number
  private candidates: Array<DiscoverySite & { readonly faults: number }> = []

  /** `decisive`: the truth value that decides the property. */
  constructor(checker: Checker, decidingValue: number) {
    this.checker = checker
    this.decidingValue = decidingValue
  }

  /** The property's name once it is decided that it does not hold. */
  get violated(): string | undefined {
    const { kind, name } = this.checker.property
    return this.decided && kind !== "reachable" ? name : undefined
  }

  /** Asks the property about a frame; `faults`: 1 where the frame is a step and the step is a fault. */
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

  /** Ends a level: if it decides the property, picks the place. `faults`: fewest faults per state, if there are any. */
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
