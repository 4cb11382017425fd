/**
 * Torn winners (L5): a row that mixes cells of two writes, each of which wrote the whole row, so that a client reads
 * what nobody ever wrote. Every replica may agree on it: convergence says nothing about it.
 *
 * Source: the question of two batches with one timestamp in the documentation of ScyllaDB's Python driver, and Apache
 * Cassandra's reconciliation of cells.
 *
 * Costs: adds no states; a comparison per distinct row of a node.
 */
import { type NodeInvariant, Property } from "../src/property/index.ts"
import type { NodesView } from "../src/property/index.ts"

/** A row as a client reads it, and the rows that clients wrote: plain data, cells in a fixed order. */
export interface RowOptions<State> {
  /** The cells of the row, or nothing where there is no row. */
  readonly row: (state: State) => ReadonlyArray<string | number | null> | null
  /** Every whole row that some client wrote. */
  readonly written: ReadonlyArray<ReadonlyArray<string | number | null>>
}

const text = (row: ReadonlyArray<string | number | null>): string => `(${row.map((cell) => cell ?? "none").join(", ")})`

/**
 * Every node shows a row that some client wrote, or none.
 *
 * **Details** ∀ node: row ∈ written. Only for workloads whose every write writes, or deletes, the whole row. Observes nothing.
 */
export const noTornRow = <State>({ row, written }: RowOptions<State>): NodeInvariant<NodesView<State>> => {
  const rows = written.map(text)
  const isTorn = (state: State): boolean => {
    const shown = row(state)
    return shown !== null && !rows.includes(text(shown))
  }
  return Property.onEveryNode<State>("no row mixes the cells of two writes", {
    premise: ({ state }) => row(state) !== null,
    holds: ({ state }) => !isTorn(state),
    explain: ({ nodes }) =>
      nodes
        .filter(({ state }) => isTorn(state))
        .map(
          ({ id, state }) =>
            `n${id} shows ${text(row(state) ?? [])}, which nobody wrote; written were ${rows.join(" and ")}.`
        )
        .join(" ")
  })
}
