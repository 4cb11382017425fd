/**
 * Agreement on decisions made by hand: a node's state is what it has decided.
 */
import { expect, test } from "vitest"
import { declared, nodes, says } from "../test/observed.ts"
import { agreement } from "./agreement.ts"

type Decision = string | undefined
const agreed = () => agreement<Decision>({ decision: (state) => state })

test("it is a property about every state that observes nothing", () => {
  expect(declared(agreed())).toEqual({ kind: "invariant", name: "no two nodes decide differently", observer: "none" })
})

test.each<[of: string, decisions: ReadonlyArray<Decision>, verdict: string]>([
  ["nobody has decided", [undefined, undefined], "silent"],
  ["one has decided: there is nobody to agree with", [undefined, "a"], "silent"],
  ["all that have decided have decided alike", ["a", undefined, "a"], "fine"],
  ["two have decided differently", ["a", undefined, "b"], "n0 has decided a, n2 has decided b."]
])("%s", (_of, decisions, verdict) => {
  expect(says(agreed(), nodes(decisions))).toBe(verdict)
})
