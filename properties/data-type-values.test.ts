/** Values that each replicated data type should show after a few updates, derived from its definition. */
import { describe, expect, test } from "vitest"
import type { UpdateMade } from "./data-type-specification.ts"
import {
  addedElements,
  counterValue,
  type DataOperation,
  latestByKey,
  latestElements,
  maximalWrites,
  neverRemovedElements,
  observedRemoveElements,
  observedRemoveMap
} from "./data-type-values.ts"

type Updates = ReadonlyArray<UpdateMade<DataOperation>>

/** An update of a name, made at a node, which saw those in its past. */
const update = (
  write: string,
  operation: DataOperation,
  { node = 0, past = [] }: { readonly node?: number; readonly past?: ReadonlyArray<string> } = {}
): UpdateMade<DataOperation> => ({ write, operation, node, past })

const add = (write: string, element: string, ...past: ReadonlyArray<string>) =>
  update(write, { _tag: "Add", element }, { past })
const remove = (write: string, element: string, ...past: ReadonlyArray<string>) =>
  update(write, { _tag: "Remove", element }, { past })

test("a counter is its increments less its decrements, and counts nothing else", () => {
  const increment = (write: string) => update(write, { _tag: "Increment" })
  const decrement = update("d", { _tag: "Decrement" })
  expect(counterValue([])).toBe(0)
  expect(counterValue([increment("a"), decrement, increment("b"), add("c", "x"), increment("e")])).toBe(2)
})

describe("of sets with additions and removals", () => {
  test.each<[of: string, updates: Updates, added: string, never: string, observed: string]>([
    ["nothing was done", [], "", "", ""],
    ["additions are shown once and sorted", [add("1", "b"), add("2", "a"), add("3", "b")], "a b", "a b", "a b"],
    ["a removal removes the addition it saw", [add("1", "a"), remove("2", "a", "1"), add("3", "b")], "a b", "b", "b"],
    ["of concurrent updates the addition wins", [add("1", "a"), remove("2", "a")], "a", "", "a"],
    [
      "one of two additions is seen by a removal",
      [add("1", "a"), add("2", "a", "1"), remove("3", "a", "1")],
      "a",
      "",
      "a"
    ],
    [
      "each of two removals sees one of the additions",
      [add("1", "a"), add("2", "a"), remove("3", "a", "1"), remove("4", "a", "2")],
      "a",
      "",
      ""
    ],
    ["a removal of another element removes nothing", [add("1", "a"), remove("2", "b", "1")], "a", "a", "a"]
  ])("%s", (_of, updates, added, never, observed) => {
    const shown = [addedElements, neverRemovedElements, observedRemoveElements].map((value) => value(updates).join(" "))
    expect(shown).toEqual([added, never, observed])
  })
})

describe("of sets with timestamps", () => {
  const at = (_tag: string, element: string, timestamp: number) =>
    update(`${_tag}${element}${timestamp}`, { _tag, element, timestamp })
  test.each<[of: string, updates: Updates, add: string, remove: string]>([
    ["additions without removals are shown once and sorted", [at("AddAt", "b", 1), at("AddAt", "a", 1)], "a b", "a b"],
    ["the addition is the later", [at("RemoveAt", "a", 1), at("AddAt", "a", 2)], "a", "a"],
    ["the removal is the later", [at("RemoveAt", "a", 2), at("AddAt", "a", 1)], "", ""],
    ["both are of one time: the bias decides", [at("AddAt", "a", 1), at("RemoveAt", "a", 1)], "a", ""],
    [
      "of several the latest counts",
      [at("AddAt", "a", 1), at("AddAt", "a", 3), at("AddAt", "a", 2), at("RemoveAt", "a", 2)],
      "a",
      "a"
    ],
    ["a later removal of another element does nothing", [at("AddAt", "a", 1), at("RemoveAt", "b", 2)], "a", "a"],
    ["an element that was only removed is not there", [at("RemoveAt", "a", 1)], "", ""]
  ])("%s", (_of, updates, biasAdd, biasRemove) => {
    expect([latestElements("add"), latestElements("remove")].map((value) => value(updates).join(" "))).toEqual([
      biasAdd,
      biasRemove
    ])
  })
})

test("a multi-value register shows the values that no write has seen, once and sorted", () => {
  const assign = (write: string, element: string, ...past: ReadonlyArray<string>) =>
    update(write, { _tag: "Assign", element }, { past })
  const both = [assign("1", "b"), assign("2", "a", "0"), assign("3", "b")]
  expect(maximalWrites(both)).toEqual(["a", "b"])
  expect(maximalWrites([...both, assign("4", "c", "1", "3"), remove("5", "a", "2")])).toEqual(["a", "c"])
})

test("a map shows by key what its type makes of the updates that no deletion of the key saw", () => {
  const increment = (write: string, key: string, ...past: ReadonlyArray<string>) =>
    update(write, { _tag: "Increment", key }, { past })
  const deletion = (write: string, key: string, ...past: ReadonlyArray<string>) =>
    update(write, { _tag: "Delete", key }, { past })
  const counters = observedRemoveMap(counterValue)
  expect(counters([])).toEqual({})
  expect(
    counters([
      increment("1", "k"),
      increment("2", "k"),
      increment("3", "k", "1"),
      deletion("4", "k", "1"),
      // Another key's deletion that saw an increment of k deletes none of it.
      deletion("5", "l", "2"),
      increment("6", "m"),
      deletion("7", "m", "6"),
      deletion("8", "n")
    ])
  ).toEqual({ k: 2 })
})

describe("a map with timestamps shows by key what the latest operation put", () => {
  const at = (key: string, timestamp: number, node: number, element?: string) =>
    update(
      `${key}${timestamp}${node}`,
      element === undefined ? { _tag: "Delete", key, timestamp } : { _tag: "Put", key, timestamp, element },
      { node }
    )
  test.each<[of: string, updates: Updates, shown: object]>([
    ["nothing was done", [], {}],
    ["the latest of three", [at("k", 1, 0, "a"), at("k", 3, 0, "c"), at("k", 2, 1, "b")], { k: "c" }],
    [
      "of equally late ones that of the highest node",
      [at("k", 1, 2, "c"), at("k", 1, 0, "a"), at("k", 1, 1, "b")],
      { k: "c" }
    ],
    ["the latest deletes", [at("k", 2, 0), at("k", 1, 1, "a"), at("l", 1, 0, "b")], { l: "b" }],
    ["a deletion before the latest does nothing", [at("k", 1, 0), at("k", 2, 0, "a")], { k: "a" }]
  ])("%s", (_of, updates, shown) => {
    expect(latestByKey(updates)).toStrictEqual(shown)
  })
})

test("an update that names no element, key or time is one of the element and the key without a name, at time 0", () => {
  expect(addedElements([update("1", { _tag: "Add" })])).toEqual([""])
  expect(maximalWrites([update("1", { _tag: "Assign" })])).toEqual([""])
  expect(latestElements("add")([update("1", { _tag: "AddAt" })])).toEqual([""])
  expect(observedRemoveMap(counterValue)([update("1", { _tag: "Increment" })])).toEqual({ "": 1 })
  const never = update("1", { _tag: "Put", element: "a" }, { node: 1 })
  const once = update("2", { _tag: "Put", element: "b", timestamp: 1 })
  expect(latestByKey([once, never])).toEqual({ "": "b" })
  expect(latestByKey([never, once])).toEqual({ "": "b" })
  expect(latestByKey([never, update("3", { _tag: "Put", element: "c", timestamp: 0 })])).toEqual({ "": "a" })
})
