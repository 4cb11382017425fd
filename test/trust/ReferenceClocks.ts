/**
 * Clocks for the reference explorer, from the words of src/model/Clocks.ts: a node's clock shows real time plus an
 * offset, real time is an integer from 0 to a horizon, and the least value that it can have is all that a node keeps.
 *
 * A reading supposes a moment and an offset. Where the offset is constant it is known after the first reading; where it
 * varies, the earliest moment that explains the value allows everything a later one does, so only that one counts.
 */
import type { ClockModel } from "../../src/model/index.ts"

/** What there is to know of a node's clock. */
export interface Clock {
  /** Real time is at least this. */
  readonly least: number
  /** What it showed last, if it was read. */
  readonly shown?: number
  /** The constant offset, once it is known. */
  readonly offset?: number
  /** How often it may still show less than before. */
  readonly back: number
}

const range = (least: number, most: number): ReadonlyArray<number> =>
  Array.from({ length: Math.max(0, most - least + 1) }, (_, index) => least + index)

/** Every offset that a node's clock may have. */
export const offsetsOf = ({ offsets }: ClockModel, node: number): ReadonlyArray<number> =>
  offsets.kind === "given" ? [offsets.perNode[node] ?? 0] : range(offsets.least, offsets.most)

/** How often a clock may still step back after showing a value, or nothing if it may not show it. */
export const backAfter = (
  clocks: ClockModel,
  { back, shown }: { readonly back: number; readonly shown?: number },
  value: number
): number | undefined => {
  if (shown === undefined || value > shown) return back
  if (value === shown) return clocks.unique ? undefined : back
  return back > 0 ? back - 1 : undefined
}

/** What a clock may show, with what is known of it afterwards. */
export const readingsOf =
  (clocks: ClockModel | undefined, node: number, ticking = false) =>
  (clock: Clock): ReadonlyArray<readonly [number, Clock]> => {
    if (clocks === undefined) throw new Error("a system without clocks was asked for the time")
    const { kind } = clocks.offsets
    const found = new Map<string, readonly [number, Clock]>()
    for (const moment of range(clock.least, clocks.horizon)) {
      for (const offset of clock.offset === undefined ? offsetsOf(clocks, node) : [clock.offset]) {
        const shown = moment + offset
        const back = backAfter(clocks, clock, shown)
        const key = kind === "varying" && !ticking ? `${shown}` : `${shown} at ${moment}`
        if (back === undefined || found.has(key)) continue
        found.set(key, [shown, { least: moment, shown, back, ...(kind === "fixed" ? { offset } : {}) }])
      }
    }
    return [...found.values()]
  }

/** A clock once real time is known to be at least `moment`; all moments after the horizon are one. */
export const notBefore = (clocks: ClockModel, clock: Clock, moment: number): Clock => ({
  ...clock,
  least: Math.max(clock.least, Math.min(moment, clocks.horizon + 1))
})

/** The moments that it can be after some ticks, from one on; all after the horizon are one. */
export const ticksFrom = ({ horizon }: ClockModel, now: number): ReadonlyArray<number> => range(now, horizon + 1)

/** Whether a message sent at a moment may have arrived by another. */
export const hasArrived = ({ horizon, latency }: ClockModel, sentAt: number, now: number): boolean =>
  now >= Math.min(sentAt + latency, horizon + 1)

/** Every way in which the offsets of all clocks can be from the start; one where they vary or are given. */
export const offsetsFromStart = (clocks: ClockModel, size: number): ReadonlyArray<ReadonlyArray<number | undefined>> =>
  Array.from({ length: size }).reduce<ReadonlyArray<ReadonlyArray<number | undefined>>>(
    (all, _, node) =>
      all.flatMap((each) =>
        (clocks.offsets.kind === "fixed" ? offsetsOf(clocks, node) : [undefined]).map((offset) => [...each, offset])
      ),
    [[]]
  )
