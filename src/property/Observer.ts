/**
 * Folds of a run's observations into a value outside the protocol's state. Properties read that value; the state
 * contains it only while a property that uses the observer is checked.
 */
import type { Observation } from "../model/index.ts"

/** A fold over observations. Two properties that name the same observer object share one. */
export interface Observer<Remembered> {
  /** Name in traces. */
  readonly name: string
  /** The value before the first step: plain immutable data. */
  readonly initial: Remembered
  /** Returns the next value; pure. Returns the same value if the observation does not change it. */
  observe(remembered: Remembered, observation: Observation): Remembered
  /**
   * True if observations carry their true causal past, which is empty otherwise. It is then stored per node and
   * message, which multiplies states.
   */
  readonly causal: boolean
  /**
   * True if the fold depends on the order of real time; for readers only. Every observer of a system with clocks gets
   * observations in that order.
   */
  readonly timed: boolean
}

/**
 * Declares an observer.
 *
 * @example
 * ```ts
 * const acknowledged = Observer.make("acknowledged writes", {
 *   initial: [] as ReadonlyArray<WriteName>,
 *   observe: (writes, seen) => (seen.kind === "acknowledged" ? [...writes, seen.write].sort() : writes)
 * })
 * ```
 */
const make = <Remembered>(
  name: string,
  fold: {
    readonly initial: Remembered
    readonly observe: (remembered: Remembered, observation: Observation) => Remembered
    readonly causal?: boolean
    readonly timed?: boolean
  }
): Observer<Remembered> => ({
  name,
  initial: fold.initial,
  observe: fold.observe,
  causal: fold.causal ?? false,
  timed: fold.timed ?? false
})

/** Constructor of observers. */
export const Observer = { make }
