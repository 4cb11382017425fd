/**
 * “an effect is never visible before its cause” is violated in 4 steps by race/leaders=3,delivery=any-order.
 * n2 shows update but not insert, which it depends on.
 */
// plait: race/leaders=3,delivery=any-order@0.0.0.0.2
import { expect, test } from "vitest"
import { replayCase } from "plait"
import config from "../../../plait.config.ts"

test("race/leaders=3,delivery=any-order: “an effect is never visible before its cause” is violated", () => {
  const { decided, steps } = replayCase(config.entries, "race/leaders=3,delivery=any-order@0.0.0.0.2")
  expect(steps).toEqual([
    "n0 is asked to Insert",
    "n1 receives Inserted from n0",
    "n1 is asked to Update",
    "n2 receives Updated from n1"
  ])
  expect(decided).toContain("an effect is never visible before its cause")
})
