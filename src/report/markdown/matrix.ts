/**
 * The guarantee matrix as Markdown for a forge: a table for each part, and below the tables the shortest trace of every
 * ✗.
 */
import type { Guarantee, Judged, Matrix, MatrixRow } from "../../suite/Matrix.ts"
import { visibleIn, visibleSentence } from "../visible.ts"
import { columnsOf, matrixLegend, type MatrixPart, partsOf, signsOf } from "../text/matrix.ts"

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll("|", "\\|").replaceAll("<", "&lt;")

const rowLine = (cases: ReadonlyArray<string>): string => `| ${cases.map(escaped).join(" | ")} |`

const named = (names: ReadonlyArray<string>): string =>
  names.length === 0 ? "nothing that is judged" : names.join(", ")

const traceOf = ({ because, loop, name, replay, schedule, steps }: Judged, plait: string): ReadonlyArray<string> => [
  `- **${name}**, ${steps} steps${because === null || because === "" ? "" : `: ${escaped(visibleSentence(because))}`}`,
  ...schedule.map((step, index) => `  ${index + 1}. ${escaped(step)}`),
  ...(loop === null ? [] : ["", `  The steps from ${loop + 1} on repeat for ever.`]),
  ...(replay === null ? [] : ["", "  ```sh", `  ${plait} replay '${replay}'`, "  ```"])
]

const details = (row: MatrixRow, columns: ReadonlyArray<Guarantee>, plait: string): ReadonlyArray<string> => {
  const own = row.guarantees.filter(({ through, verdict }) => verdict === "violated" && through === null)
  const inherited = row.guarantees.filter(
    ({ name, through }) => through !== null && columns.some((column) => column.name === name)
  )
  return [
    "<details>",
    `<summary>${escaped(row.design)}; ${escaped(row.setting)}</summary>`,
    "",
    `Strongest that hold: ${named(row.strongest)}. Weakest that fail: ${named(row.weakestViolated)}.`,
    "",
    ...own.flatMap((each) => traceOf(each, plait)),
    ...inherited.map(({ name, through }) => `- **${name}** fails by the trace of ${through}.`),
    "",
    "</details>"
  ]
}

const table = ({ columns, rows, title }: MatrixPart): ReadonlyArray<string> => [
  ...(title === undefined ? [] : [`## ${escaped(title)}`, ""]),
  rowLine(["design", "setting", ...columns.map(({ label }) => label)]),
  rowLine(["---", "---", ...columns.map(() => "---")]),
  ...rows.map((row, index) =>
    rowLine([rows[index - 1]?.design === row.design ? "" : row.design, row.setting, ...signsOf(row, columns)])
  ),
  ""
]

/** The document. `plait` is the call of the command line. */
export const renderMatrixMarkdown = (found: Matrix, judged: ReadonlyArray<Guarantee>, plait: string): string => {
  const [matrix, guarantees] = visibleIn([found, judged] as const)
  const columns = columnsOf(matrix.rows, guarantees)
  return [
    "# Which design gives which guarantee",
    "",
    "Written by `plait matrix -u`. Every row is explored exhaustively within the bounds of its scripts; a ✓ says nothing of",
    "longer ones, a ✗ is a run that was found, taken again through the handlers, and can be taken again by the line below it.",
    "",
    ...partsOf(matrix, guarantees).flatMap(table),
    "## Signs and columns",
    "",
    ...matrixLegend.map((line) => `${escaped(line)}  `),
    "",
    rowLine(["", "guarantee", "what it says", "source"]),
    rowLine(["---", "---", "---", "---"]),
    ...columns.map(({ about, label, name, source }) => rowLine([label, name, about, source])),
    "",
    "## The shortest traces",
    "",
    ...partsOf(matrix, guarantees).flatMap((part) =>
      part.rows.flatMap((row) => [...details(row, part.columns, plait), ""])
    )
  ].join("\n")
}
