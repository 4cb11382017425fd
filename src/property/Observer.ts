/**
 * Observers fold the observations of a run into a value of their own, outside the protocol's state. Properties read
 * that value; the explorer keeps it in the state only while a property that uses the observer is checked.
 */
import type { Observation } from "../model/index.ts"

/** A fold over observations. Two properties that name the same observer object share one. */
export interface Observer<Remembered> {
  /** Name in traces. */
  readonly name: string
  /** What is remembered before anything happened: plain immutable data. */
  readonly initial: Remembered
  /** The next value; pure. Return the same value to remember nothing new. */
  observe(remembered: Remembered, observation: Observation): Remembered
  /**
   * Whether observations carry their true causal past, which is empty otherwise. It is then kept per node and message,
   * which multiplies states.
   */
  readonly causal: boolean
  /**
   * Whether the fold depends on the order of real time, for readers only. Every observer of a system with clocks is shown
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
