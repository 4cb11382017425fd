/**
 * What the harness knows of a node because something reached it, a message or a client: the writes in its causal past,
 * and that a moment of real time is over.
 */
import type { ClockModel } from "../../model/index.ts"
import type { NodeMetadata } from "../nodes/NodeConfigurations.ts"
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
  metadata: NodeMetadata,
  { moment, past: brought }: Brought,
  pass: (clocks: ClockModel, zone: ClockZone, moment: number) => ClockZone
): NodeMetadata => {
  if (metadata.past === null && metadata.zone === null) return metadata
  const past = metadata.past === null || brought === null ? null : union(metadata.past, brought)
  if (clocks === undefined || metadata.zone === null || moment === null) return { ...metadata, past }
  return { ...metadata, past, zone: pass(clocks, metadata.zone, moment) }
}
