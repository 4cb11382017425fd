/**
 * Torn winners (L5): a row that mixes table cells of two writes, each of which wrote the whole row, so that a client
 * reads a row that was never written. Every replica may agree on it: convergence does not detect it.
 *
 * Source: the question of two batches with one timestamp in the documentation of ScyllaDB's Python driver, and Apache
 * Cassandra's reconciliation of table cells.
 *
 * Costs: adds no states; a comparison per distinct row of a node.
 */
import { Equal } from "effect"
import { type NodeInvariant, type NodesView, Property } from "plait"

/** The table cells of a row; null for one without a value. */
type Row = ReadonlyArray<string | number | null>

/** A row as a client reads it, and the rows that clients wrote: plain data, table cells in a fixed order. */
export interface RowOptions<State> {
  /** The table cells of the row, or null if there is no row. */
  readonly row: (state: State) => Row | null
  /** Every whole row that some client wrote. */
  readonly written: ReadonlyArray<Row>
}

const text = (row: Row): string =>
  `(${row.map((suiteCase) => (suiteCase === null ? "none" : JSON.stringify(suiteCase))).join(", ")})`

/**
 * Every node shows a row that some client wrote, or none.
 *
 * **Details** ∀ node: row ∈ written. Only for workloads whose every write writes, or deletes, the whole row. Observes nothing.
 */
export const noTornRow = <State>({ row, written }: RowOptions<State>): NodeInvariant<NodesView<State>> => {
  const isTorn = (shown: Row | null): shown is Row =>
    shown !== null && !written.some((each) => Equal.equals(each, shown))
  return Property.onEveryNode<State>("no row mixes the cells of two writes", {
    premise: ({ state }) => row(state) !== null,
    holds: ({ state }) => !isTorn(row(state)),
    explain: ({ nodes }) =>
      nodes
        .map(({ id, state }) => ({ id, shown: row(state) }))
        .flatMap(({ id, shown }) => (isTorn(shown) ? [`n${id} shows ${text(shown)}, which nobody wrote`] : []))
        .map((found) => `${found}; written were ${written.map(text).join(" and ")}.`)
        .join(" ")
  })
}
