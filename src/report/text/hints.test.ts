/**
 * The hints on a search that is slow or does not end.
 */
import { expect, test } from "vitest"
import type { CaseResult } from "../../suite/CheckCase.ts"
import { run } from "../../../test/run-fixture.ts"
import { renderHints } from "./hints.ts"

const of = (more: Partial<CaseResult>): string | undefined => renderHints({ ...run.cases[0]!.result, ...more })

const reads = (...values: ReadonlyArray<number>) =>
  values.map((each, index) => ({ variable: `v${index}`, values: each }))

const slow = {
  distinct: 813,
  handlerRuns: 2_900_000,
  elapsedMillis: 5001,
  costs: [
    {
      action: "Accept",
      runs: 2_000_000,
      reads: [{ variable: "messages\u001b", values: 12_345 }, ...reads(9, 8, 7, 6)]
    },
    { action: "Ask", runs: 500_000, reads: reads(1) },
    { action: "Tick", runs: 400_000, reads: [] },
    { action: "Promise", runs: 3, reads: reads(1) },
    { action: "Learn", runs: 2, reads: reads(1) }
  ]
}

test("a search of more runs than states that took longer than five seconds names its costliest actions", () => {
  expect(of(slow)).toBe(`register/replicas=2
  it is slow: 2,900,000 runs of actions for 813 states
    Accept ran 2,000,000 times, as it reads messages\\u{1b} (12,345 values), v0 (9 values), v1 (8 values), 2 more
    Ask ran 500,000 times, as it reads v0 (1 values)
    Promise ran 3 times, as it reads v0 (1 values)
    An action runs for each combination of what it reads. Split messages\\u{1b} into several
    variables, such as one per message, and let each action read those that it needs.`)
})

test("nothing is said of a quick search, of as many runs as states, of nodes, and where nothing is read", () => {
  expect(of({})).toBe(undefined)
  expect(of({ ...slow, elapsedMillis: 5000 })).toBe(undefined)
  expect(of({ ...slow, handlerRuns: 813 })).toBe(undefined)
  expect(of({ ...slow, costs: null })).toBe(undefined)
  expect(of({ ...slow, costs: [{ action: "Tick", runs: 400_000, reads: [] }] })).toBe(undefined)
})

test("what grows is named with its sizes", () => {
  const growing: CaseResult["growing"] = [
    { path: "count", of: "value", from: -0.0001, to: 1999 },
    { path: "n0.state.\u001blog", of: "elements", from: 1, to: 40 },
    { path: "big", of: "value", from: "0", to: "1180591620717411303424" }
  ]
  expect(of({ growing })).toBe(`register/replicas=2
  it grows on the way to the last state:
    count: -0.0001 … 1,999
    n0.state.\\u{1b}log: 1 … 40 elements
    big: 0 … 1180591620717411303424`)
})
