/**
 * The most ways in which one call of a handler can go, to the last one.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { refusalOf } from "../../../test/programs.ts"
import { type AnyHandler, Choice, Clocks, type HandlerServices, LocalClock, Machine } from "../../model/index.ts"
import { Interner } from "../interning/Interner.ts"
import { initialZone } from "../tracking/ClockZone.ts"
import { HandlerMemo, MOST_WAYS } from "./HandlerMemo.ts"

/** Calls a handler once, at a moment of real time: the number of ways it goes, and whether it is out of time. */
const called = (handler: Effect.Effect<unknown, never, HandlerServices>, { horizon = 0, moment = 0 } = {}) => {
  const clocks = Clocks.perfect({ horizon })
  const memo = new HandlerMemo("system", clocks, false)
  const locals = new Interner()
  const machine = Machine.make("machine", { state: Schema.Unknown, initial: () => null }).handlers({})
  const key = { machine, name: "Put", handler: (() => Effect.as(handler, null)) as AnyHandler, index: 0 }
  const found = { ways: 0, outOfTime: 0 }
  const context = {
    self: 0,
    operation: undefined,
    sender: undefined,
    neighbours: [],
    zone: { ...initialZone(clocks), least: moment },
    outOfTime: () => found.outOfTime++
  }
  memo.outcomes(key, locals, locals.intern(null), 0, "input", context, () => found.ways++)
  return found
}

const chooses = (alternatives: number) => Choice.use(({ index }) => index(alternatives))

const refusal = (why: string) => ({
  offence: "can go in too many ways",
  detail: `${why}; at most 65536 ways are tried`
})

test("a choice is tried to the last alternative that is one of so many ways, and no further", () => {
  expect(called(chooses(MOST_WAYS))).toEqual({ ways: 65_536, outOfTime: 0 })
  expect(refusalOf(() => called(chooses(MOST_WAYS + 1)))).toMatchObject(refusal("it chose among 65537 alternatives"))
})

test("ways of several choices are counted together", () => {
  const both = (first: number, next: number) => Effect.andThen(chooses(first), chooses(next))
  expect(refusalOf(() => called(both(2, MOST_WAYS / 2 + 1)))).toMatchObject(
    refusal("what it chooses, and reads of its clock, multiplies")
  )
})

test("a clock is read to the last value that is one of so many ways, and no further", () => {
  expect(called(LocalClock.now, { horizon: MOST_WAYS - 1 }).ways).toBe(65_536)
  expect(refusalOf(() => called(LocalClock.now, { horizon: MOST_WAYS + 7, moment: 7 }))).toMatchObject(
    refusal("it read a clock whose horizon is 65543, at moment 7 or later")
  )
})

test("a call is out of time where its clock shows nothing more", () => {
  expect(called(LocalClock.now, { horizon: 2, moment: 2 })).toEqual({ ways: 1, outOfTime: 0 })
  expect(called(LocalClock.now, { horizon: 2, moment: 3 })).toEqual({ ways: 0, outOfTime: 1 })
  expect(called(Effect.void, { horizon: 2, moment: 3 })).toEqual({ ways: 1, outOfTime: 0 })
})
