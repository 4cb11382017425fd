/**
 * Writes follow reads: a session that sees a reply also sees the write that it replies to.
 *
 * Costs: the calls of each session are added to the state, and multiply states if the protocol does not store them.
 */
import { type Monitor, Property } from "plait"
import { type History, type SessionCall, sessionHistory } from "./history/History.ts"
import { inSessionOrder, isFrom, readsFrom } from "./history/relations.ts"
import { misses, ordered, type Ordered, type ReadOptions, staleInWords } from "./history/staleness.ts"

/** A write, a session that read it and then wrote, and a reader of that second write who then reads the first key. */
const situations = ({ calls }: Ordered) => {
  const returned = (write: SessionCall) => calls.filter((read) => readsFrom(write, read))
  return calls.flatMap((cause) =>
    returned(cause).flatMap((readOfCause) =>
      calls
        .filter((effect) => inSessionOrder(readOfCause, effect))
        .flatMap((effect) =>
          returned(effect).flatMap((readOfEffect) =>
            calls
              .filter((read) => read.kind === "read" && read.key === cause.key && isFrom(readOfEffect, read))
              .map((read) => ({ cause, effect, read }))
          )
        )
    )
  )
}

/**
 * A session that has seen a write does not miss the writes that its writer had read before.
 *
 * **Details** ∀ w₁, r₁ returns w₁, r₁ so w₂, r₂ returns w₂, r₂ so= r, key(r) = key(w₁): r does not miss w₁
 * (read-your-writes.ts defines missing). As far as clients can tell. Premise: a session has made such reads. Observes
 * the sessions' calls. Source: Terry et al. 1994.
 */
export const writesFollowReads = (options: ReadOptions = {}): Monitor<unknown> =>
  Property.monitor<History>("writes follow reads", {
    observer: sessionHistory,
    premise: (history) => situations(ordered(history)).length > 0,
    rejects: (history) => {
      const found = ordered(history)
      const stale = situations(found).find(({ cause, read }) => misses(read, cause, found, options))
      return (
        stale &&
        staleInWords(
          stale.read,
          stale.cause,
          `, ${stale.effect.session} read that and then wrote ${stale.effect.writes.join()}, and ${stale.read.session} had read the latter`
        )
      )
    }
  })
