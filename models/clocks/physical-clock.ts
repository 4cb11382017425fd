/**
 * Physical clocks as timestamps: an event's timestamp is the reading of its node's clock.
 *
 * Source: Kingsbury, "The trouble with timestamps" (2013). They follow causality only while no message is faster than
 * the difference of the clocks.
 */
import { Schema } from "effect"
import { type Clock, type ClockMutant, numeric } from "./clock.ts"

/** A node's own physical clock. */
export const physicalClock = (mutant: ClockMutant): Clock<number, number> => ({
  kept: Schema.Int,
  stamp: Schema.Int,
  initial: () => 0,
  event: (_before, { now }) => now,
  receive: (_before, _arrived, { now }) => now,
  stampOf: (time) => time,
  compare: (left, right) => numeric(left, right, mutant),
  physical: true,
  arrivalIsEvent: true
})
