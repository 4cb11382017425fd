/** Replays an identifier among some entries, as a generated test does. */
import { replay } from "../trace/replay.ts"
import { decodeReplayId } from "../trace/ReplayId.ts"
import { caseFromId, type Entry } from "./Suite.ts"
import { UsageError } from "./UsageError.ts"

/** A run that was replayed. */
export interface ReplayedCase {
  /** The labels of the steps; shorter than the schedule if a step is no longer possible. */
  readonly steps: ReadonlyArray<string>
  /** The properties that the end of the run decides: violated, or, for a reachability property, reached. */
  readonly decided: ReadonlyArray<string>
}

/** Replays an identifier such as `race/leaders=3,delivery=any-order@0.0.0.0.2`. Throws `UsageError`, `ModelRefused`. */
export const replayCase = (entries: ReadonlyArray<Entry>, id: string): ReplayedCase => {
  const found = decodeReplayId(id)
  const suiteCase = found === undefined ? undefined : caseFromId(entries, found.caseId)
  if (found === undefined || suiteCase === undefined) {
    throw new UsageError({ problem: `"${id}" names no run of these models`, advice: "a case, an @, and numbers" })
  }
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  const outcome = replay(system, properties, found.schedule)
  return {
    steps: outcome.trace?.steps.map(({ label }) => label) ?? [],
    decided: outcome._tag === "replayed" ? outcome.decided : []
  }
}
