/**
 * Every action of one system for a terminal.
 */
import type { ActionCounts } from "../../coverage/Coverage.ts"
import { actionTable } from "../actions.ts"
import { group } from "./table.ts"

/** The lines of the table; none for a system without actions. */
export const actionLines = (actions: ReadonlyArray<ActionCounts>): ReadonlyArray<string> => {
  if (actions.length === 0) return []
  const { columns, rows } = actionTable(actions)
  const lines = [
    ["action", ...columns],
    ...rows.map(({ counts, isTaken, name }) => [
      `${isTaken ? "" : "never taken: "}${name}`,
      ...counts.map((count) => (count === undefined ? "–" : group(count)))
    ])
  ]
  const widths = ["", ...columns].map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  return lines.map(([name = "", ...counts]) => {
    const padded = counts.map((text, index) => text.padStart(widths[index + 1] ?? 0))
    return ["   ", name.padEnd(widths[0] ?? 0), ...padded].join("  ").replace(/^ {5}/, "    ")
  })
}
