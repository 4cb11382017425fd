/**
 * Monotonic writes: a client's writes become visible in the order of their invocation.
 *
 * Costs: the calls of each session are added to the state, and multiply states if the protocol does not store them.
 */
import { type Monitor, Property } from "plait"
import { type History, inWords, sessionHistory } from "./history/History.ts"
import { inSessionOrder, isFrom, readsFrom } from "./history/relations.ts"
import { misses, ordered, type Ordered, type ReadOptions, staleInWords } from "./history/staleness.ts"

/**
 * Reads that follow, in their session, a read of the later of two writes of one session, and are of the earlier one's
 * key.
 */
const situations = ({ calls }: Ordered) =>
  calls.flatMap((second) =>
    calls
      .filter((first) => first.kind === "write" && inSessionOrder(first, second))
      .flatMap((first) =>
        calls
          .filter((seen) => readsFrom(second, seen))
          .flatMap((seen) =>
            calls
              .filter((read) => read.kind === "read" && read.key === first.key && isFrom(seen, read))
              .map((read) => ({ first, second, read }))
          )
      )
  )

/**
 * A session that has seen a client's write does not miss an earlier one of the same client.
 *
 * **Details** ∀ w₁ so w₂, r₂ returns w₂, r₂ so= r, key(r) = key(w₁): r does not miss w₁ (read-your-writes.ts defines
 * missing). As far as clients can tell: a replica that applies w₂ first and is not read in between is not detected.
 * Premise: a session has made such reads. Observes the sessions' calls. Source: Terry et al. 1994.
 */
export const monotonicWrites = (options: ReadOptions = {}): Monitor<unknown> =>
  Property.monitor<History>("monotonic writes", {
    observer: sessionHistory,
    premise: (history) => situations(ordered(history)).length > 0,
    rejects: (history) => {
      const found = ordered(history)
      const stale = situations(found).find(({ first, read }) => misses(read, first, found, options))
      return (
        stale &&
        staleInWords(stale.read, stale.first, ` before ${inWords(stale.second)}, which ${stale.read.session} had read`)
      )
    }
  })
