/**
 * The insert/update race: leader 0 inserts a row, leader 1 updates it once it has the row, and every leader sends its
 * write straight to every other. At a third leader the update can overtake the insert.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), figure 5-9. With delivery `causal` the update waits
 * at each leader for the insert. Left out: the reaction of a leader to the missing row, which insert-update-race.ts
 * models.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, System, Topology, Workload } from "plait"

/** Inserts the row, at leader 0. */
export const Insert = Schema.TaggedStruct("Insert", {})

/** Updates the row, at leader 1, which waits until it has it. */
export const Update = Schema.TaggedStruct("Update", {})

/** Brings the insert to another leader. */
export const Inserted = Schema.TaggedStruct("Inserted", {})

/** Brings the update to another leader. */
export const Updated = Schema.TaggedStruct("Updated", {})

/** A leader: the writes of the two that it has applied. */
export interface RaceState {
  readonly inserted: boolean
  readonly updated: boolean
}

const declared = Machine.make("race", {
  state: Schema.Struct({ inserted: Schema.Boolean, updated: Schema.Boolean }),
  operations: [Insert, Update],
  messages: [Inserted, Updated],
  initial: (): RaceState => ({ inserted: false, updated: false })
})

/** A leader under a kind of delivery. */
export const raceLeader = (delivery: "any-order" | "causal") => {
  const hasRow = (state: RaceState): boolean => state.inserted
  return declared.handlers(
    {
      Insert: Effect.fnUntraced(function* (state) {
        yield* Observe.wrote("insert")
        yield* Observe.applied("insert")
        yield* Network.broadcast(Inserted.make({}))
        yield* Observe.acknowledged("insert")
        return { ...state, inserted: true }
      }),
      Update: Effect.fnUntraced(function* (state) {
        yield* Observe.wrote("update")
        yield* Observe.applied("update")
        yield* Network.broadcast(Updated.make({}))
        yield* Observe.acknowledged("update")
        return { ...state, updated: true }
      }),
      Inserted: (state) => Effect.as(Observe.applied("insert"), { ...state, inserted: true }),
      Updated: (state) => Effect.as(Observe.applied("update"), { ...state, updated: true })
    },
    { guards: delivery === "causal" ? { Update: hasRow, Updated: hasRow } : { Update: hasRow } }
  )
}

/** The writes a leader shows. */
export const raceWrites = (state: RaceState): ReadonlyArray<string> => [
  ...(state.inserted ? ["insert"] : []),
  ...(state.updated ? ["update"] : [])
]

/** The leaders, fully meshed. */
export const raceModel = Model.make({
  name: "race",
  about: "An insert at one leader and an update of the same row at another, all-to-all.",
  source: "Kleppmann 2017, figure 5-9",
  parameters: {
    leaders: Model.integer({ default: 3, least: 2, most: 6, about: "leaders, all-to-all" }),
    delivery: Model.choice({
      default: "any-order",
      values: ["any-order", "causal"],
      about: "whether an update waits at each leader for the insert"
    })
  },
  system: ({ delivery, leaders }) =>
    System.make("race", {
      machine: raceLeader(delivery),
      topology: Topology.allToAll(leaders),
      workload: Workload.script([[Insert.make({})], [Update.make({})]])
    })
})
