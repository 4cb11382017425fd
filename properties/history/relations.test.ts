import { describe, expect, test } from "vitest"
import { callsFrom } from "../../test/histories.ts"
import type { SessionCall } from "./History.ts"
import { inRealTime, inSessionOrder, isFrom, laterOnSameKey, type Order, readsFrom } from "./relations.ts"

/** Calls with the calls that come after them, for those that have any. */
const related = (calls: ReadonlyArray<SessionCall>, order: Order): ReadonlyArray<string> =>
  calls
    .map((left) => [left.id, "<", ...calls.filter((right) => order(left, right)).map(({ id }) => id)].join(" "))
    .filter((line) => !line.endsWith("<"))

describe("how calls are related", () => {
  const sessions = ["w(x,1) r(y)=- w(x,2)", "r(x)=1 r(x)=2"] as const

  test("the order of a session relates its own calls, and none to itself", () => {
    expect(related(callsFrom(...sessions), inSessionOrder)).toEqual(["s0.0 < s0.1 s0.2", "s0.1 < s0.2", "s1.0 < s1.1"])
  })

  test("from a call on are the call itself and those after it in its session", () => {
    expect(related(callsFrom(...sessions), isFrom)).toEqual([
      "s0.0 < s0.0 s0.1 s0.2",
      "s0.1 < s0.1 s0.2",
      "s0.2 < s0.2",
      "s1.0 < s1.0 s1.1",
      "s1.1 < s1.1"
    ])
  })

  test("later on the same key leaves out calls of another key in between", () => {
    expect(related(callsFrom(...sessions), laterOnSameKey)).toEqual(["s0.0 < s0.2", "s1.0 < s1.1"])
  })

  test("real time relates a call to those that were invoked after it was over, of whatever session", () => {
    const calls = callsFrom("w(x,1) r(x)=1", "r(x)=1").map((call) =>
      call.id === "s0.1" ? { ...call, after: ["s0.0", "s1.0"] } : call
    )
    expect(related(calls, inRealTime)).toEqual(["s0.0 < s0.1", "s1.0 < s0.1"])
  })

  test("a read of the key returned a write if it named it, alone or with others", () => {
    const calls = callsFrom("w(x,1) w(x,2) w(y,3)", "r(x)=1 r(x)=2,1 r(x)=- r(y)=1,2 r(y)=3")
    expect(related(calls, readsFrom)).toEqual(["s0.0 < s1.0 s1.1", "s0.1 < s1.1", "s0.2 < s1.4"])
  })
})
