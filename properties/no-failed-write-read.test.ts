import { describe, expect, test } from "vitest"
import { type Event, observation, read, remembered, says, write } from "../test/histories.ts"
import { noFailedWriteIsRead } from "./no-failed-write-read.ts"

const failed = (id: string, name: string): ReadonlyArray<Event> => [
  [id, "invoked"],
  [id, "wrote", "", name],
  [id, "rejected"]
]

describe("no read returns a write that was reported failed", () => {
  const name = "no read returns a write that was reported failed"

  test("is refuted by such a read, and stays so whatever is read afterwards", () => {
    const refuted = "A read returned a, whose client had been told that it failed."
    const events = [...failed("s0.0", "a"), ...failed("s1.0", "b"), ...read("s2.0", "", "a")]
    expect(says(noFailedWriteIsRead, events)).toBe(refuted)
    expect(says(noFailedWriteIsRead, [...events, ...read("s2.1", "", "b"), ...read("s2.2", "")])).toBe(refuted)
  })

  test("is refuted by a read that returns it among others, under the name of the write that failed", () => {
    const events = [...write("s0.0", "", "a"), ...failed("s1.0", "b"), ...read("s2.0", "", "a", "b")]
    expect(says(noFailedWriteIsRead, events)).toBe("A read returned b, whose client had been told that it failed.")
  })

  test("holds where reads return other writes, or returned it before it failed", () => {
    expect(says(noFailedWriteIsRead, [...failed("s0.0", "a"), ...read("s1.0", "", "b"), ...read("s1.1", "")])).toBe(
      "fine"
    )
    const before: ReadonlyArray<Event> = [
      ["s0.0", "wrote", "", "a"],
      ["s1.0", "read", "", "a"],
      ["s0.0", "rejected"]
    ]
    expect(says(noFailedWriteIsRead, before)).toBe("fine")
  })

  test("is silent before a write was reported failed: reads that fail are none, nor is what belongs to no operation", () => {
    expect(says(noFailedWriteIsRead, [...write("s0.0", "", "a"), ...read("s1.0", "", "a")])).toBe("silent")
    expect(says(noFailedWriteIsRead, [...write("s0.0", "", "a"), ["s0.1", "rejected"]])).toBe("silent")
    expect(
      says(noFailedWriteIsRead, [
        [null, "wrote", "", "a"],
        [null, "rejected"]
      ])
    ).toBe("silent")
  })

  test("remembers which operation wrote what and, sorted, what failed; nothing of replicas", () => {
    const observer = noFailedWriteIsRead.observer
    if (observer === undefined) throw new Error("it observes")
    const seen = remembered(observer, [...failed("s1.0", "b"), ...failed("s0.0", "a")])
    expect([observer.name, observer.initial, seen]).toEqual([
      "writes reported failed, and whether one was read",
      { writes: {}, failed: [], read: null },
      { writes: { "s0.0": "a", "s1.0": "b" }, failed: ["a", "b"], read: null }
    ])
    expect(observer.observe(seen, { kind: "applied", write: "a", node: 1, past: [] })).toBe(seen)
    expect(observer.observe(seen, observation(["s0.0", "acknowledged"]))).toBe(seen)
    expect(noFailedWriteIsRead.name).toBe(name)
  })
})
