/**
 * Knowledge that a message or a client brings to a node: the writes in its causal past, and a moment of real time that
 * has passed.
 */
import type { ClockModel } from "../../model/index.ts"
import type { NodeMetadata } from "../nodes/NodeConfigurations.ts"
import type { ClockZone } from "./ClockZone.ts"

/** The union of two sets of writes, sorted. */
export const union = (
  left: ReadonlyArray<string | number>,
  right: ReadonlyArray<string | number>
): ReadonlyArray<string | number> =>
  right.every((write) => left.includes(write))
    ? left
    : [...new Set([...left, ...right])].sort((a, b) => (String(a) < String(b) ? -1 : 1))

/** Knowledge of a message or a client: writes in its causal past, and a moment of real time; null if not tracked. */
export interface Brought {
  readonly past: ReadonlyArray<string | number> | null
  readonly moment: number | null
}

/** The metadata with the brought knowledge added; `pass` applies the moment to its clock zone. */
export const withKnowledge = (
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
