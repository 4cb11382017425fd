/**
 * The benchmark's models as plain functions, for the explorer it compares with. They must give plait's counts.
 */
import type { PlainModel } from "./object-explorer.ts"

interface Register {
  readonly counter: number
  readonly timestamp: number
  readonly writer: number
  readonly left: number
}

interface Replicate {
  readonly timestamp: number
  readonly writer: number
}

/** models/crdt/lamport-register.ts as plain functions. */
export const plainRegister = (replicas: number, writes: number): PlainModel => ({
  replicas,
  initial: (): Register => ({ counter: 0, timestamp: 0, writer: -1, left: writes }),
  choices: (_replica, state: Register) => (state.left > 0 ? [{ write: true }] : []),
  step: (replica, state: Register, event: Replicate | { readonly write: true }) => {
    if ("write" in event) {
      const timestamp = state.counter + 1
      const next: Register = { counter: timestamp, timestamp, writer: replica, left: state.left - 1 }
      return [next, { timestamp, writer: replica }]
    }
    const counter = Math.max(state.counter, event.timestamp)
    const wins =
      event.timestamp > state.timestamp || (event.timestamp === state.timestamp && event.writer > state.writer)
    return [
      wins ? { ...state, counter, timestamp: event.timestamp, writer: event.writer } : { ...state, counter },
      null
    ]
  }
})
