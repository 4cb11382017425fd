import { describe, expect, test } from "vitest"
import { callsFrom, historyOf } from "../../test/histories.ts"
import { callsByKey, isRegisterHistory } from "./register.ts"
import { inSessionOrder, type Order } from "./relations.ts"

const free: Order = () => false

describe("whether calls are those of registers", () => {
  test.each([
    { says: "a read returns the last write", sessions: ["w(x,1) w(x,2) r(x)=2"], is: true },
    { says: "not the one before", sessions: ["w(x,1) w(x,2) r(x)=1"], is: false },
    { says: "nothing before the first write", sessions: ["r(x)=- w(x,1)"], is: true },
    { says: "and not after it", sessions: ["w(x,1) r(x)=-"], is: false },
    { says: "nor what is written later", sessions: ["r(x)=1 w(x,1)"], is: false },
    { says: "nor what nobody wrote", sessions: ["w(x,1) r(x)=2"], is: false },
    { says: "keys are registers of their own", sessions: ["w(x,1) w(y,2) r(x)=1 r(y)=2 r(z)=-"], is: true },
    {
      says: "a register holds one write: a read of two is none of it",
      sessions: ["w(x,1)", "w(x,2)", "r(x)=2,1"],
      is: false
    },
    { says: "not even if it holds the first of them", sessions: ["w(x,2)", "w(x,1)", "r(x)=1,2"], is: false },
    { says: "sessions may be woven", sessions: ["w(x,1) r(x)=2", "w(x,2) r(x)=2"], is: true },
    { says: "so that the write given first is the last", sessions: ["w(x,1)", "w(x,2) r(x)=1"], is: true },
    { says: "but in one way for all", sessions: ["w(x,1) r(x)=2", "w(x,2) r(x)=1"], is: false },
    { says: "over all keys", sessions: ["w(x,1) r(y)=-", "w(y,2) r(x)=-"], is: false },
    { says: "a write without an answer may have happened", sessions: ["w(x,1)?", "r(x)=1"], is: true },
    { says: "or not", sessions: ["w(x,1)?", "r(x)=-"], is: true },
    { says: "or after another read", sessions: ["w(x,1)?", "r(x)=- r(x)=1"], is: true },
    { says: "but is not undone", sessions: ["w(x,1)?", "r(x)=1 r(x)=-"], is: false }
  ])("$says: $sessions", ({ is, sessions }) => {
    expect(isRegisterHistory(callsFrom(...sessions), inSessionOrder)).toBe(is)
  })

  test("only the given order binds: without it a session may have read before it wrote", () => {
    expect(isRegisterHistory(callsFrom("w(x,1) r(x)=-"), free)).toBe(true)
  })

  test('writes that are called 1 and "1" are different ones', () => {
    const calls = callsFrom("w(x,1)", "w(x,2)", "r(x)=1 r(x)=2")
    const numbered = calls.map((call) => (call.id === "s2.0" ? { ...call, writes: [1] } : call))
    expect([isRegisterHistory(calls, inSessionOrder), isRegisterHistory(numbered, inSessionOrder)]).toEqual([
      true,
      false
    ])
  })
})

test("calls are sorted by key, without those of which nobody knows yet what they are", () => {
  const calls = callsFrom("w(x,1) w(y,2) ?", "r(x)=1")
  expect(callsByKey(historyOf(calls)).map((list) => list.map(({ id }) => id))).toEqual([["s0.0", "s1.0"], ["s0.1"]])
})
