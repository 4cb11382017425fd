/**
 * Trees made by hand, as children with their parents: "a<b" hangs a in b.
 */
import { describe, expect, test } from "vitest"
import { declared, nodes, says } from "../test/observed.ts"
import { hangsOnce, noOwnAncestor } from "./tree.ts"

type Edges = string

const tree = (state: Edges) =>
  state
    .split(" ")
    .filter((edge) => edge !== "")
    .map((edge) => ({ child: edge.charAt(0), parent: edge.charAt(2) }))
const acyclic = () => noOwnAncestor<Edges>({ tree })
const once = () => hangsOnce<Edges>({ tree, things: ["a", "b"] })

test("both are properties about each node", () => {
  expect([acyclic(), once()].map(declared)).toEqual([
    { kind: "nodeInvariant", name: "nothing is its own ancestor", observer: "none" },
    { kind: "nodeInvariant", name: "everything hangs in the tree once", observer: "none" }
  ])
})

describe("nothing is its own ancestor", () => {
  test.each<[of: string, shown: ReadonlyArray<Edges>, verdict: string]>([
    ["nothing hangs anywhere", ["", ""], "silent"],
    ["a chain and a branch", ["", "a<r b<a c<b d<a"], "fine"],
    ["something hangs in two places", ["a<r b<r c<a c<b"], "fine"],
    ["in itself", ["a<a"], "n0 shows a inside one another, cut off from the root."],
    [
      "three go round and a fourth hangs below them; another node is right, a third one shows two that swap",
      ["a<b d<a b<c c<a", "a<r", "a<b b<a a<r"],
      "n0 shows a and b and c inside one another, cut off from the root. " +
        "n2 shows a and b inside one another, cut off from the root."
    ]
  ])("%s", (_of, shown, verdict) => {
    expect(says(acyclic(), nodes(shown))).toBe(verdict)
  })
})

describe("everything hangs in the tree once", () => {
  test.each<[of: string, shown: ReadonlyArray<Edges>, verdict: string]>([
    ["it does, whatever else does", ["a<r b<a c<r c<a", "b<r a<r"], "fine"],
    [
      "one thing is nowhere, another in two places",
      ["a<r b<a", "b<r b<c", "c<r a<r"],
      "n1 shows a nowhere. n1 shows b in r and in c. n2 shows b nowhere."
    ]
  ])("%s", (_of, shown, verdict) => {
    expect(says(once(), nodes(shown))).toBe(verdict)
  })
})
