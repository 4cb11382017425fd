/**
 * Monotonic reads: what a client has seen, it does not see undone.
 *
 * Costs: the calls of each session are added to the state, and multiply states where the protocol forgets them.
 */
import { type Monitor, Property } from "../src/property/index.ts"
import { type History, inWords, sessionHistory } from "./history/History.ts"
import { laterOnSameKey, misses, ordered, type Ordered, type ReadOptions } from "./history/staleness.ts"

const pairs = ({ calls }: Ordered) =>
  calls
    .filter(({ kind }) => kind === "read")
    .flatMap((later) =>
      calls
        .filter((earlier) => earlier.kind === "read" && laterOnSameKey(earlier, later))
        .map((earlier) => ({ earlier, later }))
    )

/**
 * No read is older than an earlier one of its session: none misses a write that the earlier one returned.
 *
 * **Details** ∀ r₁ so r₂ of one key, w returned by r₁: r₂ returns w, or a write that is not before w in co = (so ∪ rf)⁺; with
 * siblings: w or a write after it. Two concurrent writes may be seen in turns; causal-consistency.ts (CM, CCv) forbids
 * that. Says something once a session has read a key twice. Observes the sessions' calls. Source: Terry et al. 1994.
 */
export const monotonicReads = (options: ReadOptions = {}): Monitor<unknown> =>
  Property.monitor<History>("monotonic reads", {
    observer: sessionHistory,
    premise: (history) => pairs(ordered(history)).length > 0,
    rejects: (history) => {
      const found = ordered(history)
      const writes = (names: ReadonlyArray<string | number>) =>
        found.calls.filter(({ kind, writes: [name] }) => kind === "write" && name !== undefined && names.includes(name))
      const undone = pairs(found).find(({ earlier, later }) =>
        writes(earlier.writes).some((write) => misses(later, write, found, options))
      )
      return undone && `${inWords(undone.earlier)}, and then ${inWords(undone.later)}, which is older.`
    }
  })
