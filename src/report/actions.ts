/**
 * The actions of one system as a table, for every format that prints one: actions that were never taken come first,
 * with their transitions, their outcomes, and a column for each node. A column without values is left out.
 */
import { type ActionCounts, neverTakenFirst, outcomesOf } from "../coverage/Coverage.ts"

/** A row: an action, and the value of each column; `undefined` if the column does not apply. */
export interface ActionRow {
  readonly name: string
  readonly isTaken: boolean
  readonly counts: ReadonlyArray<number | undefined>
}

/** The table. */
export interface ActionTable {
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<ActionRow>
}

/** The meaning of the columns, a sentence each. */
export const actionLegend = [
  "taken: transitions; fresh: those that found a state; to itself: those that led back to their state.",
  "enabled, disabled: results of the guard; unchanged (the node's state), sent, answered, refused: its outcomes;",
  "n0 …: at that node; each counted once for each distinct context of a node. –: does not apply."
]

interface Column {
  readonly title: string
  readonly of: (action: ActionCounts) => number | undefined
}

const outcome = (title: "unchanged" | "sent" | "answered" | "refused"): Column => ({
  title,
  of: ({ outcomes }) => (outcomes === null ? undefined : outcomesOf(outcomes)[title])
})

const transitions: ReadonlyArray<Column> = [
  { title: "taken", of: ({ taken }) => taken },
  { title: "fresh", of: ({ fresh }) => fresh },
  { title: "to itself", of: ({ unchanged }) => unchanged },
  { title: "enabled", of: ({ guard }) => guard?.enabled },
  { title: "disabled", of: ({ guard }) => guard?.disabled }
]

const atNode = (node: number): Column => ({ title: `n${node}`, of: ({ outcomes }) => outcomes?.[node]?.taken })

/** The table of a system's actions. */
export const actionTable = (actions: ReadonlyArray<ActionCounts>): ActionTable => {
  const nodes = Math.max(0, ...actions.map(({ outcomes }) => outcomes?.length ?? 0))
  const columns = [
    ...transitions,
    ...(["unchanged", "sent", "answered", "refused"] as const).map(outcome),
    ...Array.from({ length: nodes }, (_, node) => atNode(node))
  ].filter((column) => actions.some((action) => column.of(action) !== undefined))
  return {
    columns: columns.map(({ title }) => title),
    rows: neverTakenFirst(actions).map((action) => ({
      name: action.name,
      isTaken: action.taken > 0,
      counts: columns.map((column) => column.of(action))
    }))
  }
}
