/**
 * Lamport clocks: one counter per node; an event adds one, an arrival goes past both counters.
 *
 * Source: Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System" (1978), rules IR1 and IR2. Left
 * out: the node's name as a tie-break, which makes the order total and hides which events have equal counters.
 */
import { Schema } from "effect"
import { type Clock, type ClockMutant, numeric } from "./clock.ts"

/** A Lamport clock, correct or mutated. */
export const lamportClock = (mutant: ClockMutant): Clock<number, number> => ({
  kept: Schema.Natural,
  stamp: Schema.Natural,
  initial: () => 0,
  event: (counter) => counter + 1,
  receive: (counter, arrived) =>
    (mutant === "no-maximum" ? counter : Math.max(counter, arrived)) + (mutant === "no-increment" ? 0 : 1),
  stampOf: (counter) => counter,
  compare: (left, right) => numeric(left, right, mutant),
  physical: false,
  arrivalIsEvent: true
})
