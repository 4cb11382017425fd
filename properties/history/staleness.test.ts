import { describe, expect, test } from "vitest"
import { callsFrom, historyOf } from "../../test/histories.ts"
import { misses, ordered, staleInWords } from "./staleness.ts"

/**
 * For each write of its key, true if the last call of these sessions misses it: if one of concurrent writes wins, and
 * with siblings.
 */
const missed = (...sessions: ReadonlyArray<string>) => {
  const found = ordered(historyOf(callsFrom(...sessions)))
  const read = found.calls.at(-1)
  const writes = found.calls.filter(({ key, kind }) => kind === "write" && key === read?.key)
  const by = (siblings: boolean) =>
    writes.filter((write) => read !== undefined && misses(read, write, found, { siblings })).map(({ id }) => id)
  return { wins: by(false), siblings: by(true) }
}

describe("a read misses a write", () => {
  test("where it returned nothing", () => {
    expect(missed("w(x,1)", "r(x)=-")).toEqual({ wins: ["s0.0"], siblings: ["s0.0"] })
  })

  test("where it returned what came before it; and does not miss what it returned or what came before that", () => {
    expect(missed("w(x,1) w(x,2) w(x,3)", "r(x)=2")).toEqual({ wins: ["s0.2"], siblings: ["s0.2"] })
  })

  test("where siblings are returned also if it returned a concurrent one, which elsewhere may have won", () => {
    expect(missed("w(x,1)", "w(x,2)", "r(x)=1")).toEqual({ wins: [], siblings: ["s1.0"] })
    expect(missed("w(x,1)", "w(x,2)", "r(x)=1,2")).toEqual({ wins: [], siblings: [] })
  })

  test("only if each of several that it returned came before it", () => {
    expect(missed("w(x,1) w(x,3)", "w(x,2)", "r(x)=1,2")).toEqual({ wins: [], siblings: ["s0.1"] })
    expect(missed("w(x,1)", "w(x,2)", "r(x)=1,2 w(x,3)", "r(x)=1,2")).toEqual({ wins: ["s2.1"], siblings: ["s2.1"] })
  })

  test("where a write came before it through a read of another session", () => {
    expect(missed("w(x,1)", "r(x)=1 w(x,2)", "r(x)=1")).toEqual({ wins: ["s1.1"], siblings: ["s1.1"] })
  })

  test("not where it returned the write itself, even in a history whose causal order goes in a circle", () => {
    expect(missed("r(x)=1 w(x,1) r(x)=1")).toEqual({ wins: [], siblings: [] })
  })
})

test("one of concurrent writes wins unless told that reads return siblings", () => {
  const found = ordered(historyOf(callsFrom("w(x,1)", "w(x,2)", "r(x)=1")))
  const [, other, read] = found.calls
  if (other === undefined || read === undefined) throw new Error("three calls")
  expect(misses(read, other, found, {})).toBe(false)
})

test("a stale read is told with the write that it missed and the reason", () => {
  const [write, read] = callsFrom("w(x,1)", "r(x)=-")
  if (write === undefined || read === undefined) throw new Error("two calls")
  expect(staleInWords(read, write, " before, in the same session")).toBe(
    "s1 read x = nothing, although s0 wrote x := 1 before, in the same session."
  )
})
