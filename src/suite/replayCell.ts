/**
 * Takes a replay identifier again among some entries: what a generated test does.
 */
import { replay } from "../trace/replay.ts"
import { decodeReplayId } from "../trace/ReplayId.ts"
import { cellFromId, type Entry } from "./Suite.ts"
import { UsageError } from "./UsageError.ts"

/** A run that was taken again. */
export interface ReplayedCell {
  /** What was done, step by step; shorter than the schedule where a step is not possible any more. */
  readonly steps: ReadonlyArray<string>
  /** The properties that the end of the run decides: violated, or reached if they claim a situation. */
  readonly decided: ReadonlyArray<string>
}

/** Takes a replay identifier such as `race/leaders=3,delivery=any-order@0.0.0.0.2` again. Throws `UsageError`, `ModelRefused`. */
export const replayCell = (entries: ReadonlyArray<Entry>, id: string): ReplayedCell => {
  const found = decodeReplayId(id)
  const cell = found === undefined ? undefined : cellFromId(entries, found.cell)
  if (found === undefined || cell === undefined) {
    throw new UsageError({ problem: `"${id}" names no run of these models`, advice: "a cell, an @, and numbers" })
  }
  const { properties, system } = cell.entry.build(cell.values)
  const outcome = replay(system, properties, found.schedule)
  return {
    steps: outcome.trace?.steps.map(({ label }) => label) ?? [],
    decided: outcome._tag === "replayed" ? outcome.decided : []
  }
}
