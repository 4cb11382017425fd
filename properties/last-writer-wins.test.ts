/**
 * Registers that merge, with what is on its way to them, made by hand.
 */
import { describe, expect, test } from "vitest"
import { declared, says } from "../test/observed.ts"
import { type Registers, silentNodesAgree, writesCross } from "./last-writer-wins.ts"

type Register = Registers["node"][number]["register"]

const a: Register = { value: "a", stamp: 1, writer: 0 }
const b: Register = { value: "b", stamp: 2, writer: 1 }

const registers = (held: ReadonlyArray<Register>, waiting: ReadonlyArray<number>): Registers => ({
  node: held.map((register) => ({ register })),
  inbox: waiting.map((count) => Array.from({ length: count }))
})

test("one is a property about every state, the other that a state is reached; neither observes anything", () => {
  expect([silentNodesAgree, writesCross].map(declared)).toEqual([
    { kind: "invariant", name: "nodes agree once no message is in flight", observer: "none" },
    { kind: "reachable", name: "two nodes wait for each other's write", observer: "none" }
  ])
})

describe("nodes agree once no message is in flight", () => {
  test.each<[of: string, held: ReadonlyArray<Register>, waiting: ReadonlyArray<number>, verdict: string]>([
    ["nothing was written", [null, null], [0, 0], "silent"],
    ["a message is on its way to one of two that differ", [a, b], [0, 1], "silent"],
    ["both hold the same", [b, b], [0, 0], "fine"],
    [
      "one holds nothing",
      [a, null],
      [0, 0],
      "Nothing is in flight, however node 0 holds a stamped 1 by node 0, node 1 holds nothing."
    ],
    [
      "the values differ",
      [a, { ...a, value: "b" }],
      [0, 0],
      "Nothing is in flight, however node 0 holds a stamped 1 by node 0, node 1 holds b stamped 1 by node 0."
    ],
    [
      "the stamps differ",
      [a, { ...a, stamp: 2 }],
      [0, 0],
      "Nothing is in flight, however node 0 holds a stamped 1 by node 0, node 1 holds a stamped 2 by node 0."
    ],
    [
      "the writers differ",
      [a, { ...a, writer: 1 }],
      [0, 0],
      "Nothing is in flight, however node 0 holds a stamped 1 by node 0, node 1 holds a stamped 1 by node 1."
    ]
  ])("%s", (_of, held, waiting, verdict) => {
    expect(says(silentNodesAgree, registers(held, waiting))).toBe(verdict)
  })
})

describe("the guard: two nodes wait for each other's write", () => {
  test.each<[of: string, held: ReadonlyArray<Register>, waiting: ReadonlyArray<number>, verdict: string]>([
    ["both hold something, and two messages wait for each", [a, b], [2, 2], "reached"],
    ["only one message waits for one of them", [a, b], [2, 1], "unreached"],
    ["one of them holds nothing yet", [a, null], [2, 2], "unreached"]
  ])("%s", (_of, held, waiting, verdict) => {
    expect(says(writesCross, registers(held, waiting))).toBe(verdict)
  })
})
