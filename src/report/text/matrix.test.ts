import { describe, expect, test } from "vitest"
import type { Guarantee, Judged, Matrix, MatrixRow } from "../../suite/Matrix.ts"
import { partsOf, renderMatrix } from "./matrix.ts"

const labels = ["LIN", "SEQ", "CM", "CCv", "CC", "RYW", "MR", "MW", "WFR", "SEC", "CNV", "NLW", "NLU", "NCI"]

const guarantees: ReadonlyArray<Guarantee> = [...labels, "ACY"].map((label) => ({
  name: `guarantee ${label}`,
  label,
  about: "what it says of a replicated design in a sentence that is as long as the longest of those that there are",
  source: "a paper",
  implies: []
}))

const judged = (label: string, verdict: Judged["verdict"], steps: number | null, through: string | null): Judged => ({
  name: `guarantee ${label}`,
  verdict,
  steps,
  through,
  replay: null,
  because: null,
  schedule: [],
  loop: null
})

const row = (place: Pick<MatrixRow, "part" | "design" | "setting">, all: ReadonlyArray<Judged>): MatrixRow => ({
  ...place,
  cases: [],
  guarantees: all,
  strongest: [],
  weakestViolated: []
})

const stores = "Stores"
const matrix: Matrix = {
  rows: [
    row(
      { part: stores, design: "single leader", setting: "the leader crashes and comes back, failover most up to date" },
      [
        ...labels.map((label, index) => judged(label, "violated", index + 7, index === 1 ? "guarantee LIN" : null)),
        judged("ACY", "vacuous", null, null)
      ]
    ),
    row({ part: stores, design: "single leader", setting: "no faults" }, [judged("LIN", "holds", null, null)]),
    row({ part: "Trees", design: "tree", setting: "ordered links" }, [
      judged("LIN", "violated", 3, "guarantee ACY"),
      judged("ACY", "violated", 3, null)
    ])
  ],
  contradictions: []
}

const tablesAt = (width: number): ReadonlyArray<string> =>
  renderMatrix(matrix, guarantees, width).split("\n\n✓ holds")[0]?.split("\n") ?? []

describe("the guarantee matrix for a terminal", () => {
  test("of 80 columns: a table for each part, of what its rows themselves say something of, long settings folded", () => {
    expect(tablesAt(80)).toEqual([
      "Stores",
      "",
      "  setting         LIN  CM  CCv  CC   RYW  MR   MW   WFR  SEC  CNV  NLW  NLU  NCI",
      "single leader",
      "  the leader      ✗7   ✗9  ✗10  ✗11  ✗12  ✗13  ✗14  ✗15  ✗16  ✗17  ✗18  ✗19  ✗20",
      "    crashes and",
      "    comes back,",
      "    failover most",
      "    up to date",
      "  no faults       ✓    –   –    –    –    –    –    –    –    –    –    –    –",
      "",
      "Trees",
      "",
      "  setting        ACY",
      "tree",
      "  ordered links  ✗3"
    ])
  })

  for (const width of [80, 100, 120]) {
    test(`of ${width} columns: no line is longer`, () => {
      expect(
        Math.max(
          ...renderMatrix(matrix, guarantees, width)
            .split("\n")
            .map((line) => line.length)
        )
      ).toBeLessThanOrEqual(width)
    })
  }
})

test("a guarantee that the rows of a part only inherit from a weaker one is no column of it", () => {
  expect(partsOf(matrix, guarantees).map(({ columns, title }) => [title, columns.length])).toEqual([
    ["Stores", 13],
    ["Trees", 1]
  ])
})
