import { describe, expect, test } from "vitest"
import { type Event, read, says, write } from "../test/histories.ts"
import { linearizability, sequentialConsistency } from "./linearizability.ts"

describe("linearizability", () => {
  const late = [...write("s0.0", "", "a"), ...read("s1.0", "")]

  test("is refuted by a read that finds nothing after the write was acknowledged; sequential consistency is not", () => {
    expect(says(linearizability, late)).toBe(
      "No order that real time allows explains this: s0 wrote a; s1 read nothing."
    )
    expect(says(sequentialConsistency, late)).toBe("fine")
  })

  test("allows a read to find nothing, or the write, while the write is under way, but not new and then old", () => {
    const underWay: ReadonlyArray<Event> = [
      ["s0.0", "invoked"],
      ["s0.0", "wrote", "", "a"]
    ]
    expect(says(linearizability, [...underWay, ...read("s1.0", "")])).toBe("fine")
    expect(says(linearizability, [...underWay, ...read("s1.0", "", "a")])).toBe("fine")
    expect(says(linearizability, [...underWay, ...read("s1.0", "", "a"), ...read("s2.0", "")])).toBe(
      "No order that real time allows explains this: s0 wrote a; s1 read a; s2 read nothing."
    )
  })

  test("judges each key by itself and shows the calls of the one that is broken", () => {
    const keys = [
      ...write("s0.0", "x", "a"),
      ...write("s0.1", "y", "b"),
      ...read("s1.0", "x", "a"),
      ...read("s1.1", "y")
    ]
    expect(says(linearizability, keys)).toBe(
      "No order that real time allows explains this: s0 wrote y := b; s1 read y = nothing."
    )
  })

  test("a read that returns two writes is none of a register", () => {
    const both = [...write("s0.0", "", "a"), ...write("s1.0", "", "b"), ...read("s2.0", "", "a", "b")]
    expect(says(linearizability, both)).toBe(
      "No order that real time allows explains this: s0 wrote a; s1 wrote b; s2 read a, b."
    )
  })

  test("is silent before anything was read", () => {
    expect(says(linearizability, write("s0.0", "", "a"))).toBe("silent")
  })
})

describe("sequential consistency", () => {
  test("is refuted by two sessions that each miss what the other wrote first, though each key by itself is in order", () => {
    const missed = [...write("s0.0", "x", "a"), ...read("s0.1", "y"), ...write("s1.0", "y", "b"), ...read("s1.1", "x")]
    expect(says(sequentialConsistency, missed)).toBe(
      "No order that keeps each session's own explains this: " +
        "s0 wrote x := a; s1 read x = nothing; s0 read y = nothing; s1 wrote y := b."
    )
  })

  test("holds where one of them finds it", () => {
    const found = [
      ...write("s0.0", "x", "a"),
      ...read("s0.1", "y"),
      ...write("s1.0", "y", "b"),
      ...read("s1.1", "x", "a")
    ]
    expect(says(sequentialConsistency, found)).toBe("fine")
  })

  test("keeps a session's own order", () => {
    expect(says(sequentialConsistency, [...read("s0.0", "", "a"), ...write("s0.1", "", "a")])).toBe(
      "No order that keeps each session's own explains this: s0 read a; s0 wrote a."
    )
  })

  test("is silent before anything was read", () => {
    expect(says(sequentialConsistency, write("s0.0", "", "a"))).toBe("silent")
  })
})

test("only linearizability observes real time", () => {
  const properties = [linearizability, sequentialConsistency]
  expect(properties.map(({ name, observer }) => [name, observer?.name, observer?.timed])).toEqual([
    ["linearizability", "sessions and their real-time order", true],
    ["sequential consistency", "sessions", false]
  ])
})
