import { expect, test } from "vitest"
import { run } from "../../test/run-fixture.ts"
import { missed, neverTakenFirst, percentOf, percentText, summaryOf } from "./Coverage.ts"

const systems = run.cases.map(({ coverage }) => coverage)

test("percentages are rounded down, so that 999 of 1,000 is not 100", () => {
  expect([percentOf({ covered: 999, total: 1000 }), percentText({ covered: 1, total: 3 })]).toEqual([99, "33 %"])
})

test("0 of 0 is n/a, and misses no threshold", () => {
  expect(percentText({ covered: 0, total: 0 })).toBe("n/a")
  expect(missed(summaryOf([]), { actions: 100, reachability: 100 })).toEqual([])
})

test("the summary counts actions taken, arms entered, properties with something to say, situations reached", () => {
  // invoke Put, lose and tick were taken, deliver Merge was not; of two guards' four arms two were entered; of the three
  // properties the one that threw judged no state; the one reachability property was not reached.
  expect(summaryOf(systems)).toEqual({
    actions: { covered: 3, total: 4 },
    guards: { covered: 2, total: 4 },
    premises: { covered: 2, total: 3 },
    reachability: { covered: 0, total: 1 }
  })
})

test("a missed threshold is said with its numbers; one that is met to the percent is not missed", () => {
  expect(missed(summaryOf(systems), { actions: 75, guards: 51, premises: 66 })).toEqual([
    "guards: 2 of 4 covered, 50 %; at least 51 % was asked for"
  ])
})

test("actions never taken come first, the rest in the order of declaration", () => {
  expect(neverTakenFirst(systems[0]?.actions ?? []).map(({ name }) => name)).toEqual([
    "deliver Merge",
    "invoke Put",
    "lose"
  ])
})
