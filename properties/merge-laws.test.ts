/**
 * The laws of merging over texts as values: their alphabetical maximum obeys all three, other merges break one or another.
 */
import { describe, expect, test } from "vitest"
import { declared, nodes, says } from "../test/observed.ts"
import { mergeLaws } from "./merge-laws.ts"

type Text = string | null

const laws = (merge: (own: string, other: string) => string) =>
  mergeLaws<Text, string>({ value: (state) => state, merge })
const verdicts = (merge: (own: string, other: string) => string, held: ReadonlyArray<Text>) =>
  laws(merge).map((law) => says(law, nodes(held)))

const maximum = (own: string, other: string) => (own > other ? own : other)

test("there is a property for each law, which observes nothing", () => {
  expect(laws(maximum).map(declared)).toEqual([
    { kind: "invariant", name: "merging is commutative", observer: "none" },
    { kind: "invariant", name: "merging is associative", observer: "none" },
    { kind: "invariant", name: "merging is idempotent", observer: "none" }
  ])
})

describe("merging is commutative, associative and idempotent", () => {
  test("a maximum is all three; the first two laws need two values to say something, the last one", () => {
    expect(verdicts(maximum, [null, null])).toEqual(["silent", "silent", "silent"])
    expect(verdicts(maximum, ["a", null])).toEqual(["silent", "silent", "fine"])
    expect(verdicts(maximum, ["a", null, "b"])).toEqual(["fine", "fine", "fine"])
    expect(verdicts(maximum, ["c", "a", "b"])).toEqual(["fine", "fine", "fine"])
  })
  test("to keep one's own is not commutative", () => {
    expect(verdicts((own) => own, ["a", null, "b"])).toEqual([
      `n0 holds "a", n2 holds "b": n2's merged into n0's gives "a", n0's into n2's "b".`,
      "fine",
      "fine"
    ])
  })
  test("only the values that break a law are named", () => {
    // To keep one's own unless that is "a": b and c alone disagree.
    expect(verdicts((own, other) => (own === "a" ? other : own), ["a", "b", "c"])).toEqual([
      `n1 holds "b", n2 holds "c": n2's merged into n1's gives "b", n1's into n2's "c".`,
      "fine",
      "fine"
    ])
  })
  test("to append is not even idempotent", () => {
    expect(verdicts((own, other) => own + other, ["", "b"])).toEqual([
      "fine",
      "fine",
      'n1 holds "b": merged with itself it gives "bb".'
    ])
  })
  test("to bracket is not associative, and values are named once", () => {
    // a with a is a, and that with b is a-b; a with a-b, though, is a-a-b.
    expect(verdicts((own, other) => (own === other ? own : [own, other].sort().join("-")), ["a", "b", "c"])).toEqual([
      "fine",
      `n0 holds "a", n1 holds "b": n0's and n0's merged first, then n1's, gives "a-b"; n0's and n1's first gives "a-a-b".`,
      "fine"
    ])
  })
  test("three different values may be needed to break associativity: rock, paper, scissors", () => {
    const beats = new Set(["paper rock", "scissors paper", "rock scissors"])
    const winner = (own: string, other: string) => (beats.has(`${own} ${other}`) ? own : other)
    expect(verdicts(winner, ["rock", "paper"])).toEqual(["fine", "fine", "fine"])
    expect(verdicts(winner, ["rock", "paper", "scissors"])).toEqual([
      "fine",
      'n0 holds "rock", n1 holds "paper", n2 holds "scissors": ' +
        `n0's and n1's merged first, then n2's, gives "scissors"; n1's and n2's first gives "rock".`,
      "fine"
    ])
  })
})
