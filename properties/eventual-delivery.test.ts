/**
 * Eventual delivery over nodes made by hand: a node's state is the writes it has. Each expectation is about a state in
 * which a counterexample ends.
 */
import { describe, expect, test } from "vitest"
import { declared, nodes, says } from "../test/observed.ts"
import { everyNodeGetsIt, networkFallsSilent } from "./eventual-delivery.ts"

type Writes = ReadonlyArray<string>

const has = (state: Writes) => state
const retries = { actions: { retry: "strong" } } as const

test("both have to stay true, in runs as fair as asked for", () => {
  expect([everyNodeGetsIt({ has }), networkFallsSilent()].map(declared)).toEqual([
    { kind: "eventually", name: "what one node has every node gets and keeps", observer: "none" },
    { kind: "eventually", name: "the network falls silent for good", observer: "none" }
  ])
  const asked = [
    everyNodeGetsIt({ has }),
    networkFallsSilent(),
    everyNodeGetsIt({ has, fairness: retries }),
    networkFallsSilent(retries)
  ]
  expect(asked.map(({ fairness, stable }) => ({ fairness, stable }))).toEqual([
    { fairness: {}, stable: true },
    { fairness: {}, stable: true },
    { fairness: retries, stable: true },
    { fairness: retries, stable: true }
  ])
})

describe("what one node has every node gets and keeps", () => {
  test.each<[of: string, writes: ReadonlyArray<Writes>, verdict: string]>([
    ["no node has anything", [[], []], "silent"],
    [
      "all have the same, however often",
      [
        ["a", "b"],
        ["b", "a", "b"]
      ],
      "fine"
    ],
    ["one lacks a write", [["a"], ["a", "b"]], "n0 lacks what another node has."],
    [
      "a write twice does not stand for another",
      [
        ["a", "a"],
        ["a", "b"]
      ],
      "n0 lacks what another node has."
    ],
    ["each lacks what the other has", [["a"], ["a", "b"], ["b"]], "n0 and n2 lack what another node has."]
  ])("%s", (_of, writes, verdict) => {
    expect(says(everyNodeGetsIt({ has }), nodes(writes))).toBe(verdict)
  })
  test("the property begins where some node has a write", () => {
    const begins = (...writes: ReadonlyArray<Writes>) =>
      everyNodeGetsIt({ has }).premise?.(nodes(writes), undefined as never, () => false)
    expect([begins([], []), begins([], ["a"])]).toEqual([false, true])
  })
  test("nodes that are down count", () => {
    expect(says(everyNodeGetsIt({ has }), nodes([["a"], []], { down: [1] }))).toBe("n1 lacks what another node has.")
  })
  test("a loop that closes where nobody lacks anything needs no words", () => {
    expect(everyNodeGetsIt({ has }).explain?.(nodes([["a"], ["a"]]), undefined as never, [])).toBe("")
  })
})

describe("the network falls silent for good", () => {
  const flying = (...inboxes: ReadonlyArray<ReadonlyArray<string>>) => ({
    nodes: inboxes.map((tags, id) => ({
      id,
      state: undefined,
      up: true,
      inbox: tags.map((_tag) => ({ from: 0, to: id, message: { _tag } }))
    }))
  })
  test.each([
    ["it is silent", flying([], []), "fine"],
    [
      "messages are under way",
      flying([], ["Ping", "Pong"], ["Ping"]),
      "Ping to n1, Pong to n1, Ping to n2 is in flight again."
    ]
  ])("%s", (_of, view, verdict) => {
    expect(says(networkFallsSilent(), view)).toBe(verdict)
  })
  test("a loop that closes where nothing is under way needs no words", () => {
    expect(networkFallsSilent().explain?.(flying([], []), undefined as never, [])).toBe("")
  })
})
