/** Three leaders that replicate to each other: a row is inserted at one and updated at another. */
import { Effect, Schema } from "effect"
import { defineConfig, entry, Machine, Model, Network, Property, System, Topology, Workload } from "plait"

const Insert = Schema.TaggedStruct("Insert", {})
const Update = Schema.TaggedStruct("Update", {})
const Inserted = Schema.TaggedStruct("Inserted", {})
const Updated = Schema.TaggedStruct("Updated", {})
const Row = Schema.Struct({ inserted: Schema.Boolean, updated: Schema.Boolean })

const leader = Machine.make("leader", {
  state: Row,
  operations: [Insert, Update], // from clients
  messages: [Inserted, Updated], // from other leaders
  initial: () => ({ inserted: false, updated: false })
}).handlers(
  {
    Insert: (row) => Effect.as(Network.broadcast(Inserted.make({})), { ...row, inserted: true }),
    Update: (row) => Effect.as(Network.broadcast(Updated.make({})), { ...row, updated: true }),
    Inserted: (row) => Effect.succeed({ ...row, inserted: true }),
    Updated: (row) => Effect.succeed({ ...row, updated: true })
  },
  { guards: { Update: (row) => row.inserted } }
)

const model = Model.make({
  name: "insert-and-update",
  about: "An insert at one leader, an update of the same row at another.",
  source: "Kleppmann, Designing Data-Intensive Applications (2017), figure 5-9",
  parameters: { leaders: Model.integer({ default: 3, least: 2, most: 6, about: "leaders, all-to-all" }) },
  system: ({ leaders }) =>
    System.make("insert-and-update", {
      machine: leader,
      topology: Topology.allToAll(leaders),
      workload: Workload.script([[Insert.make({})], [Update.make({})]])
    })
})

const inOrder = Property.onEveryNode<typeof Row.Type>("no leader shows an update without its insert", {
  holds: ({ state }) => state.inserted || !state.updated
})

export default defineConfig({ entries: [entry(model, { properties: () => [inOrder], settings: [{ leaders: 3 }] })] })
