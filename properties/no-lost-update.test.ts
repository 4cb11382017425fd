/**
 * Clients that read and then write, with nodes made by hand: a node's state is the writes whose values it holds.
 */
import { describe, expect, test } from "vitest"
import {
  acknowledged,
  applied,
  declared,
  nodes,
  read,
  rejected,
  remembers,
  says,
  type Seen,
  wrote
} from "../test/observed.ts"
import { noLostUpdate } from "./no-lost-update.ts"

type Held = ReadonlyArray<string>

const kept = () => noLostUpdate<Held>({ survivors: (state) => state })

/** A session's first operation, a read, and its second, a write; acknowledged. */
const update = (
  session: string,
  write: string,
  { found = [], key = "x", past = [] }: { readonly found?: Held; readonly key?: string; readonly past?: Held } = {}
): Seen => [
  read(found, { id: `${session}.0`, key }),
  wrote(write, { id: `${session}.1`, key, past }),
  acknowledged(write, { id: `${session}.1` })
]

test("it is judged at the end, and remembers reads, updates, acknowledgements and the true past", () => {
  expect(declared(kept())).toEqual({
    kind: "atQuiescence",
    name: "no update is lost",
    observer: "read-modify-writes, causal"
  })
  const updates = [...update("s1", "b", { found: ["z", "y"] }), ...update("s0", "a", { past: ["y"] })]
  const idle = [
    rejected({ id: "s3.0" }),
    read(["a"]),
    acknowledged("z"),
    applied("a"),
    wrote("c", { id: "s2.0", key: "x", past: ["a"] })
  ]
  expect(remembers(kept(), [...updates, ...idle, read(["c", "a"], { id: "s2.1", key: "x" })])).toEqual({
    read: { "s2 x": ["a", "c"] },
    updates: {
      a: { write: "a", session: "s0", key: "x", replaced: [] },
      b: { write: "b", session: "s1", key: "x", replaced: ["y", "z"] }
    },
    acknowledged: ["a", "b"],
    pasts: { a: ["y"], b: [], c: ["a"] }
  })
})

interface Case {
  readonly of: string
  readonly held: ReadonlyArray<Held>
  readonly down?: ReadonlyArray<number>
  readonly seen: Seen
  readonly says: string
}

const a = update("s0", "a")
const both = [...a, ...update("s1", "b")]
const lost =
  "s0 wrote a and s1 wrote b, each in place of the initial value; both were acknowledged, and not both are left."

describe("no update is lost", () => {
  test.each<Case>([
    { of: "one client updated", held: [[]], seen: a, says: "silent" },
    { of: "the second update was not acknowledged", held: [["a"]], seen: both.slice(0, -1), says: "silent" },
    {
      of: "the second replaced the first, having read it",
      held: [["b"]],
      seen: [...a, ...update("s1", "b", { found: ["a"] })],
      says: "silent"
    },
    { of: "both updates are the same client's", held: [["b"]], seen: [...a, ...update("s0", "b")], says: "silent" },
    {
      of: "they are of different keys",
      held: [["b"]],
      seen: [...a, ...update("s1", "b", { key: "y" })],
      says: "silent"
    },
    {
      of: "a client wrote another key than it had read",
      held: [["b"]],
      seen: [
        ...a,
        read([], { id: "s1.0", key: "y" }),
        wrote("b", { id: "s1.1", key: "x" }),
        acknowledged("b", { id: "s1.1" })
      ],
      says: "silent"
    },
    {
      of: "a second write after one read replaces what it did not read",
      held: [["b"]],
      seen: [
        ...update("s1", "b"),
        read(["b"], { id: "s0.0", key: "x" }),
        wrote("c", { id: "s0.1", key: "x" }),
        wrote("a", { id: "s0.2", key: "x" }),
        acknowledged("a", { id: "s0.2" })
      ],
      says: "silent"
    },
    { of: "both are left, on different nodes", held: [["a"], ["b"]], seen: both, says: "fine" },
    {
      of: "a write that followed from both is left",
      held: [["c"]],
      seen: [...both, wrote("c", { past: ["a", "b"] })],
      says: "fine"
    },
    { of: "only the first is left", held: [["a"], ["a"]], seen: both, says: lost },
    { of: "only the second is left", held: [["b"], ["b"]], seen: both, says: lost },
    { of: "a value nobody wrote is left", held: [["z"]], seen: both, says: lost },
    { of: "who holds the second is down", held: [["a"], ["b"]], down: [1], seen: both, says: lost },
    {
      of: "what both had read were the same two values",
      held: [["a"]],
      seen: [...update("s0", "a", { found: ["y", "z"] }), ...update("s1", "b", { found: ["z", "y"] })],
      says: "s0 wrote a and s1 wrote b, each in place of y, z; both were acknowledged, and not both are left."
    },
    {
      of: "of three clients only the first one's is left: one pair is named",
      held: [["a"]],
      seen: [...both, ...update("s2", "c")],
      says: lost
    }
  ])("$of", ({ down = [], held, says: verdict, seen }) => {
    expect(says(kept(), nodes(held, { down }), seen)).toBe(verdict)
  })
})
