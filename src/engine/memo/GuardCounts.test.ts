/**
 * Answers of guards, counted.
 */
import { expect, test } from "vitest"
import { GuardCounts } from "./GuardCounts.ts"

test("each action that has a guard starts at nothing and counts its own answers", () => {
  const counts = new GuardCounts(["invoke Put", "deliver Ack"])
  expect(counts.get("invoke Put")).toEqual({ enabled: 0, disabled: 0 })
  for (const enabled of [true, false, true]) counts.count("invoke Put", enabled)
  counts.count("deliver Ack", false)
  expect(counts.get("invoke Put")).toEqual({ enabled: 2, disabled: 1 })
  expect(counts.get("deliver Ack")).toEqual({ enabled: 0, disabled: 1 })
})

test("an action without a guard has no counts, and is not given any by an answer", () => {
  const counts = new GuardCounts(["invoke Put"])
  counts.count("invoke Get", true)
  expect(counts.get("invoke Get")).toBe(undefined)
})
