/**
 * Intentions of insertions, over lists and insertions made by hand. An element is named by its author and a number: a2
 * is the second that a typed.
 */
import { describe, expect, test } from "vitest"
import {
  applied,
  declared,
  nodes,
  noted,
  read,
  remembers,
  says,
  saysOfStep,
  type Seen,
  wrote
} from "../test/observed.ts"
import {
  insertedWhereAsked,
  listsAgreePairwise,
  listsFollowOneOrder,
  noInterleaving,
  readsAgreePairwise,
  readsFollowOneOrder
} from "./list-intention.ts"

type List = ReadonlyArray<string>

const lists = (...all: ReadonlyArray<string>): ReadonlyArray<List> => all.map((each) => each.split(" "))
const asTheyAre = (view: ReadonlyArray<List>) => view
const author = (element: string) => element.charAt(0)
const state = (each: List) => each

test("the properties say what they are about, and what they observe", () => {
  expect(
    [
      readsAgreePairwise,
      readsFollowOneOrder,
      listsAgreePairwise(asTheyAre),
      listsFollowOneOrder(asTheyAre),
      insertedWhereAsked(state),
      noInterleaving({ author, shown: state })
    ].map(declared)
  ).toEqual([
    {
      kind: "monitor",
      name: "any two lists order their common elements alike",
      observer: "the order of what was read"
    },
    {
      kind: "monitor",
      name: "one order of all elements agrees with every list",
      observer: "the order of what was read"
    },
    { kind: "invariant", name: "any two lists order their common elements alike", observer: "none" },
    { kind: "invariant", name: "one order of all elements agrees with every list", observer: "none" },
    { kind: "stepInvariant", name: "an inserted element stands where it was asked for", observer: "none" },
    {
      kind: "invariant",
      name: "what one author types is not interleaved with another's",
      observer: "causal past of each element, causal"
    }
  ])
})

describe("the orders of what was read", () => {
  test("are kept as what stood behind each element, once and sorted; only reads count", () => {
    const seen = [read(["a", "c"]), wrote("x"), read(["a", "b", "c"]), read([2, 1]), read(["z"])]
    expect(remembers(readsAgreePairwise, seen)).toEqual({ a: ["b", "c"], b: ["c"], 2: ["1"] })
  })
  test("stay the same value where a read shows nothing new", () => {
    const { observer } = readsAgreePairwise
    const once = observer?.observe(observer.initial, read(["a", "b", "c"]))
    expect(observer?.observe(once, read(["a", "c"]))).toBe(once)
  })
})

const threeRound = "Lists have been read with a before b, b before c, c before a: no one order agrees with them all."

test.each<[of: string, read: ReadonlyArray<List>, pairwise: string, one: string]>([
  ["nothing was read", [], "silent", "silent"],
  ["lists of one element have no order", lists("a", "b"), "silent", "silent"],
  ["two lists share one element", lists("a b", "b c"), "fine", "fine"],
  ["an order that is not that of the alphabet is followed by all", lists("c a", "a b", "c b"), "fine", "fine"],
  [
    "two lists reverse a pair: one order of all fails as well",
    lists("a c b", "b a"),
    "a has been read before b, and b before a.",
    "Lists have been read with a before b, b before a: no one order agrees with them all."
  ],
  ["three lists go round, no two of them disagree", lists("a b", "b c", "c a"), "fine", threeRound],
  ["what leads into the round is no part of it", lists("0 a", "a b", "b c", "c a"), "fine", threeRound],
  [
    "of two rounds the shorter is told",
    lists("a b", "b c", "c a", "d e", "e d"),
    "d has been read before e, and e before d.",
    "Lists have been read with d before e, e before d: no one order agrees with them all."
  ]
])("%s", (_of, all, pairwise, one) => {
  const seen = all.map((each) => read(each))
  expect(says(readsAgreePairwise, undefined, seen)).toBe(pairwise)
  expect(says(readsFollowOneOrder, undefined, seen)).toBe(one)
  expect(says(listsAgreePairwise(asTheyAre), all)).toBe(pairwise)
  expect(says(listsFollowOneOrder(asTheyAre), all)).toBe(one)
})

test("a list that holds an element twice is at odds with itself", () => {
  expect(says(listsFollowOneOrder(asTheyAre), lists("a a"))).toBe(
    "Lists have been read with a before a: no one order agrees with them all."
  )
})

describe("an inserted element stands where it was asked for", () => {
  const inserted = (element: string, at?: number) => noted("inserted", at === undefined ? { element } : { element, at })
  const step = (shown: string, seen: ReadonlyArray<ReturnType<typeof noted>>, node = 1) => ({
    before: nodes([[], []]),
    after: nodes(lists("x y", shown)),
    node,
    seen
  })
  test.each([
    ["a step that inserts nothing", step("a b", [applied("a")]), "fine"],
    ["it stands there, at the front", step("a b", [inserted("a", 0)]), "fine"],
    ["it stands there, at the end", step("a b", [inserted("b", 1)]), "fine"],
    ["an insertion made elsewhere asks for no place here", step("a b", [inserted("c")]), "fine"],
    ["a deletion asks for no place", step("a b", [noted("deleted", { element: "c", at: 0 })]), "fine"],
    [
      "it stands elsewhere, or nowhere",
      step("a b", [inserted("b", 0), applied("b"), inserted("c", 1)]),
      "b was inserted at place 0, however the list is a b. c was inserted at place 1, however the list is a b."
    ],
    [
      "the list is that of the node whose step it is",
      step("a b", [inserted("a", 0)], 0),
      "a was inserted at place 0, however the list is x y."
    ]
  ])("%s", (_of, given, verdict) => {
    expect(saysOfStep(insertedWhereAsked<List>(state), given)).toBe(verdict)
  })
})

describe("what one author types is not interleaved with another's", () => {
  const property = () => noInterleaving<List>({ author, shown: state })
  test("the past of each element is kept by its name", () => {
    expect(
      remembers(property(), [wrote(1), applied(1, { past: ["a"] }), read([]), wrote("b", { past: [1, "a"] })])
    ).toEqual({
      1: [],
      b: ["1", "a"]
    })
  })

  const between = (list: string, which: string, left: string, right: string, node = 0) =>
    `n${node} shows ${list}: ${which} was typed without knowing ${left} and ${right}, and stands between them.`
  const knows = (element: string, ...past: List) => wrote(element, { past })
  test.each<[of: string, shown: ReadonlyArray<List>, seen: Seen, verdict: string]>([
    ["one author alone has nobody to be interleaved with", lists("a1 a2 a3"), [], "silent"],
    ["what two typed stands side by side", lists("b1 a1 a2"), [], "fine"],
    ["what two typed stands side by side, the other way round", lists("a1 a2 b1"), [], "fine"],
    ["one node shows elements of two authors, another of one", lists("a1 b1", "a1"), [], "fine"],
    ["an element between two others of different authors", lists("a1 b1 c1"), [], "fine"],
    ["an element between two that it does not know", lists("a1 b1 a2"), [], between("a1 b1 a2", "b1", "a1", "a2")],
    [
      "pasts do not tell them of each other",
      lists("a1 b1 a2"),
      [knows("a1"), knows("a2", "a1"), knows("b1", "b0")],
      between("a1 b1 a2", "b1", "a1", "a2")
    ],
    ["it knows the left one", lists("a1 b1 a2"), [knows("b1", "a1")], "fine"],
    ["it knows the right one", lists("a1 b1 a2"), [knows("b1", "a2")], "fine"],
    ["the left one knows it", lists("a1 b1 a2"), [knows("a1", "b1")], "fine"],
    ["the right one knows it", lists("a1 b1 a2"), [knows("a2", "b1")], "fine"],
    [
      "the neighbours told are of one author; one that is known is passed over",
      lists("c1 a1 a2 b1 a3"),
      [knows("b1", "a1")],
      between("c1 a1 a2 b1 a3", "b1", "a2", "a3")
    ],
    [
      "every node is judged, and of each its first intruder told",
      lists("a1 b1 b2 a2", "a1 b1", "a1 a2 b1 a3"),
      [],
      `${between("a1 b1 b2 a2", "b1", "a1", "a2")} ${between("a1 a2 b1 a3", "b1", "a1", "a3", 2)}`
    ]
  ])("%s", (_of, shown, seen, verdict) => {
    expect(says(property(), nodes(shown), seen)).toBe(verdict)
  })
})
