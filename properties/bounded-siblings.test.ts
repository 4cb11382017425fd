/** Sizes of siblings and clocks at servers, over states made by hand. */
import { describe, expect, test } from "vitest"
import { applied, declared, nodes, says, type Seen, wrote } from "../test/observed.ts"
import { boundedClock, boundedSiblings } from "./bounded-siblings.ts"

type Stored = ReadonlyArray<string> | undefined
type Clocks = ReadonlyArray<ReadonlyArray<string>> | undefined

const bounded = () => boundedSiblings({ stored: (state: Stored) => state })
const clocks = () => boundedClock(2, (state: Clocks) => state)

test("one observes what was applied, the other nothing", () => {
  expect([bounded(), clocks()].map(declared)).toEqual([
    {
      kind: "invariant",
      name: "bounded siblings: no more than there are concurrent writes",
      observer: "applied writes per node and their causal past, causal"
    },
    { kind: "nodeInvariant", name: "a clock has at most one entry per server", observer: "none" }
  ])
})

/** b followed from a; c is concurrent with both. Node 1 has applied all of them, node 2 only a. */
const seen: Seen = [
  wrote("a"),
  wrote("b", { past: ["a"] }),
  wrote("c"),
  ...["c", "a", "b"].map((write) => applied(write, { node: 1 })),
  applied("a", { node: 2 })
]

describe("no more siblings than there are concurrent writes", () => {
  test.each<[of: string, stored: ReadonlyArray<Stored>, seen: Seen, verdict: string]>([
    ["no server has applied two writes", [undefined, ["a"]], [wrote("a"), applied("a", { node: 1 })], "silent"],
    ["as many as there are, or fewer", [undefined, ["b", "c"], ["a"], []], seen, "fine"],
    ["it does not matter which: no-lost-sibling.ts says that", [[], ["a", "c"], []], seen, "fine"],
    [
      "one server keeps what was replaced, another one what it has applied once twice",
      [undefined, ["a", "b", "c"], ["a", "a"]],
      seen,
      "n1 keeps 3 siblings (a, b, c); of all it has applied only b, c are not replaced. " +
        "n2 keeps 2 siblings (a, a); of all it has applied only a is not replaced."
    ],
    [
      "a write whose past is not known replaces nothing, and a server that has applied nothing owes nothing",
      [["x"], ["a", "d", "e"]],
      [applied("d", { node: 1 }), applied("e", { node: 1 })],
      "n0 keeps 1 siblings (x); it has applied nothing. " +
        "n1 keeps 3 siblings (a, d, e); of all it has applied only d, e are not replaced."
    ]
  ])("%s", (_of, stored, observed, verdict) => {
    expect(says(bounded(), nodes(stored), observed)).toBe(verdict)
  })
})

describe("a clock has at most one entry per server", () => {
  test.each<[of: string, kept: ReadonlyArray<Clocks>, verdict: string]>([
    ["no server keeps a clock", [undefined, []], "silent"],
    ["clocks without entries say nothing", [[[], []]], "silent"],
    ["one of several clocks has entries", [undefined, [[], ["s0"]]], "fine"],
    ["a clock has as many entries as allowed", [undefined, [["s0", "s1"], ["s0"]]], "fine"],
    [
      "clocks have too many",
      [
        [["c0", "c1", "c2"], ["s0"]],
        undefined,
        [
          ["s0", "s1", "c0"],
          ["c0", "c1", "c2", "c3"]
        ]
      ],
      "n0 keeps a clock of c0, c1, c2. n2 keeps a clock of s0, s1, c0. n2 keeps a clock of c0, c1, c2, c3."
    ]
  ])("%s", (_of, kept, verdict) => {
    expect(says(clocks(), nodes(kept))).toBe(verdict)
  })
})
