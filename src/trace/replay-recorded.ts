/** Replays the runs of recorded verdicts: an earlier result is shown only if it can be reproduced. */
import type { System } from "../model/index.ts"
import type { Property } from "../property/index.ts"
import { replay } from "./replay.ts"
import type { Trace } from "./Trace.ts"

/** A run as a counterexample records it. */
export interface RecordedRun {
  readonly property: string
  /** The schedule, such as `0.0.2.1`. */
  readonly schedule: string
  /** The labels of the steps. */
  readonly labels: ReadonlyArray<string>
  /** Number of steps before those that repeat for ever, if any do. */
  readonly loop: number | null
  readonly because: string
}

/**
 * The traces of some runs by their property; `undefined` if one of them cannot be taken as recorded, or no longer
 * decides its property for the recorded reason. Throws `ModelRefused`.
 */
export const replayRecorded = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  runs: ReadonlyArray<RecordedRun>
): ReadonlyMap<string, Trace> | undefined => {
  const traces = new Map<string, Trace>()
  for (const { because, labels, loop, property, schedule } of runs) {
    const found = replay(system, properties, schedule, labels)
    if (found._tag !== "replayed" || !found.decided.includes(property)) return undefined
    if ((found.because.get(property) ?? "") !== because) return undefined
    const { loop: _loop, ...trace } = found.trace
    traces.set(property, loop === null ? trace : { ...trace, loop })
  }
  return traces
}
