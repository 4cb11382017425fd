/**
 * Read your writes: a client's read reflects the client's own writes.
 *
 * Costs: the calls of each session are added to the state, and multiply states if the protocol does not store them.
 */
import { type Monitor, Property } from "plait"
import { type History, sessionHistory } from "./history/History.ts"
import { laterOnSameKey } from "./history/relations.ts"
import { misses, ordered, type Ordered, type ReadOptions, staleInWords } from "./history/staleness.ts"

/** A write, and a later read of its key in its session. */
const pairs = ({ calls }: Ordered) =>
  calls
    .filter(({ kind }) => kind === "read")
    .flatMap((read) =>
      calls.filter((write) => write.kind === "write" && laterOnSameKey(write, read)).map((write) => ({ read, write }))
    )

/**
 * No read misses an earlier write of its own session to the same key.
 *
 * **Details** ∀ w so r, key(w) = key(r): r returns w, or a write that is not before w in co = (so ∪ rf)⁺; with
 * siblings: w or a write after it. Premise: a session has read a key that it wrote before. Observes the sessions'
 * calls, which are stored in the state. Source: Terry et al., "Session guarantees for weakly consistent replicated
 * data" (1994).
 */
export const readYourWrites = (options: ReadOptions = {}): Monitor<unknown> =>
  Property.monitor<History>("read your writes", {
    observer: sessionHistory,
    premise: (history) => pairs(ordered(history)).length > 0,
    rejects: (history) => {
      const found = ordered(history)
      const stale = pairs(found).find(({ read, write }) => misses(read, write, found, options))
      return stale && staleInWords(stale.read, stale.write, " before, in the same session")
    }
  })
