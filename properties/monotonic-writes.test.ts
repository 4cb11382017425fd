import { describe, expect, test } from "vitest"
import { read, says, write } from "../test/histories.ts"
import { monotonicWrites } from "./monotonic-writes.ts"

describe("monotonic writes", () => {
  const both = [...write("s0.0", "x", "a"), ...write("s0.1", "y", "b")]

  test("is refuted by a reader of the second write who misses the first", () => {
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "y", "b"), ...read("s1.1", "x")])).toBe(
      "s1 read x = nothing, although s0 wrote x := a before s0 wrote y := b, which s1 had read."
    )
  })

  test("is refuted by the read that misses it, though one before it did not", () => {
    const reads = [...read("s1.0", "y", "b"), ...read("s1.1", "x", "a"), ...read("s1.2", "x")]
    expect(says(monotonicWrites(), [...both, ...reads])).toBe(
      "s1 read x = nothing, although s0 wrote x := a before s0 wrote y := b, which s1 had read."
    )
  })

  test("holds for a reader who sees both, and for one who sees the second of two writes of one key", () => {
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "y", "b"), ...read("s1.1", "x", "a")])).toBe("fine")
    const sameKey = [...write("s0.0", "x", "a"), ...write("s0.1", "x", "b")]
    expect(says(monotonicWrites(), [...sameKey, ...read("s1.0", "x", "b")])).toBe("fine")
    expect(says(monotonicWrites(), [...sameKey, ...read("s1.0", "x", "a")])).toBe("silent")
  })

  test("is silent about who looks the other way round, elsewhere, or at another key, and about who never saw the second", () => {
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "x"), ...read("s1.1", "y", "b")])).toBe("silent")
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "y", "b"), ...read("s2.0", "x")])).toBe("silent")
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "y", "b"), ...read("s1.1", "z")])).toBe("silent")
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "y"), ...read("s1.1", "x")])).toBe("silent")
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "y", "b"), ...write("s1.1", "x", "c")])).toBe("silent")
  })

  test("is silent about writes of two sessions, and about what the writer had read", () => {
    const two = [...write("s0.0", "x", "a"), ...write("s2.0", "y", "b")]
    expect(says(monotonicWrites(), [...two, ...read("s1.0", "y", "b"), ...read("s1.1", "x")])).toBe("silent")
    const answer = [...read("s0.0", "x"), ...write("s0.1", "y", "b")]
    expect(says(monotonicWrites(), [...answer, ...read("s1.0", "y", "b"), ...read("s1.1", "x")])).toBe("silent")
  })

  test("demands more where concurrent values are all returned", () => {
    const other = [...write("s2.0", "x", "c"), ...both, ...read("s1.0", "y", "b"), ...read("s1.1", "x", "c")]
    expect(says(monotonicWrites(), other)).toBe("fine")
    expect(says(monotonicWrites({ siblings: true }), other)).toBe(
      "s1 read x = c, although s0 wrote x := a before s0 wrote y := b, which s1 had read."
    )
  })

  test("is a property over the histories of sessions, under its name", () => {
    const { name, observer } = monotonicWrites()
    expect([name, observer?.name]).toEqual(["monotonic writes", "sessions"])
  })
})
