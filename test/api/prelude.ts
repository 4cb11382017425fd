/**
 * What the examples of the doc comments take for granted: a bag that is replicated, a store's two operations, and the
 * view of a ring. A name that an example declares itself is its own.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, type NodesView, Property, System, Topology } from "../../src/index.ts"

/** Adds an item to the bag. */
export const Add = Schema.TaggedStruct("Add", { item: Schema.String })

/** Tells another replica of an item. */
export const Added = Schema.TaggedStruct("Added", { item: Schema.String })

/** A replica of the bag. */
export const bag = Machine.make("bag", {
  state: Schema.ReadonlySet(Schema.String),
  operations: [Add],
  messages: [Added],
  initial: () => new Set<string>()
}).handlers({
  Add: Effect.fnUntraced(function* (items, { item }) {
    yield* Network.broadcast(Added.make({ item }))
    return new Set([...items, item])
  }),
  Added: (items, { item }) => Effect.succeed(new Set([...items, item]))
})

/** The bag with its number of replicas. */
export const bagModel = Model.make({
  name: "bag",
  about: "A bag whose additions are broadcast once.",
  source: "the examples",
  parameters: { replicas: Model.integer({ default: 3, least: 1, most: 6, about: "replicas" }) },
  system: ({ replicas }) => System.make("bag", { machine: bag, topology: Topology.allToAll(replicas) })
})

/** All replicas have as many items. */
export const bagsAgree = Property.atQuiescence<NodesView<ReadonlySet<string>>>("bags agree", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.size === nodes[0]?.state.size)
})

/** Writes a value. */
export const Put = Schema.TaggedStruct("Put", { value: Schema.String })

/** Reads. */
export const Get = Schema.TaggedStruct("Get", {})

/** A value to write. */
export const value = "x"

/** What a property about a ring sees. */
export interface RingView {
  readonly net: ReadonlyArray<string>
}
