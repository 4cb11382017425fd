/**
 * A last-write-wins register ordered by Lamport timestamps: every write is broadcast, the greatest (timestamp, writer)
 * wins.
 *
 * Source: Lamport, "Time, clocks, and the ordering of events" (1978), for the clock; Shapiro et al. 2011,
 * specification 9, for the register. Deviation from the usual clock: a delivery sets the counter to the maximum of
 * counter and timestamp, not to one more. The value of a write is its (timestamp, writer).
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Self, System, Topology, Workload } from "plait"

/** Writes a new value at the replica that handles it. */
export const Write = Schema.TaggedStruct("Write", {})

/** Brings a write to another replica. */
export const Replicate = Schema.TaggedStruct("Replicate", { timestamp: Schema.Natural, writer: Schema.Int })

/** A replica: its Lamport counter and the write it holds; writer -1 stands for the initial value. */
export const lamportRegister = Machine.make("lamport-register", {
  state: Schema.Struct({ counter: Schema.Natural, timestamp: Schema.Natural, writer: Schema.Int }),
  operations: [Write],
  messages: [Replicate],
  initial: () => ({ counter: 0, timestamp: 0, writer: -1 })
}).handlers({
  Write: Effect.fnUntraced(function* (state) {
    const timestamp = state.counter + 1
    const writer = yield* Self.id
    yield* Network.broadcast(Replicate.make({ timestamp, writer }))
    return { counter: timestamp, timestamp, writer }
  }),
  Replicate: (state, { timestamp, writer }) => {
    const counter = Math.max(state.counter, timestamp)
    const wins = timestamp > state.timestamp || (timestamp === state.timestamp && writer > state.writer)
    return Effect.succeed(wins ? { counter, timestamp, writer } : { ...state, counter })
  }
})

/** The replicas, fully meshed, each writing a number of times. */
export const lamportRegisterModel = Model.make({
  name: "lamport-register",
  about: "Last-write-wins register with Lamport timestamps, all-to-all.",
  source: "Lamport 1978; Shapiro et al. 2011, specification 9",
  parameters: {
    replicas: Model.integer({ default: 3, least: 1, most: 5, about: "replicas, all-to-all" }),
    writes: Model.integer({ default: 2, least: 0, most: 4, about: "writes per replica" })
  },
  system: ({ replicas, writes }) =>
    System.make("lamport-register", {
      machine: lamportRegister,
      topology: Topology.allToAll(replicas),
      workload: Workload.script(
        Array.from({ length: replicas }, () => Array.from({ length: writes }, () => Write.make({})))
      )
    })
})
