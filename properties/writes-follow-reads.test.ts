import { describe, expect, test } from "vitest"
import { read, says, write } from "../test/histories.ts"
import { writesFollowReads } from "./writes-follow-reads.ts"

describe("writes follow reads", () => {
  const answer = [...write("s0.0", "x", "a"), ...read("s1.0", "x", "a"), ...write("s1.1", "y", "b")]
  const missed =
    "s2 read x = nothing, although s0 wrote x := a, s1 read that and then wrote b, and s2 had read the latter."

  test("is refuted by a reader of the answer who misses what it answers", () => {
    expect(says(writesFollowReads(), [...answer, ...read("s2.0", "y", "b"), ...read("s2.1", "x")])).toBe(missed)
  })

  test("is refuted by the read that misses it, though one before it did not", () => {
    const reads = [...read("s2.0", "y", "b"), ...read("s2.1", "x", "a"), ...read("s2.2", "x")]
    expect(says(writesFollowReads(), [...answer, ...reads])).toBe(missed)
  })

  test("holds for a reader who sees both, and for one who sees an answer to the same key", () => {
    expect(says(writesFollowReads(), [...answer, ...read("s2.0", "y", "b"), ...read("s2.1", "x", "a")])).toBe("fine")
    const sameKey = [...write("s0.0", "x", "a"), ...read("s1.0", "x", "a"), ...write("s1.1", "x", "b")]
    expect(says(writesFollowReads(), [...sameKey, ...read("s2.0", "x", "b")])).toBe("fine")
    expect(says(writesFollowReads(), [...sameKey, ...read("s2.0", "x", "a")])).toBe("silent")
  })

  test("is silent about who looks the other way round, elsewhere, or at another key, and about who never saw the answer", () => {
    expect(says(writesFollowReads(), [...answer, ...read("s2.0", "x"), ...read("s2.1", "y", "b")])).toBe("silent")
    expect(says(writesFollowReads(), [...answer, ...read("s2.0", "y", "b"), ...read("s3.0", "x")])).toBe("silent")
    expect(says(writesFollowReads(), [...answer, ...read("s2.0", "y", "b"), ...read("s2.1", "z")])).toBe("silent")
    expect(says(writesFollowReads(), [...answer, ...read("s2.0", "y"), ...read("s2.1", "x")])).toBe("silent")
    expect(says(writesFollowReads(), [...answer, ...read("s2.0", "y", "b"), ...write("s2.1", "x", "c")])).toBe("silent")
  })

  test("is silent where the writer had not read what it seems to answer, or read it only afterwards", () => {
    const reader = [...read("s2.0", "y", "b"), ...read("s2.1", "x")]
    const unread = [...write("s0.0", "x", "a"), ...read("s1.0", "x"), ...write("s1.1", "y", "b")]
    expect(says(writesFollowReads(), [...unread, ...reader])).toBe("silent")
    const afterwards = [...write("s0.0", "x", "a"), ...write("s1.0", "y", "b"), ...read("s1.1", "x", "a")]
    expect(says(writesFollowReads(), [...afterwards, ...reader])).toBe("silent")
  })

  test("demands more where concurrent values are all returned", () => {
    const other = [...write("s3.0", "x", "c"), ...answer, ...read("s2.0", "y", "b"), ...read("s2.1", "x", "c")]
    expect(says(writesFollowReads(), other)).toBe("fine")
    expect(says(writesFollowReads({ siblings: true }), other)).toBe(missed.replace("nothing", "c"))
  })

  test("is a property over the histories of sessions, under its name", () => {
    const { name, observer } = writesFollowReads()
    expect([name, observer?.name]).toEqual(["writes follow reads", "sessions"])
  })
})
