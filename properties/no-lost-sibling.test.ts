/**
 * Siblings made by hand: what servers keep, and which write happened before which.
 */
import { describe, expect, test } from "vitest"
import { applied, declared, nodes, read, remembers, says, type Seen, wrote } from "../test/observed.ts"
import {
  noFalseConcurrency,
  noLostSibling,
  noSiblingDisappears,
  siblingsAreConcurrent,
  siblingsOccur,
  siblingsReach,
  type SiblingsShown
} from "./no-lost-sibling.ts"

type Stored = ReadonlyArray<string> | undefined

const asShown = (view: SiblingsShown) => view
const options = { stored: (state: Stored) => state }

test("the properties come twice under the same names: over a model's own past, and over the harness's", () => {
  const observer = "applied writes per node and their causal past, causal"
  expect(
    [
      noFalseConcurrency(asShown),
      siblingsAreConcurrent(options),
      noLostSibling(asShown),
      noSiblingDisappears(options),
      siblingsOccur(asShown),
      siblingsReach(2, options),
      siblingsReach(3, options)
    ].map(declared)
  ).toEqual([
    { kind: "invariant", name: "siblings are truly concurrent", observer: "none" },
    { kind: "invariant", name: "siblings are truly concurrent", observer },
    { kind: "invariant", name: "no sibling is lost", observer: "none" },
    { kind: "invariant", name: "no sibling is lost", observer },
    { kind: "reachable", name: "a server keeps two siblings", observer: "none" },
    { kind: "reachable", name: "a server keeps 2 siblings", observer: "none" },
    { kind: "reachable", name: "a server keeps 3 siblings", observer: "none" }
  ])
})

test("true pasts are kept by write, and by node what it applied, each once and sorted", () => {
  const seen = [
    wrote("b", { past: ["a"] }),
    applied("b"),
    applied("a"),
    applied("b"),
    applied("a", { node: 1 }),
    read([])
  ]
  expect(remembers(noSiblingDisappears(options), [])).toEqual({ pasts: {}, applied: {} })
  expect(remembers(noSiblingDisappears(options), seen)).toEqual({
    pasts: { b: ["a"] },
    applied: { 0: ["a", "b"], 1: ["a"] }
  })
})

/** Write 2 followed from 1; 3 from both; 4 is concurrent with all. */
const pasts = new Map([
  [1, []],
  [2, [1]],
  [3, [1, 2]],
  [4, []]
])
/** The same writes by name, as the harness sees them: written, and applied where said. */
const written: Seen = [wrote("w1"), wrote("w2", { past: ["w1"] }), wrote("w3", { past: ["w1", "w2"] }), wrote("w4")]
const named = (stored: ReadonlyArray<ReadonlyArray<number>>) =>
  nodes<Stored>([undefined, ...stored.map((siblings) => siblings.map((write) => `w${write}`))])

describe("siblings are truly concurrent", () => {
  test.each<[of: string, stored: ReadonlyArray<ReadonlyArray<number>>, own: string, harness: string]>([
    ["no server keeps two", [[1], [], [2]], "silent", "silent"],
    ["those kept together are concurrent, one of them being of unknown past", [[4, 3, 5], [1]], "fine", "fine"],
    [
      "a write is kept beside one that followed from it, whichever stands first",
      [[4], [2, 1], [4, 2, 3]],
      "Server 1 keeps 1 beside 2, which followed from it. Server 2 keeps 2 beside 3, which followed from it.",
      "n2 keeps w1 beside w2, which followed from it. n3 keeps w2 beside w3, which followed from it."
    ]
  ])("%s", (_of, stored, own, harness) => {
    expect(says(noFalseConcurrency(asShown), { stored, pasts })).toBe(own)
    expect(says(siblingsAreConcurrent(options), named(stored), written)).toBe(harness)
  })
})

describe("no sibling is lost", () => {
  test("nothing was written: nothing is said", () => {
    expect(says(noLostSibling(asShown), { stored: [[]], pasts: new Map() })).toBe("silent")
    expect(says(noSiblingDisappears(options), named([[]]), written)).toBe("silent")
  })
  test.each<[of: string, stored: ReadonlyArray<ReadonlyArray<number>>, verdict: string]>([
    ["every write is kept, or one that followed from it", [[3], [4]], "fine"],
    ["one of unknown past is kept as well", [[5, 3], [4]], "fine"],
    ["some are gone, and none that followed", [[1], [4]], "No server holds 2, 3, nor a write that followed from it."],
    ["all are gone", [[], []], "No server holds 1, 2, 3, 4, nor a write that followed from it."]
  ])("%s", (_of, stored, verdict) => {
    const everywhere = ["w4", "w3", "w2", "w1"].map((write, node) => applied(write, { node }))
    expect(says(noLostSibling(asShown), { stored, pasts })).toBe(verdict)
    expect(says(noSiblingDisappears(options), named(stored), [...written, ...everywhere])).toBe(
      verdict.replaceAll(/\d/g, "w$&")
    )
  })
  test("a write that no server has applied yet is not lost", () => {
    expect(says(noSiblingDisappears(options), named([[1]]), [...written, applied("w1", { node: 1 })])).toBe("fine")
  })
})

test("siblings are reached where one server keeps as many", () => {
  expect(says(siblingsOccur(asShown), { stored: [[1], [2]], pasts })).toBe("unreached")
  expect(says(siblingsOccur(asShown), { stored: [[], [1, 2]], pasts })).toBe("reached")
  expect(says(siblingsReach(2, options), named([[1], [2]]))).toBe("unreached")
  expect(says(siblingsReach(2, options), named([[], [1, 2]]))).toBe("reached")
  expect(says(siblingsReach(3, options), named([[], [1, 2]]))).toBe("unreached")
})
