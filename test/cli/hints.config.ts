/**
 * Models that do not end: a counter of whole states, and two nodes that pass a ball for ever and write it down.
 */
import { Effect, Schema } from "effect"
import {
  defineConfig,
  entry,
  Machine,
  Model,
  Network,
  System,
  Topology,
  WholeState,
  Workload
} from "../../src/index.ts"

const Start = Schema.TaggedStruct("Start", {})
const Ball = Schema.TaggedStruct("Ball", {})

const counter = Model.make({
  name: "endless-counter",
  about: "A number that is never large enough.",
  source: "made for a test",
  parameters: {},
  system: () =>
    WholeState.make("endless-counter", {
      variables: { count: WholeState.variable(Schema.Int, 0) },
      actions: ({ count }) => ({ up: WholeState.action(Effect.flatMap(count.get, (value) => count.set(value + 1))) })
    })
})

const tennis = Model.make({
  name: "endless-tennis",
  about: "Two nodes pass a ball and write down each pass.",
  source: "made for a test",
  parameters: {},
  system: () =>
    System.make("endless-tennis", {
      machine: Machine.make("player", {
        state: Schema.Struct({ log: Schema.Array(Schema.Literal("hit")) }),
        operations: [Start],
        messages: [Ball],
        initial: () => ({ log: [] })
      }).handlers({
        Start: (state) => Effect.as(Network.broadcast(Ball.make({})), state),
        Ball: ({ log }) => Effect.as(Network.broadcast(Ball.make({})), { log: [...log, "hit" as const] })
      }),
      topology: Topology.ring(2),
      workload: Workload.script([[Start.make({})]])
    })
})

export default defineConfig({
  entries: [
    entry(counter, { properties: () => [], settings: [{}] }),
    entry(tennis, { properties: () => [], settings: [{}] })
  ]
})
