/**
 * Linearizability and sequential consistency: the answers are those of operations executed one at a time, in an order
 * that real time allows (linearizability) or that keeps each session's order (sequential consistency).
 *
 * Sources: Herlihy and Wing, "Linearizability" (1990); Lamport, "How to make a multiprocessor computer …" (1979).
 *
 * Costs: calls with their order in real time multiply states more than any other history; a check is exponential in the
 * number of concurrent calls at worst, once per distinct history (history/legal-order.ts).
 */
import { type Monitor, Property } from "plait"
import { callsOf, type History, inWords, sessionHistory, timedHistory } from "./history/History.ts"
import { callsByKey, isRegisterHistory } from "./history/register.ts"
import { inRealTime, inSessionOrder } from "./history/relations.ts"

const reads = (history: History): boolean => callsOf(history).some(({ kind }) => kind === "read")

/** Real time includes a session's own order: its next operation is invoked after the answer to the last. */
const broken = (history: History) => callsByKey(history).find((calls) => !isRegisterHistory(calls, inRealTime))

/**
 * Each key is a linearizable register.
 *
 * **Details** For each key some order of its operations explains every answer, in which an operation that was over
 * before another was invoked comes first; a write that was not answered may have happened or not. One key at a time
 * suffices (locality, Herlihy and Wing, theorem 1). A register never returns several writes to a read. Observes the
 * sessions' calls with their order in real time, which multiplies states more than any other history.
 */
export const linearizability: Monitor<unknown> = Property.monitor<History>("linearizability", {
  observer: timedHistory,
  premise: reads,
  rejects: (history) => {
    const calls = broken(history)
    return calls && `No order that real time allows explains this: ${calls.map(inWords).join("; ")}.`
  }
})

/**
 * All keys together are sequentially consistent registers.
 *
 * **Details** Some order of all operations that keeps each session's own explains every answer. Observes the sessions'
 * calls.
 */
export const sequentialConsistency: Monitor<unknown> = Property.monitor<History>("sequential consistency", {
  observer: sessionHistory,
  premise: reads,
  rejects: (history) => {
    const calls = callsByKey(history).flat()
    return isRegisterHistory(calls, inSessionOrder)
      ? undefined
      : `No order that keeps each session's own explains this: ${calls.map(inWords).join("; ")}.`
  }
})
