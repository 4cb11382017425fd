/**
 * What the harness knows of a node because something reached it, a message or a client: the writes in its causal past,
 * and that a moment of real time is over.
 */
import type { ClockModel } from "../../model/index.ts"
import type { Companion } from "../nodes/Actors.ts"
import type { ClockZone } from "./ClockZone.ts"

/** Both sets of writes, sorted. */
export const union = (
  left: ReadonlyArray<string | number>,
  right: ReadonlyArray<string | number>
): ReadonlyArray<string | number> =>
  right.every((write) => left.includes(write))
    ? left
    : [...new Set([...left, ...right])].sort((a, b) => (String(a) < String(b) ? -1 : 1))

/** What a message or a client brings: writes in its causal past, and a moment of real time; null where not tracked. */
export interface Brought {
  readonly past: ReadonlyArray<string | number> | null
  readonly moment: number | null
}

/** A companion that has learned what was brought; `pass` says what the moment means for its clock. */
export const learn = (
  clocks: ClockModel | undefined,
  companion: Companion,
  { moment, past: brought }: Brought,
  pass: (clocks: ClockModel, zone: ClockZone, moment: number) => ClockZone
): Companion => {
  if (companion.past === null && companion.zone === null) return companion
  const past = companion.past === null || brought === null ? null : union(companion.past, brought)
  if (clocks === undefined || companion.zone === null || moment === null) return { ...companion, past }
  return { ...companion, past, zone: pass(clocks, companion.zone, moment) }
}
