import { describe, expect, test } from "vitest"
import { type Event, read, says, write } from "../test/histories.ts"
import { readYourWrites } from "./read-your-writes.ts"

describe("read your writes", () => {
  test("is refuted by a read that finds nothing after the session's own write", () => {
    expect(says(readYourWrites(), [...write("s0.0", "", "a"), ...read("s0.1", "")])).toBe(
      "s0 read nothing, although s0 wrote a before, in the same session."
    )
  })

  test("is refuted by a value that the own write replaced, not by a concurrent one that won", () => {
    const own = [...read("s0.0", "", "a"), ...write("s0.1", "", "b")]
    expect(says(readYourWrites(), [...write("s1.0", "", "a"), ...own, ...read("s0.2", "", "a")])).toBe(
      "s0 read a, although s0 wrote b before, in the same session."
    )
    expect(says(readYourWrites(), [...write("s1.0", "", "c"), ...own, ...read("s0.2", "", "c")])).toBe("fine")
  })

  test("is refuted by the read that is stale, though others before and after it are not", () => {
    const reads = [...read("s0.1", "x", "a"), ...read("s0.2", "x"), ...read("s0.3", "x", "a")]
    expect(says(readYourWrites(), [...write("s0.0", "x", "a"), ...reads])).toBe(
      "s0 read x = nothing, although s0 wrote x := a before, in the same session."
    )
  })

  test("demands more where concurrent values are all returned: the own write, or one after it", () => {
    const events = [...write("s1.0", "", "c"), ...write("s0.0", "", "a"), ...read("s0.1", "", "c")]
    expect(says(readYourWrites(), events)).toBe("fine")
    expect(says(readYourWrites({ siblings: true }), events)).toBe(
      "s0 read c, although s0 wrote a before, in the same session."
    )
    expect(says(readYourWrites({ siblings: true }), [...events.slice(0, -1), ["s0.1", "read", "", "a", "c"]])).toBe(
      "fine"
    )
  })

  test("is silent about a write that its client was told had failed, about another key, and about other sessions", () => {
    const failed: ReadonlyArray<Event> = [
      ["s0.0", "wrote", "", "a"],
      ["s0.0", "rejected"]
    ]
    expect(says(readYourWrites(), [...failed, ...read("s0.1", "")])).toBe("silent")
    expect(says(readYourWrites(), [...write("s0.0", "x", "a"), ...read("s0.1", "y")])).toBe("silent")
    expect(says(readYourWrites(), [...write("s0.0", "x", "a"), ...read("s1.0", "x")])).toBe("silent")
  })

  test("is silent about reads before the write, and about what comes after it but is no read", () => {
    expect(says(readYourWrites(), [...read("s0.0", "x"), ...write("s0.1", "x", "a")])).toBe("silent")
    expect(says(readYourWrites(), [...read("s0.0", "x"), ...read("s0.1", "x")])).toBe("silent")
    expect(says(readYourWrites(), [...write("s0.0", "x", "a"), ...write("s0.1", "x", "b")])).toBe("silent")
  })

  test("is a property over the histories of sessions, under its name", () => {
    const { name, observer } = readYourWrites()
    expect([name, observer?.name]).toEqual(["read your writes", "sessions"])
  })
})
