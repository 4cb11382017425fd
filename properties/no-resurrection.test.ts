/**
 * Deletions made by hand: a replica's state is the writes whose values it shows.
 */
import { expect, test } from "vitest"
import { applied, declared, invoked, nodes, says, type Seen, wrote } from "../test/observed.ts"
import { noResurrection } from "./no-resurrection.ts"

type Items = ReadonlyArray<string>

const property = () => noResurrection({ items: (state: Items) => state })
const operation = (write: string, asked: { readonly _tag: string; readonly key?: string }, ...past: Items) => [
  invoked(asked),
  wrote(write, { past })
]
const put = (write: string, key: string, ...past: Items) => operation(write, { _tag: "Put", key }, ...past)
const deletion = (write: string, key: string, ...past: Items) => operation(write, { _tag: "Delete", key }, ...past)

test("it is a property about every state that observes updates with their true past", () => {
  expect(declared(property())).toEqual({
    kind: "invariant",
    name: "no deleted item comes back",
    observer: "updates made and applied, causal"
  })
})

/** b and c were put at keys k and l, then d deleted k, having seen both; e was put at k without knowing that. */
const seen: Seen = [put("b", "k"), put("c", "l", "b"), deletion("d", "k", "b", "c"), put("e", "k", "b")]
const at = (node: number, ...writes: Items) => writes.map((write) => applied(write, { node }))

test.each<[of: string, shown: ReadonlyArray<Items>, applied: Seen, verdict: string]>([
  ["no node has applied a deletion", [["b"]], at(0, "b", "e"), "silent"],
  ["nothing that was deleted is shown", [[]], at(0, "b", "d"), "fine"],
  ["another key's item is shown, and one that the deletion did not see", [["c", "e"]], at(0, "d"), "fine"],
  ["a node that has not applied the deletion shows the item", [["b"], []], [at(0, "b"), at(1, "d")], "fine"],
  [
    "deleted items are shown",
    [["c", "b"], [], ["e", "b"]],
    [at(0, "b", "d"), at(1, "d"), at(2, "d")],
    "n0 has applied d and shows b, which d deleted. n2 has applied d and shows b, which d deleted."
  ]
])("%s", (_of, shown, where, verdict) => {
  expect(says(property(), nodes(shown), [...seen, ...where])).toBe(verdict)
})

test("the deletion told is the one that deleted the item", () => {
  const two: Seen = [put("b", "k"), deletion("c", "k"), deletion("d", "k", "b"), ...at(0, "b", "c", "d")]
  expect(says(property(), nodes([["b"]]), two)).toBe("n0 has applied d and shows b, which d deleted.")
})

test("where there are no keys a deletion deletes all that it saw, written by whomever", () => {
  const whole: Seen = [operation("d", { _tag: "Delete" }, "b"), ...at(0, "d")]
  expect(says(property(), nodes([["b"]]), whole)).toBe("n0 has applied d and shows b, which d deleted.")
})

test("nodes that are down are not asked", () => {
  expect(says(property(), nodes<Items>([[], ["b"]], { down: [1] }), [...seen, ...at(1, "d")])).toBe("fine")
})
