/**
 * Consistent prefixes of three writes, of which b depends on a, and c on both. A node's state is what it shows.
 */
import { describe, expect, test } from "vitest"
import { applied, declared, nodes, remembers, says, wrote } from "../test/observed.ts"
import { causalPrefix, consistentPrefix } from "./consistent-prefix.ts"

type Shown = ReadonlyArray<string>

const causes: { readonly [write: string]: Shown } = { a: [], b: ["a"], c: ["a", "b"] }
const stated = () => consistentPrefix<Shown>({ visible: (state) => state, causes: (write) => causes[write] ?? [] })
const causal = () => causalPrefix<Shown>({ visible: (state) => state })

/** The three writes, each with its past. */
const made = Object.entries(causes).map(([write, past]) => wrote(write, { past }))

test("one is judged per node and observes nothing, the other remembers the causal past of every write", () => {
  expect([declared(stated()), declared(causal())]).toEqual([
    { kind: "nodeInvariant", name: "an effect is never visible before its cause", observer: "none" },
    {
      kind: "invariant",
      name: "no write is visible without all that happened before it",
      observer: "causal past of each write, causal"
    }
  ])
  expect(
    remembers(causal(), [wrote("a"), applied("a", { node: 1, past: ["z"] }), wrote("b", { past: ["a"] })])
  ).toEqual({ a: [], b: ["a"] })
})

describe.each([
  ["as the author states them", stated],
  ["as it truly was", causal]
] as const)("no effect is shown without its causes, %s", (_causes, prefix) => {
  test.each<[of: string, shown: ReadonlyArray<Shown>, verdict: string]>([
    ["each write is shown with all that it depends on", [["c", "b", "a"], ["a", "b"], []], "fine"],
    ["one cause is missing", [["a"], ["b"]], "n1 shows b but not a, which it depends on."],
    [
      "two nodes show effects without their causes",
      [["c"], ["a"], ["b"]],
      "n0 shows c but not a, which it depends on. n0 shows c but not b, which it depends on. " +
        "n2 shows b but not a, which it depends on."
    ]
  ])("%s", (_of, shown, verdict) => {
    expect(says(prefix(), nodes(shown), made)).toBe(verdict)
  })
})

test("what the author states says something where a write with a cause is shown", () => {
  expect(says(stated(), nodes<Shown>([[], ["a"]]))).toBe("silent")
})

test("what truly was says something once a write followed from another, and nothing of values nobody wrote", () => {
  expect(says(causal(), nodes<Shown>([[], ["a"]]), [wrote("a")])).toBe("silent")
  expect(says(causal(), nodes<Shown>([["initial"], ["a"]]), made)).toBe("fine")
})
