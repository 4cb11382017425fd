/**
 * Stamps made by hand: `stamped(node, now, l)` is an event to which its node's clock gave l when its physical clock
 * showed `now`.
 */
import { describe, expect, test } from "vitest"
import type { Observation } from "plait"
import { applied, declared, noted, remembers, says, type Seen } from "../test/observed.ts"
import { aheadByAtMost, neverBehindPhysicalTime } from "./hybrid-time.ts"

const stamped = (node: number, now: number, l: number): Observation => noted("stamped", { now, stamp: { l } }, { node })

/** Neither is an event: something else that is noted, and something that is no note. */
const idle = [noted("compacted", { now: 9, stamp: { l: 0 } }), applied("a")]

test("both remember nothing but the least and the most that l was ahead", () => {
  const observer = "how far l is ahead of physical time"
  expect([declared(neverBehindPhysicalTime), declared(aheadByAtMost(3))]).toEqual([
    { kind: "monitor", name: "l never falls behind the physical clock", observer },
    { kind: "monitor", name: "l runs ahead of the physical clock by at most 3", observer }
  ])
  expect(remembers(aheadByAtMost(3), idle)).toEqual({ least: null, most: null })
  expect(remembers(aheadByAtMost(3), [stamped(0, 5, 7), ...idle])).toEqual({ least: 2, most: 2 })
  expect(remembers(aheadByAtMost(3), [stamped(0, 5, 7), stamped(1, 5, 4), stamped(0, 6, 9), stamped(0, 9, 9)])).toEqual(
    {
      least: -1,
      most: 3
    }
  )
})

describe("l never falls behind the physical clock", () => {
  test.each<[of: string, seen: Seen, verdict: string]>([
    ["nothing was stamped", idle, "silent"],
    ["l is what the clock shows, or more", [stamped(0, 5, 5), stamped(1, 5, 9)], "fine"],
    [
      "of two events of a step one's l is behind",
      [stamped(0, 5, 5), [stamped(1, 5, 5), ...idle, stamped(1, 6, 4)]],
      "In step 2 n1's physical clock shows 6, and its event gets l = 4, 2 behind it."
    ],
    [
      "both events of a step are behind",
      [[stamped(1, 5, 4), stamped(2, 7, 4)]],
      "In step 1 n1's physical clock shows 5, and its event gets l = 4, 1 behind it. " +
        "In step 1 n2's physical clock shows 7, and its event gets l = 4, 3 behind it."
    ]
  ])("%s", (_of, seen, verdict) => {
    expect(says(neverBehindPhysicalTime, undefined, seen)).toBe(verdict)
  })
})

describe("l runs ahead of the physical clock by at most 2", () => {
  test.each<[of: string, seen: Seen, verdict: string]>([
    ["nothing was stamped", idle, "silent"],
    ["l is ahead by 2, or behind by more", [stamped(0, 5, 7), stamped(1, 5, 0)], "fine"],
    [
      "l is ahead by 3 in one event of the last step",
      [stamped(0, 5, 5), [stamped(0, 5, 7), stamped(1, 4, 7)]],
      "In step 2 n1's physical clock shows 4, and its event gets l = 7, 3 ahead of it."
    ]
  ])("%s", (_of, seen, verdict) => {
    expect(says(aheadByAtMost(2), undefined, seen)).toBe(verdict)
  })
})
