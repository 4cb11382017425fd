/**
 * Monotonic reads: a client never sees an older state than it has already seen.
 *
 * Costs: the calls of each session are added to the state, and multiply states if the protocol does not store them.
 */
import { type Monitor, Property } from "plait"
import { type History, inWords, sessionHistory } from "./history/History.ts"
import { laterOnSameKey, readsFrom } from "./history/relations.ts"
import { misses, ordered, type Ordered, type ReadOptions } from "./history/staleness.ts"

/** Two reads of one key in one session. */
const pairs = ({ calls }: Ordered) => {
  const reads = calls.filter(({ kind }) => kind === "read")
  return reads.flatMap((later) =>
    reads.filter((earlier) => laterOnSameKey(earlier, later)).map((earlier) => ({ earlier, later }))
  )
}

/**
 * No read is older than an earlier one of its session: none misses a write that the earlier one returned.
 *
 * **Details** ∀ r₁ so r₂ of one key, w returned by r₁: r₂ returns w, or a write that is not before w in co = (so ∪
 * rf)⁺; with siblings: w or a write after it. Two concurrent writes may be seen in turns; causal-consistency.ts (CM,
 * CCv) forbids that. Premise: a session has read a key twice. Observes the sessions' calls. Source: Terry et al. 1994.
 */
export const monotonicReads = (options: ReadOptions = {}): Monitor<unknown> =>
  Property.monitor<History>("monotonic reads", {
    observer: sessionHistory,
    premise: (history) => pairs(ordered(history)).length > 0,
    rejects: (history) => {
      const found = ordered(history)
      const undone = pairs(found).find(({ earlier, later }) =>
        found.calls.some((write) => readsFrom(write, earlier) && misses(later, write, found, options))
      )
      return undone && `${inWords(undone.earlier)}, and then ${inWords(undone.later)}, which is older.`
    }
  })
