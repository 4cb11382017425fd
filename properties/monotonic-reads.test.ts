import { describe, expect, test } from "vitest"
import { read, says, write } from "../test/histories.ts"
import { monotonicReads } from "./monotonic-reads.ts"

describe("monotonic reads", () => {
  const both = [...write("s0.0", "", "a"), ...write("s0.1", "", "b")]

  test("is refuted by a read that is older than an earlier one, and by one that finds nothing any more", () => {
    expect(says(monotonicReads(), [...both, ...read("s1.0", "", "b"), ...read("s1.1", "", "a")])).toBe(
      "s1 read b, and then s1 read a, which is older."
    )
    expect(says(monotonicReads(), [...both, ...read("s1.0", "", "a"), ...read("s1.1", "")])).toBe(
      "s1 read a, and then s1 read nothing, which is older."
    )
  })

  test("is refuted by the pair that is the wrong way round, though others are not", () => {
    const reads = [...read("s1.0", "", "a"), ...read("s1.1", "", "b"), ...read("s1.2", "", "a")]
    expect(says(monotonicReads(), [...both, ...reads])).toBe("s1 read b, and then s1 read a, which is older.")
  })

  test("holds where reads get newer, and where two concurrent writes are seen in turns", () => {
    expect(says(monotonicReads(), [...both, ...read("s1.0", "", "a"), ...read("s1.1", "", "b")])).toBe("fine")
    const concurrent = [...write("s0.0", "", "a"), ...write("s2.0", "", "c")]
    const turns = [...read("s1.0", "", "a"), ...read("s1.1", "", "c"), ...read("s1.2", "", "a")]
    expect(says(monotonicReads(), [...concurrent, ...turns])).toBe("fine")
    expect(says(monotonicReads({ siblings: true }), [...concurrent, ...turns])).toBe(
      "s1 read a, and then s1 read c, which is older."
    )
  })

  test("speaks of what an earlier read returned, not of what it missed", () => {
    expect(says(monotonicReads(), [...both, ...read("s1.0", "", "a"), ...read("s1.1", "", "a")])).toBe("fine")
    expect(says(monotonicReads(), [...both, ...read("s1.0", ""), ...read("s1.1", "")])).toBe("fine")
  })

  test("is silent about reads of two sessions, of two keys, and about a write between", () => {
    expect(says(monotonicReads(), [...both, ...read("s1.0", "", "b"), ...read("s2.0", "", "a")])).toBe("silent")
    const keys = [...write("s0.0", "x", "a"), ...write("s0.1", "y", "b")]
    expect(says(monotonicReads(), [...keys, ...read("s1.0", "x", "a"), ...read("s1.1", "y")])).toBe("silent")
    expect(says(monotonicReads(), [...both, ...read("s0.2", "", "a")])).toBe("silent")
    expect(says(monotonicReads(), [...read("s0.0", ""), ...write("s0.1", "", "a")])).toBe("silent")
  })

  test("is a property over the histories of sessions, under its name", () => {
    const { name, observer } = monotonicReads()
    expect([name, observer?.name]).toEqual(["monotonic reads", "sessions"])
  })
})
