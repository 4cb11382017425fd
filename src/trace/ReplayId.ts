/**
 * Replay identifiers: a case and a schedule in one word that can be pasted, such as
 * `two-phase-commit-forgetful/n=3@0.2.0.4`.
 */
import type { Schedule } from "./Trace.ts"

/** A schedule in one word, such as `0.2.0.4`: the initial state, then each step's place. */
export const encodeSchedule = ({ initialIndex, ordinals }: Schedule): string => [initialIndex, ...ordinals].join(".")

/** Parses such a word; `undefined` if the text is not a schedule. */
export const decodeSchedule = (text: string): Schedule | undefined => {
  if (!/^\d+(?:\.\d+)*$/.test(text)) return undefined
  const [initialIndex = 0, ...ordinals] = text.split(".").map(Number)
  return { initialIndex, ordinals }
}

/** The identifier of a schedule of a case. */
export const encodeReplayId = (caseId: string, schedule: Schedule): string => `${caseId}@${encodeSchedule(schedule)}`

/** Parses an identifier into its case and schedule; `undefined` if the text is not an identifier. */
export const decodeReplayId = (id: string): { readonly caseId: string; readonly schedule: Schedule } | undefined => {
  const at = id.lastIndexOf("@")
  const schedule = decodeSchedule(id.slice(at + 1))
  return at < 1 || schedule === undefined ? undefined : { caseId: id.slice(0, at), schedule }
}
