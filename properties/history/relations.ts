/**
 * Relations between calls of a history, as far as clients can tell: in a session, in real time, and through reads.
 *
 * Notation of the properties that use them: w so r, w comes before r in one session; r returns w, r reads from w.
 */
import type { SessionCall } from "./History.ts"

/** True if one call comes before another. Calls are compared by identity: all are of one list. */
export type Order = (left: SessionCall, right: SessionCall) => boolean

/** True in the order of their session. */
export const inSessionOrder: Order = (earlier, later) =>
  earlier.session === later.session && earlier.place < later.place

/** True for the call itself, and for one after it in its session. */
export const isFrom: Order = (earliest, call) => earliest.session === call.session && earliest.place <= call.place

/** True in the order of their session, for calls of the same key. */
export const laterOnSameKey: Order = (earlier, later) => inSessionOrder(earlier, later) && earlier.key === later.key

/** True in real time: the one was over before the other was invoked. */
export const inRealTime: Order = (earlier, later) => later.after.includes(earlier.id)

/** True if a read of the write's key returned this write, alone or with others. */
export const readsFrom = (write: SessionCall, read: SessionCall): boolean =>
  write.kind === "write" &&
  read.kind === "read" &&
  write.key === read.key &&
  write.writes.every((name) => read.writes.includes(name))
