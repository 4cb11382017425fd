/**
 * Small models in which every flag of the command line has something to act on: two cases and a deep one, an action that
 * is never taken, a handler whose runs differ, and a place in the matrix.
 */
import { Effect, Schema } from "effect"
import { defineConfig, entry, Machine, Model, Network, Property, System, Topology, Workload } from "../../src/index.ts"
import type { NodesView } from "../../src/index.ts"

const Go = Schema.TaggedStruct("Go", {})
const Count = Schema.TaggedStruct("Count", { count: Schema.Natural })
const Never = Schema.TaggedStruct("Never", {})

/** Of two nodes: each sends the other a number, one more each time, up to `most`. */
const counting = (most: number) =>
  System.make("small", {
    machine: Machine.make("small", {
      state: Schema.Natural,
      operations: [Go],
      messages: [Count, Never],
      initial: () => 0
    }).handlers({
      Go: (state) => Effect.as(Network.broadcast(Count.make({ count: 1 })), state),
      Count: (_state, { count }) =>
        count === most ? Effect.succeed(count) : Effect.as(Network.broadcast(Count.make({ count: count + 1 })), count),
      Never: (state) => Effect.succeed(state)
    }),
    topology: Topology.ring(2),
    workload: Workload.script([[Go.make({})]])
  })

const small = Model.make({
  name: "small",
  about: "Two nodes send a number to and fro.",
  source: "made for a test",
  parameters: { most: Model.integer({ default: 3, least: 1, most: 9, about: "the last number" }) },
  system: ({ most }) => counting(most)
})

/** Calls of a handler after the fourth, the last of those in a row that every search makes again. */
let runs = 0

const drifting = Model.make({
  name: "drifting",
  about: "A handler whose runs differ from its fifth call on.",
  source: "made for a test",
  parameters: { nodes: Model.integer({ default: 2, least: 2, most: 2, about: "nodes" }) },
  system: ({ nodes }) =>
    System.make("drifting", {
      machine: Machine.make("drifting", { state: Schema.Natural, operations: [Go], initial: () => 0 }).handlers({
        Go: (state) => Effect.sync(() => (state < 4 ? state + 1 : 5 + runs++))
      }),
      topology: Topology.ring(nodes),
      workload: Workload.script([Array.from({ length: 5 }, () => Go.make({}))])
    })
})

const RESTS = "in the end both nodes have counted"

const properties = (most: number) => [
  Property.atQuiescence<NodesView<number>>(RESTS, { holds: ({ nodes }) => nodes.every(({ state }) => state > 0) }),
  Property.reachable<NodesView<number>>("a node counts to the end", {
    holds: ({ nodes }) => nodes.some(({ state }) => state === most)
  })
]

export default defineConfig({
  entries: [
    entry(small, {
      properties: ({ most }) => properties(most),
      settings: [{ most: 3 }, { most: 4 }],
      deep: [{ most: 5 }],
      place: ({ most }) => ({ design: "small", setting: `to ${most}` })
    }),
    entry(drifting, { properties: () => [], settings: [{ nodes: 2 }] })
  ],
  guarantees: [{ name: RESTS, label: "END", about: "both counted", source: "made for a test", implies: [] }]
})
