/**
 * Owners made by hand: a node's state is what it believes that it owns; who acts as owner is noted as `served`.
 */
import { describe, expect, test } from "vitest"
import type { Observation } from "plait"
import { applied, declared, noted, nodes, remembers, says } from "../test/observed.ts"
import { oneOwnerPerEpoch, ownersInTurn, type Ownership } from "./one-owner.ts"

type Owns = ReadonlyArray<Ownership>

const owners = () => oneOwnerPerEpoch<Owns>({ owns: (state) => state })
const inTurn = () =>
  ownersInTurn({ acts: (seen) => (seen.kind === "noted" && seen.name === "served" ? String(seen.data) : undefined) })

test("one looks at what nodes believe in every state, the other at who acts, in the order of real time", () => {
  expect([declared(owners()), declared(inTurn())]).toEqual([
    { kind: "invariant", name: "nothing has two owners in one epoch", observer: "none" },
    { kind: "monitor", name: "no owner acts after its successor", observer: "who acted as owner, timed" }
  ])
})

const x1: Ownership = { what: "x", epoch: 1 }
const x2: Ownership = { what: "x", epoch: 2 }
const y1: Ownership = { what: "y", epoch: 1 }

describe("nothing has two owners in one epoch", () => {
  test.each<{
    readonly of: string
    readonly owns: ReadonlyArray<Owns>
    readonly down?: ReadonlyArray<number>
    readonly says: string
  }>([
    { of: "nobody owns anything", owns: [[], []], says: "silent" },
    { of: "only a node that is down owns something", owns: [[x1], []], down: [0], says: "silent" },
    { of: "one node owns something", owns: [[], [x1]], says: "fine" },
    { of: "a node believes the same twice", owns: [[x1, x1], []], says: "fine" },
    { of: "two own one thing in different epochs", owns: [[x1], [x2]], says: "fine" },
    { of: "two own different things in one epoch", owns: [[x1], [y1]], says: "fine" },
    { of: "of two owners one is down", owns: [[x1], [x1]], down: [1], says: "fine" },
    {
      of: "two own one thing in one epoch",
      owns: [[x1, y1], [x2], [x1]],
      says: "n0 owns x in epoch 1, and n2 owns x in epoch 1."
    }
  ])("$of", ({ down = [], owns, says: verdict }) => {
    expect(says(owners(), nodes(owns, { down }))).toBe(verdict)
  })

  test("beliefs may depend on the node", () => {
    const first = oneOwnerPerEpoch<Owns>({ owns: (state, node) => (node === 0 ? state : []) })
    expect(says(first, nodes([[x1], [x1]]))).toBe("fine")
    expect(says(first, nodes<Owns>([[], [x1]]))).toBe("silent")
  })
})

describe("no owner acts after its successor", () => {
  const served = (node: number, what = "x"): Observation => noted("served", what, { node })

  test.each<[of: string, seen: ReadonlyArray<Observation>, verdict: string]>([
    ["nobody acts", [applied("x", { node: 1 })], "silent"],
    ["one owner acts, twice", [served(1), served(1)], "silent"],
    ["the successor acts after the owner", [served(1), served(1), served(0), served(0)], "fine"],
    ["of different things others are the owners", [served(0), served(1, "y"), served(0), served(2)], "fine"],
    [
      "an owner comes back",
      [served(0, "y"), served(1), served(0), served(2), served(0), served(0)],
      "x was served by n1, then by n0, then by n2, then by n0."
    ]
  ])("%s", (_of, seen, verdict) => {
    expect(says(inTurn(), undefined, seen)).toBe(verdict)
  })

  test("only changes of the owner are remembered, of each thing", () => {
    const seen = [served(1), served(1), served(0), applied("x", { node: 2 }), served(1, "y"), served(0)]
    expect(remembers(inTurn(), seen)).toEqual({ x: [1, 0], y: [1] })
  })
})
