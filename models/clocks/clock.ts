/**
 * Clocks as pure functions: the timestamp of an event and the order of two timestamps. Each clock has a file with its
 * rules; event-clocks.ts runs them all under one workload.
 */
import type { Schema } from "effect"
import type { NodeId, Ordering } from "plait"

/** Node and time of an event. */
export interface Moment {
  readonly self: NodeId
  /** Number of nodes. */
  readonly nodes: number
  /** The reading of the node's physical clock; 0 for clocks that do not read it. */
  readonly now: number
}

/** A clock: the state of a node, and the timestamps it gives out. */
export interface Clock<Kept, Stamp> {
  readonly kept: Schema.Codec<Kept, unknown>
  readonly stamp: Schema.Codec<Stamp, unknown>
  /** State of a node before its first event. */
  readonly initial: (nodes: number) => Kept
  /** State after an event of the node's own. */
  readonly event: (kept: Kept, moment: Moment) => Kept
  /** State after a message with this timestamp arrived; the arrival's own event included, if it is one. */
  readonly receive: (kept: Kept, stamp: Stamp, moment: Moment) => Kept
  /** The timestamp of the last event. */
  readonly stampOf: (kept: Kept) => Stamp
  readonly compare: (left: Stamp, right: Stamp) => Ordering
  /** True if it reads the node's physical clock. */
  readonly physical: boolean
  /** True if the arrival of a message is an event. Versions change only when they are written. */
  readonly arrivalIsEvent: boolean
}

/**
 * Mutants: an arrival does not take the maximum of both sides (`no-maximum`), or does not count as an event of its own
 * (`no-increment`); equal timestamps count as later (`not-strict`).
 */
export type ClockMutant = "none" | "no-maximum" | "no-increment" | "not-strict"

/** The order of numbers. Under `not-strict`, equal is later. */
export const numeric = (left: number, right: number, mutant: ClockMutant): Ordering => {
  if (left === right) return mutant === "not-strict" ? "after" : "equal"
  return left < right ? "before" : "after"
}

/** The order from two answers: does each side cover all that the other has seen? Under `not-strict`, equal is later. */
export const mutual = (leftCovers: boolean, rightCovers: boolean, mutant: ClockMutant): Ordering => {
  if (leftCovers && rightCovers) return mutant === "not-strict" ? "after" : "equal"
  if (leftCovers) return "after"
  return rightCovers ? "before" : "concurrent"
}
