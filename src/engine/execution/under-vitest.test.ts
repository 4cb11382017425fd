/**
 * Guards of the globals that tell the time, beside what a test runner does with the same globals.
 */
import { afterEach, expect, test, vi } from "vitest"
import { callModelCode, withTimeLimit } from "./ModelCode.ts"

const inModel = (run: () => unknown) => () =>
  withTimeLimit(60_000, "a system", () => callModelCode(() => ({ where: "f", input: "" }), run))

afterEach(() => {
  vi.useRealTimers()
})

test("a test's fake timers go on, during a search and after it, and the model is refused all the same", () => {
  vi.useFakeTimers({ toFake: ["Date", "performance", "hrtime"] })
  vi.setSystemTime(7)
  const [date, now] = [Date, performance.now]
  expect(withTimeLimit(60_000, "a system", () => [Date.now(), new Date().getTime()])).toEqual([7, 7])
  expect(inModel(() => new Date())).toThrow("It called new Date().")
  expect(inModel(() => performance.now())).toThrow("It called performance.now().")
  expect([Date, performance.now]).toEqual([date, now])
  vi.advanceTimersByTime(5)
  expect(Date.now()).toBe(12)
})

test("code of a model may write to the console, which a test runner stamps with a time of its own", () => {
  expect(inModel(() => console.debug("said by code of a model"))).not.toThrow()
})
