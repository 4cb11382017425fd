import { expect, test } from "vitest"
import { Clocks } from "../../model/index.ts"
import type { NodeMetadata } from "../nodes/NodeConfigurations.ts"
import type { ClockZone } from "./ClockZone.ts"
import { withKnowledge, union } from "./Knowledge.ts"

test("a union holds each write once, sorted as text, and is the left set itself where that has them all", () => {
  const left = ["a", 10]
  expect(union(left, ["b", "a", 9])).toEqual([10, 9, "a", "b"])
  expect(union(["c"], ["a"])).toEqual(["a", "c"])
  expect(union([], ["b", "a"])).toEqual(["a", "b"])
  expect([union(left, [10]), union(left, [])]).toEqual([left, left])
  expect(union(left, ["a"])).toBe(left)
})

const zone: ClockZone = { least: 0, last: null, offset: null, stepsBack: 0 }
const metadata: NodeMetadata = { up: true, progress: 3, timers: ["t"], zone, past: ["a"] }
const clocks = Clocks.perfect({ horizon: 5 })

/** Says what it was called with, in place of what a moment means. */
const pass = (_: unknown, { least }: ClockZone, moment: number): ClockZone => ({
  ...zone,
  least: 1000 + 10 * least + moment
})

test("what is brought is learned where it is tracked: writes join the past, a moment passes", () => {
  expect(withKnowledge(clocks, metadata, { past: ["b"], moment: 7 }, pass)).toEqual({
    ...metadata,
    past: ["a", "b"],
    zone: { ...zone, least: 1007 }
  })
})

test("without clocks or without a moment only the past grows", () => {
  const grown = { ...metadata, past: ["a", "b"] }
  expect(withKnowledge(undefined, metadata, { past: ["b"], moment: 7 }, pass)).toEqual(grown)
  expect(withKnowledge(clocks, metadata, { past: ["b"], moment: null }, pass)).toEqual(grown)
  const timeless = { ...metadata, zone: null }
  expect(withKnowledge(clocks, timeless, { past: ["b"], moment: 7 }, pass)).toEqual({ ...timeless, past: ["a", "b"] })
})

test("where no past is tracked, or none is brought, none is known afterwards, and a moment passes all the same", () => {
  const later = { ...metadata, past: null, zone: { ...zone, least: 1007 } }
  expect(withKnowledge(clocks, { ...metadata, past: null }, { past: ["b"], moment: 7 }, pass)).toEqual(later)
  expect(withKnowledge(clocks, metadata, { past: null, moment: 7 }, pass)).toEqual(later)
})

test("where nothing is tracked the companion stays the same object", () => {
  const plain = { ...metadata, past: null, zone: null }
  expect(withKnowledge(clocks, plain, { past: ["b"], moment: 7 }, pass)).toBe(plain)
})
