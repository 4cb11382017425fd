/** Contents of a list, over insertions, deletions and reads made by hand. */
import { describe, expect, test } from "vitest"
import { applied, declared, noted, read, remembers, says, type Seen } from "../test/observed.ts"
import { listsHoldWhatIsDue } from "./list-contents.ts"

const inserted = (element: string, node = 0) => noted("inserted", { element }, { node })
const deleted = (element: string, node = 0) => noted("deleted", { element }, { node })

test("it observes what each node knows", () => {
  expect(declared(listsHoldWhatIsDue())).toEqual({
    kind: "monitor",
    name: "a list holds what was inserted and not deleted",
    observer: "what each node knows to be inserted and deleted"
  })
})

test("both sets are kept for each node, each element once and sorted, until a read is wrong", () => {
  const learnt = [inserted("b"), inserted("a"), inserted("b"), deleted("a", 1), applied("c"), noted("moved", {})]
  const known = { 0: { inserted: ["a", "b"], deleted: [] }, 1: { inserted: [], deleted: ["a"] } }
  const remembered = (seen: Seen) => remembers(listsHoldWhatIsDue(), seen)
  expect(remembered([])).toEqual({ known: {}, any: false, wrong: null })
  expect(remembered(learnt)).toEqual({ known, any: false, wrong: null })
  expect(remembered([...learnt, read(["b", "a"])])).toEqual({ known, any: true, wrong: null })
  expect(remembered([...learnt, read(["b", "a", 1]), read(["a", "b"]), read([])])).toEqual({
    known,
    any: true,
    wrong: 'n0 reads "b a 1" with 1 in excess.'
  })
})

describe("a list holds what was inserted and not deleted", () => {
  test.each<[of: string, initial: ReadonlyArray<string>, seen: Seen, verdict: string]>([
    ["nothing was read", [], [inserted("a")], "silent"],
    ["what was inserted is there, in any order", [], [inserted("a"), inserted("b"), read(["b", "a"])], "fine"],
    ["what was deleted is not there", [], [inserted("a"), deleted("a"), read([])], "fine"],
    ["what a node does not know of is not due there", [], [inserted("a", 1), read([])], "fine"],
    ["what was there from the start is due", ["a", "b"], [deleted("a"), read(["b"])], "fine"],
    [
      "what was there from the start is missing",
      ["a", "b"],
      [read([])],
      'n0 reads "" without a, b, which nobody it knows of has deleted.'
    ],
    [
      "one element stands for another",
      ["a"],
      [read(["b"])],
      'n0 reads "b" without a, which nobody it knows of has deleted and with b in excess.'
    ],
    [
      "an element is there twice: once in excess",
      ["a"],
      [read(["a", "a"], { node: 2 })],
      'n2 reads "a a" with a in excess.'
    ],
    [
      "of elements that the node knows of, those told are the ones that are wrong: inserted and absent, deleted and there",
      [],
      [
        inserted("a"),
        inserted("b"),
        inserted("c"),
        deleted("c"),
        inserted("d"),
        deleted("d"),
        inserted("b", 1),
        noted("moved", { element: "b" }),
        [applied("b"), read(["a", "d", "e"])]
      ],
      'n0 reads "a d e" without b, which nobody it knows of has deleted and with d, e in excess. ' +
        "n0 has known since step 2 that b was inserted. n0 has known since step 6 that d was deleted."
    ]
  ])("%s", (_of, initial, seen, verdict) => {
    expect(says(listsHoldWhatIsDue(initial), undefined, seen)).toBe(verdict)
  })
})

test("without a history there is nothing to say about since when", () => {
  const { explain, observer } = listsHoldWhatIsDue(["a"])
  const wrong = observer?.observe(observer.initial, read([])) as never
  expect(explain?.(undefined, wrong, [])).toBe('n0 reads "" without a, which nobody it knows of has deleted.')
  expect(explain?.(undefined, observer?.initial as never, [])).toBe("")
})
