/**
 * What a node knows of real time, and the readings its clock may give next. See src/model/Clocks.ts for why the least
 * possible real time is all that has to be kept.
 */
import type { ClockModel } from "../../model/index.ts"

/** A node's knowledge of time: plain data, part of the node's state in the engine. */
export interface ClockZone {
  /** The least real time it can be at this node. */
  readonly least: number
  /** The last value read, or null before the first. */
  readonly last: number | null
  /** How far this clock is ahead of real time, where that is a constant and known by now; else null. */
  readonly offset: number | null
  /** Steps back that this clock may still take. */
  readonly stepsBack: number
}

/** A value the clock may show, and what is known after it was read. */
export interface Reading {
  readonly value: number
  readonly after: ClockZone
}

/** What is known before anything happened. */
export const initialZone = (clocks: ClockModel): ClockZone => ({
  least: 0,
  last: null,
  offset: null,
  stepsBack: clocks.stepsBack
})

/** What is known once a message sent at (least) real time `sentAt` has arrived. Past the horizon nothing is read, so all moments there are one. */
export const afterDelivery = (clocks: ClockModel, zone: ClockZone, sentAt: number): ClockZone =>
  notBefore(clocks, zone, sentAt + clocks.latency)

/** What is known once it is clear that real time is at least `moment`. */
export const notBefore = (clocks: ClockModel, zone: ClockZone, moment: number): ClockZone => {
  const least = Math.min(moment, clocks.horizon + 1)
  return least <= zone.least ? zone : { ...zone, least }
}

const offsetRange = (clocks: ClockModel, node: number, zone: ClockZone): readonly [least: number, most: number] => {
  const { offsets } = clocks
  if (offsets.kind === "given") return [offsets.perNode[node] ?? 0, offsets.perNode[node] ?? 0]
  return zone.offset === null ? [offsets.least, offsets.most] : [zone.offset, zone.offset]
}

/** The step a reading takes: forward (true), back within the budget (the new budget), or not allowed (false). */
const advance = (clocks: ClockModel, zone: ClockZone, value: number): number | false => {
  if (zone.last === null || value > zone.last || (value === zone.last && !clocks.unique)) return zone.stepsBack
  return zone.stepsBack > 0 && value !== zone.last ? zone.stepsBack - 1 : false
}

/** The least value that what the clock showed last allows. */
const leastAfterLast = ({ unique }: ClockModel, { last, stepsBack }: ClockZone): number =>
  last === null || stepsBack > 0 ? -Infinity : last + (unique ? 1 : 0)

/** Every value the clock of `node` may show now, ascending, with what is known afterwards; found as they are asked for. */
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
      const kept = clocks.offsets.kind === "given" ? null : offset
      yield { value, after: { least: value - offset, last: value, offset: kept, stepsBack } }
    }
  }
}
