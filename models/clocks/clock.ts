/**
 * What a clock is: pure functions that say which timestamp an event gets and how two timestamps are ordered. One file
 * per clock says its rules; event-clocks.ts runs them all under one workload.
 */
import type { Schema } from "effect"
import type { NodeId, Ordering } from "plait"

/** Where and when something happens at a node. */
export interface Moment {
  readonly self: NodeId
  /** Number of nodes. */
  readonly nodes: number
  /** What the node's physical clock shows; 0 for clocks that do not read it. */
  readonly now: number
}

/** A clock: what a node keeps, and the timestamps it gives out. */
export interface Clock<Kept, Stamp> {
  readonly kept: Schema.Codec<Kept, unknown>
  readonly stamp: Schema.Codec<Stamp, unknown>
  /** What a node keeps before anything happened. */
  readonly initial: (nodes: number) => Kept
  /** What it keeps after an event of its own. */
  readonly event: (kept: Kept, moment: Moment) => Kept
  /** What it keeps after a message with this timestamp arrived; the arrival's own event included, if it is one. */
  readonly receive: (kept: Kept, stamp: Stamp, moment: Moment) => Kept
  /** The timestamp of the last event. */
  readonly stampOf: (kept: Kept) => Stamp
  readonly compare: (left: Stamp, right: Stamp) => Ordering
  /** Whether it reads the node's physical clock. */
  readonly physical: boolean
  /** Whether the arrival of a message is an event. Versions change only when they are written. */
  readonly arrivalIsEvent: boolean
}

/**
 * Deliberate faults: an arrival does not take the maximum of both sides (`no-maximum`), or does not count as an event
 * of its own (`no-increment`); equal timestamps count as later (`not-strict`).
 */
export type ClockFault = "none" | "no-maximum" | "no-increment" | "not-strict"

/** The order of numbers. Under `not-strict`, equal is later. */
export const numeric = (left: number, right: number, mutant: ClockFault): Ordering => {
  if (left === right) return mutant === "not-strict" ? "after" : "equal"
  return left < right ? "before" : "after"
}

/** The order that two answers to "does it know all that the other knows" make. Under `not-strict`, equal is later. */
export const mutual = (leftCovers: boolean, rightCovers: boolean, mutant: ClockFault): Ordering => {
  if (leftCovers && rightCovers) return mutant === "not-strict" ? "after" : "equal"
  if (leftCovers) return "after"
  return rightCovers ? "before" : "concurrent"
}
