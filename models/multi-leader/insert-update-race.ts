/**
 * The insert/update race with the reaction of a leader to an update of a row it lacks: `drop` it, `overwrite` (take it
 * as an insert, and let the late insert overwrite it), `ignore` (take it as an insert, and ignore the late insert as a
 * duplicate key), or `buffer` it until the insert has arrived.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), figure 5-9; the first three rules are those of
 * row-based replication in practice. Left out: stopping with an error. race.ts is the same race without rows.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, System, Topology, Workload } from "plait"

/** Inserts the row with value 0, at leader 0. */
export const Insert = Schema.TaggedStruct("Insert", {})

/** Sets the row's value to 1, at leader 1, which waits until it has the row. */
export const Update = Schema.TaggedStruct("Update", {})

/** Brings the insert to another leader. */
export const Inserted = Schema.TaggedStruct("Inserted", {})

/** Brings the update to another leader. */
export const Updated = Schema.TaggedStruct("Updated", {})

/** A leader: the row's value, null without a row; the writes it shows; and true if it holds back the update. */
export interface RowState {
  readonly row: number | null
  readonly shows: ReadonlyArray<string>
  readonly heldBack: boolean
}

/** Reaction of a leader to an update of a row it lacks. */
export type MissingRow = "drop" | "overwrite" | "ignore" | "buffer"

const declared = Machine.make("insert-update-race", {
  state: Schema.Struct({
    row: Schema.NullOr(Schema.Natural),
    shows: Schema.Array(Schema.String),
    heldBack: Schema.Boolean
  }),
  operations: [Insert, Update],
  messages: [Inserted, Updated],
  initial: (): RowState => ({ row: null, shows: [], heldBack: false })
})

const applied = (state: RowState, ...writes: ReadonlyArray<string>) =>
  Effect.as(
    Effect.forEach(writes, (write) => Observe.applied(write), { discard: true }),
    { ...state, shows: [...state.shows, ...writes].sort() }
  )

/** A leader under a rule for updates of missing rows. */
export const rowLeader = (rule: MissingRow) =>
  declared.handlers(
    {
      Insert: Effect.fnUntraced(function* (state) {
        yield* Observe.wrote("insert")
        yield* Network.broadcast(Inserted.make({}))
        yield* Observe.acknowledged("insert")
        return yield* applied({ ...state, row: 0 }, "insert")
      }),
      Update: Effect.fnUntraced(function* (state) {
        yield* Observe.wrote("update")
        yield* Network.broadcast(Updated.make({}))
        yield* Observe.acknowledged("update")
        return yield* applied({ ...state, row: 1 }, "update")
      }),
      Inserted: (state) => {
        if (state.heldBack) return applied({ ...state, row: 1, heldBack: false }, "insert", "update")
        return applied(state.row !== null && rule === "ignore" ? state : { ...state, row: 0 }, "insert")
      },
      Updated: (state) => {
        if (state.row !== null || rule === "overwrite" || rule === "ignore") {
          return applied({ ...state, row: 1 }, "update")
        }
        return Effect.succeed(rule === "buffer" ? { ...state, heldBack: true } : state)
      }
    },
    { guards: { Update: ({ row }) => row !== null } }
  )

/** The value of the row at a leader. */
export const rowShown = ({ row }: RowState): number | null => row

/** The writes a leader shows. */
export const rowWrites = ({ shows }: RowState): ReadonlyArray<string> => shows

/** The leaders, fully meshed. */
export const insertUpdateRaceModel = Model.make({
  name: "insert-update-race",
  about: "The insert/update race with a rule for an update that finds no row.",
  source: "Kleppmann 2017, figure 5-9",
  parameters: {
    leaders: Model.integer({ default: 3, least: 2, most: 5, about: "leaders, all-to-all" }),
    rule: Model.choice({
      default: "drop",
      values: ["drop", "overwrite", "ignore", "buffer"],
      about: "what a leader does with an update of a row it lacks"
    })
  },
  system: ({ leaders, rule }) =>
    System.make("insert-update-race", {
      machine: rowLeader(rule),
      topology: Topology.allToAll(leaders),
      workload: Workload.script([[Insert.make({})], [Update.make({})]])
    })
})
