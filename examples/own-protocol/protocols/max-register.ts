/**
 * A register that keeps the greatest value it has heard of. Each replica tells the others of what it is asked to write.
 * A protocol to start from: change it, and `plait check` says what became of the properties in properties.ts.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, System, Topology, Workload } from "plait"

/** The state of a replica. */
export const Register = Schema.Struct({ value: Schema.Natural })
export type Register = typeof Register.Type

/** A client asks a replica to write. */
export const Write = Schema.TaggedStruct("Write", { value: Schema.Natural })

/** A replica tells another of a write. */
export const Written = Schema.TaggedStruct("Written", { value: Schema.Natural })

/** A replica. */
export const maxRegister = Machine.make("max-register", {
  state: Register,
  operations: [Write],
  messages: [Written],
  initial: () => ({ value: 0 })
}).handlers({
  Write: Effect.fnUntraced(function* (state, { value }) {
    yield* Network.broadcast(Written.make({ value }))
    return { value: Math.max(state.value, value) }
  }),
  Written: (state, { value }) => Effect.succeed({ value: Math.max(state.value, value) })
})

/** The replicas, fully meshed; replica i is asked to write i + 1. */
export const maxRegisterModel = Model.make({
  name: "max-register",
  about: "A register that keeps the greatest value, every write broadcast once.",
  source: "written by plait init",
  parameters: {
    replicas: Model.integer({ default: 3, least: 2, most: 5, about: "replicas, all-to-all" }),
    lose: Model.integer({ default: 0, least: 0, most: 2, about: "messages that the network may lose" })
  },
  system: ({ lose, replicas }) =>
    System.make("max-register", {
      machine: maxRegister,
      topology: Topology.allToAll(replicas),
      network: Network.unordered({ lose }),
      workload: Workload.script(Array.from({ length: replicas }, (_, replica) => [Write.make({ value: replica + 1 })]))
    })
})
