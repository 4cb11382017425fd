/**
 * The guarantee matrix for a terminal: a row per design and setting, a column per guarantee.
 */
import type { Guarantee, Judged, Matrix, MatrixRow } from "../../src/suite/Matrix.ts"

/** A judgement in a few characters: ✓, ✗ with the steps of the shortest trace, – where nothing was claimed. */
export const sign = ({ steps, through, verdict }: Judged): string => {
  switch (verdict) {
    case "holds":
      return "✓"
    case "violated":
      return `✗${steps ?? ""}${through === null ? "" : "*"}`
    case "vacuous":
      return "–"
    case "inconclusive":
      return "◐"
    case "failed":
      return "!"
  }
}

/** What the signs mean. */
export const matrixLegend = [
  "✓ holds in every reachable state of every script of the row   ✗n violated, in n steps at the fewest",
  "* by the trace of a weaker guarantee, which it implies   – nothing in the row can refute it   ◐ a limit ended the search"
].join("\n")

/** The guarantees that some row says something of. */
export const columnsOf = ({ rows }: Matrix, guarantees: ReadonlyArray<Guarantee>): ReadonlyArray<Guarantee> =>
  guarantees.filter(({ name }) =>
    rows.some((row) => row.guarantees.some((judged) => judged.name === name && judged.verdict !== "vacuous"))
  )

/** The signs of a row, in the order of the columns. */
export const signsOf = (row: MatrixRow, columns: ReadonlyArray<Guarantee>): ReadonlyArray<string> =>
  columns.map(({ name }) => {
    const judged = row.guarantees.find((each) => each.name === name)
    return judged === undefined ? "–" : sign(judged)
  })

/** The matrix with a legend of its columns. */
export const renderMatrix = (matrix: Matrix, guarantees: ReadonlyArray<Guarantee>): string => {
  const columns = columnsOf(matrix, guarantees)
  const lines = matrix.rows.map((row) => ({
    design: row.design,
    cells: [row.setting, ...signsOf(row, columns)]
  }))
  const header = ["setting", ...columns.map(({ label }) => label)]
  const widths = header.map((title, index) =>
    Math.max(title.length, ...lines.map(({ cells }) => (cells[index] ?? "").length))
  )
  const line = (cells: ReadonlyArray<string>): string =>
    `  ${cells.map((text, index) => text.padEnd(widths[index] ?? 0)).join("  ")}`.trimEnd()
  const body = lines.flatMap(({ cells, design }, index) => [
    ...(lines[index - 1]?.design === design ? [] : [design]),
    line(cells)
  ])
  const heads = columns.map(({ about, label, name }) => `${label.padEnd(4)} ${name}: ${about}`)
  return [line(header), ...body, "", matrixLegend, "", ...heads].join("\n")
}
