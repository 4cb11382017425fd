/**
 * Atomic commit over the states of resource managers made by hand.
 */
import { describe, expect, test } from "vitest"
import { declared, says } from "../test/observed.ts"
import { everyoneDecided, noSplitDecision } from "./atomic-commit.ts"

test("one is a property about every state, the other that a state is reached; neither observes anything", () => {
  expect([noSplitDecision, everyoneDecided].map(declared)).toEqual([
    { kind: "invariant", name: "no resource manager commits what another aborted", observer: "none" },
    { kind: "reachable", name: "all resource managers commit", observer: "none" }
  ])
})

describe("no resource manager commits what another aborted", () => {
  test.each<[of: string, resource: ReadonlyArray<string>, verdict: string]>([
    ["nobody has decided", ["working", "prepared"], "fine"],
    ["some have committed, none has aborted", ["committed", "prepared"], "fine"],
    ["some have aborted, none has committed", ["prepared", "aborted"], "fine"],
    [
      "two have committed what others aborted",
      ["committed", "aborted", "prepared", "committed", "aborted"],
      "resource manager 0, 3 has committed, however 1, 4 has aborted."
    ]
  ])("%s", (_of, resource, verdict) => {
    expect(says(noSplitDecision, { resource })).toBe(verdict)
  })
})

test("the guard is reached where all have committed, and not where only some have", () => {
  expect(says(everyoneDecided, { resource: ["committed", "prepared"] })).toBe("unreached")
  expect(says(everyoneDecided, { resource: ["committed", "committed"] })).toBe("reached")
})
