/**
 * Hybrid logical clocks: the greatest physical time l in any message or reading of a node, and a counter c for events
 * that share it. l never falls behind the node's own clock and never runs ahead of it by more than the clocks'
 * disagreement.
 *
 * Source: Kulkarni, Demirbas, Madappa, Avva, Leone, "Logical Physical Clocks and Consistent Snapshots in Globally
 * Distributed Databases" (2014), figure 5. Two nodes can give out the same (l, c).
 */
import { Schema } from "effect"
import { type Clock, type ClockMutant, numeric } from "./clock.ts"

const Stamp = Schema.Struct({ l: Schema.Int, c: Schema.Natural })
type Stamp = typeof Stamp.Type

const arrive = (own: Stamp, arrived: Stamp, now: number): Stamp => {
  const l = Math.max(own.l, arrived.l, now)
  const counters = [own, arrived].filter((stamp) => stamp.l === l).map(({ c }) => c + 1)
  return { l, c: Math.max(0, ...counters) }
}

const happen = (own: Stamp, now: number): Stamp => (now > own.l ? { l: now, c: 0 } : { l: own.l, c: own.c + 1 })

/** A hybrid logical clock, correct or mutated. */
export const hybridLogicalClock = (mutant: ClockMutant): Clock<Stamp, Stamp> => ({
  kept: Stamp,
  stamp: Stamp,
  initial: () => ({ l: 0, c: 0 }),
  event: (own, { now }) => happen(own, now),
  receive: (own, arrived, { now }) => {
    if (mutant === "no-maximum") return happen(own, now)
    const next = arrive(own, arrived, now)
    return mutant === "no-increment" && next.c > 0 ? { ...next, c: next.c - 1 } : next
  },
  stampOf: (own) => own,
  compare: (left, right) => (left.l === right.l ? numeric(left.c, right.c, mutant) : numeric(left.l, right.l, mutant)),
  physical: true,
  arrivalIsEvent: true
})
