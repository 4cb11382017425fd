/**
 * Rows made by hand against the rows that clients wrote: (1, x) and (2, nothing).
 */
import { expect, test } from "vitest"
import { declared, nodes, says } from "../test/observed.ts"
import { noTornRow } from "./no-torn-row.ts"

type Row = ReadonlyArray<string | number | null>

const whole = () =>
  noTornRow<Row | null>({
    row: (state) => state,
    written: [
      [1, "x"],
      [2, null]
    ]
  })

test("it is a property about every node that observes nothing", () => {
  expect(declared(whole())).toEqual({
    kind: "nodeInvariant",
    name: "no row mixes the cells of two writes",
    observer: "none"
  })
})

test.each<[of: string, rows: ReadonlyArray<Row | null>, verdict: string]>([
  ["no node has a row", [null, null], "silent"],
  ["the rows are some that were written", [null, [1, "x"], [2, null]], "fine"],
  [
    "the number of one write, the case that another deleted",
    [
      [2, null],
      [1, null]
    ],
    'n1 shows (1, none), which nobody wrote; written were (1, "x") and (2, none).'
  ],
  [
    "two nodes show mixtures",
    [[2, "x"], null, [1, null]],
    'n0 shows (2, "x"), which nobody wrote; written were (1, "x") and (2, none). ' +
      'n2 shows (1, none), which nobody wrote; written were (1, "x") and (2, none).'
  ],
  [
    "a case in which there stands none is not a case that was deleted",
    [[2, "none"]],
    'n0 shows (2, "none"), which nobody wrote; written were (1, "x") and (2, none).'
  ],
  [
    "a digit is not a number",
    [["1", "x"]],
    'n0 shows ("1", "x"), which nobody wrote; written were (1, "x") and (2, none).'
  ]
])("%s", (_of, rows, verdict) => {
  expect(says(whole(), nodes(rows))).toBe(verdict)
})
