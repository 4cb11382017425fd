/**
 * Bounds on real time at a node, and the next possible readings of its clock. src/model/Clocks.ts explains why the
 * least possible real time is sufficient.
 */
import type { ClockModel } from "../../model/index.ts"

/** Bounds on time at a node: plain data, part of the node's state in the engine. */
export interface ClockZone {
  /** The least possible real time at this node. */
  readonly least: number
  /** The last value read, or null before the first. */
  readonly last: number | null
  /** Offset of this clock from real time, if it is constant and already determined; otherwise null. */
  readonly offset: number | null
  /** Number of steps back that this clock may still take. */
  readonly stepsBack: number
}

/** A possible value of the clock, and the zone after it was read. */
export interface Reading {
  readonly value: number
  readonly after: ClockZone
}

/** The zone before the first step. */
export const initialZone = (clocks: ClockModel): ClockZone => ({
  least: 0,
  last: null,
  offset: null,
  stepsBack: clocks.stepsBack
})

/**
 * The zone after the arrival of a message sent at (least) real time `sentAt`. No clock is read past the horizon, so all
 * moments there are equal.
 */
export const afterDelivery = (clocks: ClockModel, zone: ClockZone, sentAt: number): ClockZone =>
  notBefore(clocks, zone, sentAt + clocks.latency)

/** The zone once real time is at least `moment`. */
export const notBefore = (clocks: ClockModel, zone: ClockZone, moment: number): ClockZone => {
  const least = Math.min(moment, clocks.horizon + 1)
  return least <= zone.least ? zone : { ...zone, least }
}

const offsetRange = (clocks: ClockModel, node: number, zone: ClockZone): readonly [least: number, most: number] => {
  const { offsets } = clocks
  if (offsets.kind === "given") return [offsets.perNode[node] ?? 0, offsets.perNode[node] ?? 0]
  return zone.offset === null ? [offsets.least, offsets.most] : [zone.offset, zone.offset]
}

/**
 * The step of a reading: forward (the budget unchanged), back within the budget (the new budget), or not allowed
 * (false).
 */
const advance = (clocks: ClockModel, zone: ClockZone, value: number): number | false => {
  if (zone.last === null || value > zone.last || (value === zone.last && !clocks.unique)) return zone.stepsBack
  return zone.stepsBack > 0 && value !== zone.last ? zone.stepsBack - 1 : false
}

/** The least reading that the last one allows. */
const leastAfterLast = ({ unique }: ClockModel, { last, stepsBack }: ClockZone): number =>
  last === null || stepsBack > 0 ? -Infinity : last + (unique ? 1 : 0)

/** The possible readings of the clock of `node`, ascending, each with the zone afterwards; computed lazily. */
export function* readings(clocks: ClockModel, node: number, zone: ClockZone): Generator<Reading, void> {
  const { horizon } = clocks
  if (zone.least > horizon) return
  const [least, most] = offsetRange(clocks, node, zone)
  const varying = clocks.offsets.kind === "varying"
  for (let value = Math.max(zone.least + least, leastAfterLast(clocks, zone)); value <= horizon + most; value++) {
    const stepsBack = advance(clocks, zone, value)
    if (stepsBack === false) continue
    if (varying) {
      yield { value, after: { least: Math.max(zone.least, value - most), last: value, offset: null, stepsBack } }
      continue
    }
    const offsets = { from: Math.max(least, value - horizon), to: Math.min(most, value - zone.least) }
    for (let offset = offsets.from; offset <= offsets.to; offset++) {
      const determined = clocks.offsets.kind === "given" ? null : offset
      yield { value, after: { least: value - offset, last: value, offset: determined, stepsBack } }
    }
  }
}
