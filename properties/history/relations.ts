/**
 * How calls of a history are related, as far as clients can tell: in a session, in real time, and through what was read.
 *
 * Notation of the properties that use them: w so r, w comes before r in one session; r returns w, r reads from w.
 */
import type { SessionCall } from "./History.ts"

/** Whether one call comes before another. Calls are told apart by identity: all are of one list. */
export type Order = (left: SessionCall, right: SessionCall) => boolean

/** In its session's order. */
export const inSessionOrder: Order = (earlier, later) =>
  earlier.session === later.session && earlier.place < later.place

/** The call itself, or one after it in its session. */
export const isFrom: Order = (earliest, call) => earliest.session === call.session && earliest.place <= call.place

/** In its session's order, and about the same key. */
export const laterOnSameKey: Order = (earlier, later) => inSessionOrder(earlier, later) && earlier.key === later.key

/** In real time: over before the other was invoked. */
export const inRealTime: Order = (earlier, later) => later.after.includes(earlier.id)

/** Whether a read of the write's key returned this write, alone or with others. */
export const readsFrom = (write: SessionCall, read: SessionCall): boolean =>
  write.kind === "write" &&
  read.kind === "read" &&
  write.key === read.key &&
  write.writes.every((name) => read.writes.includes(name))
