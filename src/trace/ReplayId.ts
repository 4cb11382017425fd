/**
 * Replay identifiers: a cell and a schedule in one word that can be pasted, such as
 * `two-phase-commit-forgetful/n=3@0.2.0.4`.
 */
import type { Schedule } from "./Trace.ts"

/** The identifier of a schedule of a cell. */
export const encodeReplayId = (cell: string, { initialIndex, ordinals }: Schedule): string =>
  `${cell}@${[initialIndex, ...ordinals].join(".")}`

/** The cell and the schedule behind an identifier, or nothing if it is none. */
export const decodeReplayId = (id: string): { readonly cell: string; readonly schedule: Schedule } | undefined => {
  const found = /^(.+)@(\d+(?:\.\d+)*)$/.exec(id)
  if (found === null) return undefined
  const [initialIndex = 0, ...ordinals] = (found[2] ?? "").split(".").map(Number)
  return { cell: found[1] ?? "", schedule: { initialIndex, ordinals } }
}
