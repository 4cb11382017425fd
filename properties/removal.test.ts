/**
 * Additions and removals made by hand: a replica's state is the elements it shows.
 */
import { describe, expect, test } from "vitest"
import { declared, invoked, nodes, says, type Seen, wrote } from "../test/observed.ts"
import { addedAgainIsThere, removedStaysOut } from "./removal.ts"

type Elements = ReadonlyArray<string>

const options = { elements: (state: Elements) => state }
const update =
  (_tag: string) =>
  (write: string, element: string, ...past: Elements) => [invoked({ _tag, element }), wrote(write, { past })]
const add = update("Add")
const remove = update("Remove")

test("both are properties about the end that observe updates with their true past", () => {
  const both = [addedAgainIsThere(options), removedStaysOut(options)].map(declared)
  const observer = "updates made and applied, causal"
  expect(both).toEqual([
    { kind: "atQuiescence", name: "an element added again is there", observer },
    { kind: "atQuiescence", name: "a removed element does not come back", observer }
  ])
})

/** a added, removed and added again. */
const again: Seen = [add("1", "a"), remove("2", "a", "1"), add("3", "a", "1", "2")]

describe("an element added again is there", () => {
  const absent = (node: number, write: string) => `n${node} does not show what ${write} added after its removal.`
  test.each<[of: string, seen: Seen, shown: ReadonlyArray<Elements>, verdict: string]>([
    ["it is there", again, [["a"], ["b", "a"]], "fine"],
    ["it is not there at two nodes", again, [[], ["a"], ["b"]], `${absent(0, "3")} ${absent(2, "3")}`],
    ["it was added for the first time", [add("1", "a"), remove("2", "a", "1"), add("3", "a", "1")], [[]], "silent"],
    ["another element was removed before", [remove("1", "b"), add("2", "a", "1")], [[]], "silent"],
    ["it was removed once more", [...again, remove("4", "a", "1", "2", "3")], [[]], "silent"],
    ["another element was removed since", [...again, remove("4", "b", "1", "2", "3")], [[]], absent(0, "3")],
    ["nothing was added", [remove("1", "a")], [[]], "silent"]
  ])("%s", (_of, seen, shown, verdict) => {
    expect(says(addedAgainIsThere(options), nodes(shown), seen)).toBe(verdict)
  })
  test("nodes that are down are not asked", () => {
    expect(says(addedAgainIsThere(options), nodes<Elements>([["a"], []], { down: [1] }), again)).toBe("fine")
  })
})

describe("a removed element does not come back", () => {
  const back = (node: number, element: string) =>
    `n${node} shows ${element}, though every addition of it was seen by a removal.`
  const removed: Seen = [add("1", "a"), add("2", "b"), remove("3", "a", "1")]
  test.each<[of: string, seen: Seen, shown: ReadonlyArray<Elements>, verdict: string]>([
    ["it stays out", removed, [["b"], []], "fine"],
    ["it is back at two nodes", removed, [["b", "a"], ["b"], ["a"]], `${back(0, "a")} ${back(2, "a")}`],
    ["nothing was removed", [add("1", "a")], [["a"]], "silent"],
    ["a removal saw no addition", [add("1", "a"), remove("2", "a")], [["a"]], "silent"],
    ["an addition saw the removal", again, [["a"]], "fine"],
    [
      "one of two additions was seen by a removal, the other one not",
      [add("1", "a"), add("2", "a"), remove("3", "a", "1")],
      [["a"]],
      "fine"
    ]
  ])("%s", (_of, seen, shown, verdict) => {
    expect(says(removedStaysOut(options), nodes(shown), seen)).toBe(verdict)
  })
  test("nodes that are down are not asked", () => {
    expect(says(removedStaysOut(options), nodes<Elements>([[], ["a"]], { down: [1] }), removed)).toBe("fine")
  })
})
