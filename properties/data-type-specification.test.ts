/**
 * A replicated data type against its specification, over updates made by hand: the value due at a node is the names of
 * the updates applied there.
 */
import { describe, expect, test } from "vitest"
import {
  acknowledged,
  applied,
  declared,
  invoked,
  nodes,
  read,
  remembers,
  says,
  type Seen,
  wrote
} from "../test/observed.ts"
import { appliedAt, meetsSpecification, type UpdatesSeen } from "./data-type-specification.ts"

interface Shown {
  readonly shown: ReadonlyArray<string>
}

const property = () =>
  meetsSpecification<Shown, unknown>({
    property: "the names of what was applied are shown",
    view: (state) => state.shown,
    value: (updates) => updates.map(({ write }) => String(write))
  })

const updates: Seen = [
  invoked("first"),
  [wrote("b"), applied("b")],
  applied("b", { node: 1 }),
  invoked("second"),
  [wrote("a", { node: 1, past: ["b", "z"] }), applied("a", { node: 1 })],
  applied("b", { node: 1 })
]

test("the property bears the name it is given, and observes updates with their true past", () => {
  expect(declared(property())).toEqual({
    kind: "invariant",
    name: "the names of what was applied are shown",
    observer: "updates made and applied, causal"
  })
})

describe("updates made and applied", () => {
  const remembered = (seen: Seen) => remembers(property(), seen) as UpdatesSeen
  const b = { write: "b", operation: "first", node: 0, past: [] }
  const a = { write: "a", operation: "second", node: 1, past: ["b", "z"] }
  test("an update is kept with its operation, node and past; by node, what was applied, once and sorted", () => {
    expect(remembered([])).toEqual({ invoked: null, made: {}, applied: {} })
    expect(remembered(updates)).toEqual({ invoked: null, made: { a, b }, applied: { 0: ["b"], 1: ["a", "b"] } })
  })
  test("an operation is kept until it writes or reads", () => {
    expect(remembered([invoked("first"), acknowledged("a")])).toEqual({ invoked: "first", made: {}, applied: {} })
    expect(remembered([invoked("first"), wrote("b")])).toEqual({ invoked: null, made: { b }, applied: {} })
    expect(remembered([invoked("first"), read([])])).toEqual({ invoked: null, made: {}, applied: {} })
  })
  test("what a node has applied is given sorted, without updates that nobody made", () => {
    const seen = remembered([...updates, applied("0", { node: 1 })])
    expect([0, 1, 2].map((node) => appliedAt(seen, node))).toEqual([[b], [a, b], []])
  })
})

describe("a node shows what it has applied", () => {
  const shown = (...all: ReadonlyArray<string>) => all.map((each) => ({ shown: each.split(" ").filter(Boolean) }))
  test.each<[of: string, shown: ReadonlyArray<Shown>, seen: Seen, verdict: string]>([
    ["nothing was applied", shown(""), [invoked("first"), wrote("b")], "silent"],
    ["all nodes do", shown("b", "a b", ""), updates, "fine"],
    [
      "some do not",
      shown("b", "b a", "", "a"),
      updates,
      'n1 has applied a (after b), b and shows ["b","a"]; it should be ["a","b"]. ' +
        'n3 has applied nothing and shows ["a"]; it should be [].'
    ],
    [
      "of several causes all are told that were applied",
      shown("c"),
      [
        [wrote("a"), applied("a")],
        [wrote("b"), applied("b")],
        [wrote("c", { past: ["a", "b", "x"] }), applied("c")]
      ],
      'n0 has applied a, b, c (after a, b) and shows ["c"]; it should be ["a","b","c"].'
    ]
  ])("%s", (_of, states, seen, verdict) => {
    expect(says(property(), nodes(states), seen)).toBe(verdict)
  })
  test("nodes that are down are not asked", () => {
    expect(says(property(), nodes(shown("b", "a"), { down: [1] }), updates)).toBe("fine")
  })
})
