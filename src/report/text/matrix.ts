/**
 * The guarantee matrix for a terminal: a row for each design and setting, a column for each guarantee, a table for each
 * part. A table has the columns that one of its rows judges, and fits the width: long settings are broken into several
 * lines.
 */
import type { Guarantee, Judged, Matrix, MatrixRow } from "../../suite/Matrix.ts"
import { visibleIn } from "../visible.ts"

/** A judgement in a few characters: ✓, ✗ with the steps of the shortest trace, – if it was not judged. */
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

/** The meaning of the signs. */
export const matrixLegend: ReadonlyArray<string> = [
  "✓ holds in every reachable state of every script of the row",
  "✗n violated, in n steps at the fewest",
  "* by the trace of a weaker guarantee, which it implies",
  "– nothing in the row can refute it",
  "◐ a limit ended the search"
]

/** The rows of one table, with its heading and its columns. */
export interface MatrixPart {
  readonly title: string | undefined
  readonly columns: ReadonlyArray<Guarantee>
  readonly rows: ReadonlyArray<MatrixRow>
}

/** The guarantees that a row judges itself. A row can also inherit a judgement from a weaker guarantee. */
export const columnsOf = (
  rows: ReadonlyArray<MatrixRow>,
  guarantees: ReadonlyArray<Guarantee>
): ReadonlyArray<Guarantee> =>
  guarantees.filter(({ name }) =>
    rows.some((row) =>
      row.guarantees.some((judged) => judged.name === name && judged.verdict !== "vacuous" && judged.through === null)
    )
  )

/** The tables, in the order of their first rows. */
export const partsOf = ({ rows }: Matrix, guarantees: ReadonlyArray<Guarantee>): ReadonlyArray<MatrixPart> =>
  [...Map.groupBy(rows, ({ part }) => part)].map(([title, own]) => ({
    title,
    columns: columnsOf(own, guarantees),
    rows: own
  }))

/** The signs of a row, in the order of the columns. */
export const signsOf = (row: MatrixRow, columns: ReadonlyArray<Guarantee>): ReadonlyArray<string> =>
  columns.map(({ name }) => {
    const judged = row.guarantees.find((each) => each.name === name)
    return judged === undefined ? "–" : sign(judged)
  })

/** Breaks a text between words, or other pieces, into lines of at most the given width if possible. */
const folded = (pieces: ReadonlyArray<string>, width: number, gap = " "): ReadonlyArray<string> =>
  pieces.reduce<ReadonlyArray<string>>((lines, piece) => {
    const last = lines.at(-1)
    const joined = `${last}${gap}${piece}`
    return last === undefined || joined.length > width ? [...lines, piece] : [...lines.slice(0, -1), joined]
  }, [])

/** The least width in characters of a readable column of settings. */
const leastSetting = 14

const table = ({ columns, rows, title }: MatrixPart, width: number): ReadonlyArray<string> => {
  const lines = rows.map((row) => ({ row, signs: signsOf(row, columns) }))
  const widths = columns.map(({ label }, index) =>
    Math.max(label.length, ...lines.map(({ signs }) => signs[index]?.length ?? 0))
  )
  const longest = Math.max("setting".length, ...rows.map(({ setting }) => setting.length))
  const leftBy = (gap: number) => width - 2 - widths.reduce((sum, each) => sum + each + gap, 0)
  const gap = leftBy(2) >= Math.min(longest, leastSetting) ? 2 : 1
  const settingWidth = Math.min(longest, Math.max(leftBy(gap), leastSetting))
  const line = (setting: string, signs: ReadonlyArray<string>): string =>
    [
      "  ",
      setting.padEnd(settingWidth),
      ...signs.map((text, index) => " ".repeat(gap) + text.padEnd(widths[index] ?? 0))
    ]
      .join("")
      .trimEnd()
  const body = lines.flatMap(({ row, signs }, index) => {
    const [first = "", ...rest] = folded(row.setting.split(" "), settingWidth)
    return [
      ...(rows[index - 1]?.design === row.design ? [] : folded(row.design.split(" "), width)),
      line(first, signs),
      ...rest.map((part) => `    ${part}`)
    ]
  })
  const labels = columns.map(({ label }) => label)
  return [...(title === undefined ? [] : [title, ""]), line("setting", labels), ...body, ""]
}

/** The guarantee matrix, for a terminal of the given width, with its legend. */
export const renderMatrix = (found: Matrix, columns: ReadonlyArray<Guarantee>, width: number): string => {
  const [matrix, guarantees] = visibleIn([found, columns] as const)
  const heads = columnsOf(matrix.rows, guarantees).flatMap(({ about, label, name }) => {
    const [first = "", ...rest] = folded(`${name}: ${about}`.split(" "), width - 5)
    return [`${label.padEnd(4)} ${first}`, ...rest.map((part) => `     ${part}`)]
  })
  return [
    ...partsOf(matrix, guarantees).flatMap((part) => table(part, width)),
    ...folded(matrixLegend, width, "   "),
    "",
    ...heads
  ].join("\n")
}
