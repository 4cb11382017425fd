/**
 * A row of two cells under last write wins, with the rule by which Apache Cassandra and ScyllaDB pick a winner: the
 * larger timestamp; of equal ones the tombstone; else the larger value. The rule is applied to each cell by itself, so
 * that two writes with one timestamp can each win a cell: no client wrote the row that remains.
 *
 * Two clients write the whole row (2, "123") and (3, "111") at two replicas, or one of them deletes it, with equal
 * timestamps or one apart. `unit`: the rule compares `cell` by cell, or whole rows, the larger row winning. Mutants:
 * rule `arrival` lets the last to arrive win a tie, rule `untidy` ignores the tombstone in a tie and keeps the value
 * that is held.
 *
 * Source: documentation of ScyllaDB's Python driver, frequently asked questions, for the rule and the example; Apache
 * Cassandra's `Cells.reconcile`. Left out: expiring cells, row deletions with ranges, writes of single columns.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, System, Topology, Workload } from "plait"

const Value = Schema.NullOr(Schema.Union([Schema.String, Schema.Natural]))

/** Writes the whole row, or deletes it if the values are null, at the client's timestamp. */
export const Write = Schema.TaggedStruct("Write", {
  write: Schema.String,
  row: Schema.Array(Value),
  timestamp: Schema.Natural
})

/** Brings a write to the other replica. */
export const Replicate = Schema.TaggedStruct("Replicate", {
  write: Schema.String,
  row: Schema.Array(Value),
  timestamp: Schema.Natural
})

/** A cell: its value, null for a tombstone, and its timestamp. */
const Cell = Schema.Struct({ value: Value, timestamp: Schema.Natural })
type Cell = typeof Cell.Type

/** A replica: the cells of its row, none before the first write. */
export interface CellsState {
  readonly cells: ReadonlyArray<Cell>
}

/** Unit to which the rule is applied. */
export type Unit = "cell" | "row"

/** Decision between equal timestamps. */
export type Rule = "tombstone-then-larger" | "arrival" | "untidy"

const isLarger = (left: Cell["value"], right: Cell["value"]): boolean =>
  typeof left === "number" && typeof right === "number" ? left > right : String(left) > String(right)

/** True if of two cells with one timestamp the incoming one wins. */
const winsTie = (incoming: Cell, held: Cell, rule: Rule): boolean => {
  if (rule === "arrival") return true
  const tombstones = [incoming, held].filter(({ value }) => value === null).length
  if (tombstones > 0) return rule === "tombstone-then-larger" && incoming.value === null
  return isLarger(incoming.value, held.value)
}

const later = (incoming: Cell, held: Cell, rule: Rule): Cell => {
  if (incoming.timestamp !== held.timestamp) return incoming.timestamp > held.timestamp ? incoming : held
  return winsTie(incoming, held, rule) ? incoming : held
}

/** The row that results from the one held and one that arrives. */
const reconcile = (held: ReadonlyArray<Cell>, incoming: ReadonlyArray<Cell>, unit: Unit, rule: Rule) => {
  if (held.length === 0) return incoming
  if (unit === "cell") return incoming.map((cell, column) => later(cell, held[column] ?? cell, rule))
  const differs = incoming.findIndex((cell, column) => cell.value !== held[column]?.value)
  const [mine, theirs] = [held[Math.max(0, differs)], incoming[Math.max(0, differs)]]
  return mine === undefined || theirs === undefined || later(theirs, mine, rule) === theirs ? incoming : held
}

/** A replica that reconciles by this rule. */
export const cellsReplica = (unit: Unit, rule: Rule) => {
  const take = (state: CellsState, { row, timestamp }: Omit<typeof Write.Type, "_tag">): CellsState => ({
    cells: reconcile(
      state.cells,
      row.map((value) => ({ value, timestamp })),
      unit,
      rule
    )
  })
  return Machine.make("cells", {
    state: Schema.Struct({ cells: Schema.Array(Cell) }),
    operations: [Write],
    messages: [Replicate],
    initial: (): CellsState => ({ cells: [] })
  }).handlers({
    Write: Effect.fnUntraced(function* (state, { row, timestamp, write }) {
      yield* Observe.wrote(write)
      yield* Observe.applied(write)
      yield* Network.broadcast(Replicate.make({ write, row, timestamp }))
      yield* Observe.acknowledged(write)
      return take(state, { row, timestamp, write })
    }),
    Replicate: (state, message) => Effect.as(Observe.applied(message.write), take(state, message))
  })
}

/** The row a client reads: null if it was never written, or deleted as a whole. */
export const shownRow = ({ cells }: CellsState): ReadonlyArray<Cell["value"]> | null =>
  cells.every(({ value }) => value === null) ? null : cells.map(({ value }) => value)

/** The writes of the two clients. */
export const rowsOf = (writes: "two-updates" | "update-and-delete"): ReadonlyArray<ReadonlyArray<Cell["value"]>> =>
  writes === "two-updates"
    ? [
        [2, "123"],
        [3, "111"]
      ]
    : [
        [2, "123"],
        [null, null]
      ]

/** Two replicas and two clients. */
export const cellsModel = Model.make({
  name: "cells",
  about: "A row whose cells are reconciled one by one: equal timestamps can leave a row that nobody wrote.",
  source: "ScyllaDB Python driver documentation; Apache Cassandra",
  parameters: {
    unit: Model.choice({ default: "cell", values: ["cell", "row"], about: "what the rule is applied to" }),
    writes: Model.choice({
      default: "two-updates",
      values: ["two-updates", "update-and-delete"],
      about: "what the two clients do with the whole row"
    }),
    apart: Model.integer({ default: 0, least: 0, most: 1, about: "by how much the second timestamp is larger" }),
    rule: Model.choice({
      default: "tombstone-then-larger",
      values: ["tombstone-then-larger", "arrival", "untidy"],
      about: "which of equal timestamps wins"
    })
  },
  system: ({ apart, rule, unit, writes }) => {
    const [first = [], second = []] = rowsOf(writes)
    return System.make("cells", {
      machine: cellsReplica(unit, rule),
      topology: Topology.allToAll(2),
      workload: Workload.script([
        [Write.make({ write: "first", row: first, timestamp: 1 })],
        [Write.make({ write: "second", row: second, timestamp: 1 + apart })]
      ])
    })
  }
})
