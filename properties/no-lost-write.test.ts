/**
 * Lost writes and causal inversions, with nodes made by hand: a node's state is the writes whose values it holds.
 */
import { describe, expect, test } from "vitest"
import { acknowledged, applied, declared, nodes, read, remembers, says, type Seen, wrote } from "../test/observed.ts"
import { noCausalInversion, noLostWrite } from "./no-lost-write.ts"

type Held = ReadonlyArray<string>

const kept = () => noLostWrite<Held>({ survivors: (state) => state })
const upright = () => noCausalInversion<Held>({ survivors: (state) => state })

test("both remember the true past of every write: one at the end with what was acknowledged, one with what was applied", () => {
  expect([kept(), upright()].map(declared)).toEqual([
    {
      kind: "atQuiescence",
      name: "no acknowledged write is lost",
      observer: "acknowledged writes and their causal past, causal"
    },
    {
      kind: "invariant",
      name: "no write loses to one that it followed from",
      observer: "applied writes and their causal past, causal"
    }
  ])
})

test("what is remembered does not tell in which order writes were acknowledged or applied, nor how often applied", () => {
  const made = [wrote("b", { past: ["a"] }), wrote("a"), read(["a"])]
  const pasts = { a: [], b: ["a"] }
  expect(remembers(kept(), [...made, applied("a"), acknowledged("b"), acknowledged("a")])).toEqual({
    pasts,
    acknowledged: ["a", "b"]
  })
  const both = [applied("b"), applied("a"), applied("b"), applied("a", { node: 1 })]
  expect(remembers(upright(), [...made, acknowledged("a"), ...both])).toEqual({
    pasts,
    applied: { 0: ["a", "b"], 1: ["a"] }
  })
})

interface Case {
  readonly of: string
  readonly held: ReadonlyArray<Held>
  readonly down?: ReadonlyArray<number>
  readonly seen: Seen
  readonly says: string
}

const a = [wrote("a"), acknowledged("a")]
const b = [wrote("b", { node: 1 }), acknowledged("b", { node: 1 })]
const bAfterA = [...a, wrote("b", { node: 1, past: ["a"] }), acknowledged("b", { node: 1 })]
const lostToConcurrent = "a was acknowledged and lost to b, concurrent with it (L1)."
const nothingLeft = "a was acknowledged and no node that is up holds anything."

describe("no acknowledged write is lost", () => {
  test.each<Case>([
    { of: "no write was acknowledged", held: [[], []], seen: [wrote("a")], says: "silent" },
    { of: "one node that is up still holds it", held: [[], ["a"]], seen: a, says: "fine" },
    { of: "a write that followed from it took its place", held: [["b"], ["b"]], seen: bAfterA, says: "fine" },
    { of: "a concurrent write took its place", held: [["b"], ["b"]], seen: [...a, ...b], says: lostToConcurrent },
    {
      of: "two concurrent writes are left, one of them on two nodes",
      held: [["b"], ["c", "b"]],
      seen: [...a, ...b, wrote("c")],
      says: "a was acknowledged and lost to b, c, concurrent with it (L1)."
    },
    {
      of: "a value nobody wrote is left",
      held: [["z"]],
      seen: a,
      says: "a was acknowledged and lost to z, concurrent with it (L1)."
    },
    {
      of: "what it followed from took its place",
      held: [["a"], ["a"]],
      seen: bAfterA,
      says: "b was acknowledged and lost to a, which it followed from (L2)."
    },
    { of: "no node holds anything", held: [[], []], seen: a, says: nothingLeft },
    { of: "who holds it is down", held: [["a"], []], down: [0], seen: a, says: nothingLeft },
    {
      of: "two are lost",
      held: [["c"], ["c"]],
      seen: [...a, wrote("c"), ...b],
      says: "a was acknowledged and lost to c, concurrent with it (L1). b was acknowledged and lost to c, concurrent with it (L1)."
    }
  ])("$of", ({ down = [], held, says: verdict, seen }) => {
    expect(says(kept(), nodes(held, { down }), seen)).toBe(verdict)
  })
})

describe("no write loses to one that it followed from", () => {
  const made = [wrote("a"), wrote("b", { node: 1, past: ["a"] })]
  const arrived = [...made, applied("b", { node: 1 }), applied("a"), applied("b")]

  test.each<Case>([
    {
      of: "no write followed from another",
      held: [["a"]],
      seen: [wrote("a"), applied("a"), wrote("b")],
      says: "silent"
    },
    { of: "the later write is shown where it was applied", held: [["b"], ["b"]], seen: arrived, says: "fine" },
    {
      of: "the earlier is shown where the later has not arrived",
      held: [["a"], ["b"]],
      seen: [...made, applied("a")],
      says: "fine"
    },
    {
      of: "the earlier is shown where the later was applied",
      held: [["a"], ["b"]],
      seen: arrived,
      says: "n0 has applied b and still shows a, which came before it."
    },
    {
      of: "two nodes show what came before",
      held: [["a"], ["a"]],
      seen: arrived,
      says: "n0 has applied b and still shows a, which came before it. n1 has applied b and still shows a, which came before it."
    },
    {
      of: "a value nobody wrote is shown and applied",
      held: [["z"]],
      seen: [...made, applied("z"), applied("b")],
      says: "fine"
    }
  ])("$of", ({ held, says: verdict, seen }) => {
    expect(says(upright(), nodes(held), seen)).toBe(verdict)
  })
})
