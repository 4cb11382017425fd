/**
 * Possible readings of a clock, and the zone after each, derived by hand from the rules in src/model/Clocks.ts.
 * ClockZone.test.ts compares all of it with clocks that tick.
 */
import { expect, test } from "vitest"
import { type ClockModel, Clocks } from "../../model/index.ts"
import { afterDelivery, type ClockZone, initialZone, notBefore, readings as shownBy } from "./ClockZone.ts"

const readings = (clocks: ClockModel, node: number, zone: ClockZone) => [...shownBy(clocks, node, zone)]

const start: ClockZone = { least: 0, last: null, offset: null, stepsBack: 0 }

test("before anything happened it is moment 0, nothing was read, and all steps back are left", () => {
  expect(initialZone(Clocks.drifting({ horizon: 2, skew: 1, stepsBack: 3 }))).toEqual({ ...start, stepsBack: 3 })
})

test("a message brings the moment of its sending and the latency; moments past the horizon are one; none goes back", () => {
  const clocks = Clocks.perfect({ horizon: 5, latency: 2 })
  const zone = { ...start, least: 3 }
  expect(afterDelivery(clocks, zone, 2)).toEqual({ ...zone, least: 4 })
  expect(afterDelivery(clocks, zone, 4)).toEqual({ ...zone, least: 6 })
  expect(afterDelivery(clocks, zone, 9)).toEqual({ ...zone, least: 6 })
  expect([afterDelivery(clocks, zone, 1), afterDelivery(clocks, zone, 0)]).toEqual([zone, zone])
  expect([notBefore(clocks, zone, 3), notBefore(clocks, zone, 4)]).toEqual([zone, { ...zone, least: 4 }])
  // What brings nothing new is the same object, so that it is interned without being read.
  expect(notBefore(clocks, zone, 3)).toBe(zone)
})

test("a perfect clock shows the moments that are left, and it is that moment then", () => {
  const clocks = Clocks.perfect({ horizon: 3 })
  expect(readings(clocks, 0, { ...start, least: 2 })).toEqual([
    { value: 2, after: { ...start, least: 2, last: 2, offset: 0 } },
    { value: 3, after: { ...start, least: 3, last: 3, offset: 0 } }
  ])
  expect(readings(clocks, 0, { ...start, least: 4 })).toEqual([])
})

const values = (found: ReturnType<typeof readings>) => found.map(({ value }) => value)

test("a reading may repeat the last one unless readings are unique, and may not fall", () => {
  const zone = { ...start, least: 0, last: 1, offset: 0 }
  expect(values(readings(Clocks.perfect({ horizon: 3 }), 0, zone))).toEqual([1, 2, 3])
  expect(values(readings(Clocks.perfect({ horizon: 3, unique: true }), 0, zone))).toEqual([2, 3])
})

test("a step back costs one of the budget, falls below the last reading, and repeats nothing that is unique", () => {
  const clocks = Clocks.drifting({ horizon: 1, skew: 2, stepsBack: 2 })
  const zone = { ...start, last: 2, stepsBack: 2 }
  const left = (unique: boolean, stepsBack: number) =>
    readings({ ...clocks, unique }, 0, { ...zone, stepsBack }).map(({ after, value }) => [value, after.stepsBack])
  expect(left(false, 2)).toEqual([
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 2]
  ])
  expect(left(true, 1)).toEqual([
    [0, 0],
    [1, 0],
    [3, 1]
  ])
  expect(left(false, 0)).toEqual([
    [2, 0],
    [3, 0]
  ])
})

test("an offset that is given shifts the readings of its node, and nodes without one show real time", () => {
  const clocks = Clocks.offset([-2, 5], { horizon: 1 })
  const shown = (node: number) => readings(clocks, node, start)
  expect(shown(0)).toEqual([
    { value: -2, after: { ...start, least: 0, last: -2 } },
    { value: -1, after: { ...start, least: 1, last: -1 } }
  ])
  expect([values(shown(1)), values(shown(2))]).toEqual([
    [5, 6],
    [0, 1]
  ])
})

test("a fixed offset that is unknown is guessed once, and every later reading has it", () => {
  const clocks = Clocks.skewed({ horizon: 2, skew: 1 })
  // Moments 1 and 2 with offset 0 or 1: 1; 2 as 2 + 0 or 1 + 1; 3 as 2 + 1.
  const guesses = readings(clocks, 0, { ...start, least: 1 })
  expect(guesses.map(({ after, value }) => [value, after.least, after.offset])).toEqual([
    [1, 1, 0],
    [2, 2, 0],
    [2, 1, 1],
    [3, 2, 1]
  ])
  expect(readings(clocks, 0, { ...start, least: 1, last: 2, offset: 1 })).toEqual([
    { value: 2, after: { ...start, least: 1, last: 2, offset: 1 } },
    { value: 3, after: { ...start, least: 2, last: 3, offset: 1 } }
  ])
})

test("an offset that varies leaves the least moment at which the reading was possible", () => {
  // From moment 1 to 2, ahead by 0 to 2: value v is possible from moment max(1, v − 2) on, if that is not past 2.
  const clocks = Clocks.drifting({ horizon: 2, skew: 2 })
  const found = readings(clocks, 0, { ...start, least: 1 })
  expect(found).toEqual([
    { value: 1, after: { ...start, least: 1, last: 1 } },
    { value: 2, after: { ...start, least: 1, last: 2 } },
    { value: 3, after: { ...start, least: 1, last: 3 } },
    { value: 4, after: { ...start, least: 2, last: 4 } }
  ])
  // It is past the horizon: whatever the offset, nothing is read any more.
  expect(readings(clocks, 0, { ...start, least: 3 })).toEqual([])
})

const LARGE = 2 ** 50

test.each<readonly [clock: string, clocks: ClockModel, zone: ClockZone, values: ReadonlyArray<number>]>([
  ["that is perfect", Clocks.perfect({ horizon: LARGE }), start, [0, 1, 2]],
  ["that runs ahead", Clocks.offset([LARGE], { horizon: LARGE }), start, [LARGE, LARGE + 1, LARGE + 2]],
  ["ahead by an unknown amount", Clocks.skewed({ horizon: LARGE, skew: LARGE }), start, [0, 1, 1]],
  ["that drifts", Clocks.drifting({ horizon: LARGE, skew: LARGE }), start, [0, 1, 2]],
  [
    "that drifted far",
    Clocks.drifting({ horizon: LARGE, skew: LARGE }),
    { ...start, last: LARGE },
    [LARGE, LARGE + 1, LARGE + 2]
  ],
  [
    "that drifted far and repeats nothing",
    Clocks.drifting({ horizon: LARGE, skew: LARGE, unique: true }),
    { ...start, last: LARGE },
    [LARGE + 1, LARGE + 2, LARGE + 3]
  ],
  ["whose time is up", Clocks.drifting({ horizon: 2, skew: LARGE }), { ...start, least: 3 }, []],
  ["at the last moment", Clocks.skewed({ horizon: 2, skew: LARGE }), { ...start, least: 2 }, [2, 3, 4]]
])("a clock %s is asked for as many readings as are wanted, however many there are", (_, clocks, zone, values) => {
  expect([...shownBy(clocks, 0, zone).take(3)].map(({ value }) => value)).toEqual(values)
})
