import { setImmediate } from "node:timers/promises"
import { Effect } from "effect"
import { expect, test } from "vitest"
import { defaultLimits, isHeapFull, limitsFrom, Resources, SearchClock } from "./Limits.ts"

test("by default a search has twenty million states, ten thousand steps, ten minutes and four gibibytes", () => {
  expect(defaultLimits).toEqual({
    states: 20_000_000,
    depth: 10_000,
    timeMillis: 10 * 60 * 1000,
    memoryBytes: 4 * 1024 * 1024 * 1024
  })
})

const MEBIBYTE = 1024 * 1024

const spaces = (mebibytes: { readonly [name: string]: number }) =>
  Object.entries(mebibytes).map(([name, size]) => ({ space_name: name, space_used_size: size * MEBIBYTE }))

test("a heap is full if more than 85 percent of the room for old objects is in use", () => {
  // Young objects, in the spaces whose names begin with new_, have 3 · 64 MiB of the limit; 100 MiB are left.
  const limit = (192 + 100) * MEBIBYTE
  expect(isHeapFull(limit, spaces({ new_space: 190, old_space: 80, code_space: 5 }))).toBe(false)
  expect(isHeapFull(limit, spaces({ old_space: 80, new_large_object_space: 50, code_space: 6 }))).toBe(true)
  expect(isHeapFull(limit, spaces({ old_space: 0, old_new_space: 86 }))).toBe(true)
})

test("at least a quarter of a heap is taken to be for old objects", () => {
  // 200 MiB less those for young objects would be 8; a quarter is 50, and 85 percent of it 42.5.
  expect(isHeapFull(200 * MEBIBYTE, spaces({ old_space: 42 }))).toBe(false)
  expect(isHeapFull(200 * MEBIBYTE, spaces({ old_space: 43 }))).toBe(true)
})

test("this process is measured: it has memory, and its heap is not full", () => {
  const { heapIsFull, residentBytes } = Effect.runSync(Effect.service(Resources))
  expect(Resources.key).toBe("plait/explorer/Resources")
  expect([residentBytes() > 10 * MEBIBYTE, heapIsFull()]).toEqual([true, false])
})

test.each<[string, object]>([
  ["limits.states is 0, but it takes a whole number of at least 1, or Infinity for no bound", { states: 0 }],
  ["limits.states is NaN, but it takes a whole number of at least 1, or Infinity for no bound", { states: Number.NaN }],
  ["limits.depth is -1, but it takes a whole number of at least 0, or Infinity for no bound", { depth: -1 }],
  ["limits.depth is 1.5, but it takes a whole number of at least 0, or Infinity for no bound", { depth: 1.5 }],
  ["limits.timeMillis is -1, but it takes a number of at least 0", { timeMillis: -1 }],
  ['limits.memoryBytes is "1", but it takes a number of at least 0', { memoryBytes: "1" }],
  ["limits.timeMillis is null, but it takes a number of at least 0", { timeMillis: null }]
])("what is no limit is refused by name: %s", (problem, given) => {
  expect(() => limitsFrom("explore", given)).toThrow(new RangeError(`explore: ${problem}`))
})

test("a limit that does not exist is refused by name", () => {
  const problem = `explore, limits: an option is named "maxStates", but it takes states, depth, timeMillis, memoryBytes`
  expect(() => limitsFrom("explore", { maxStates: 9 } as object)).toThrow(new RangeError(problem))
})

test("a limit that is undefined has its default, and Infinity stands for none", () => {
  expect(limitsFrom("explore", { states: undefined } as object)).toEqual(defaultLimits)
  expect(limitsFrom("explore", { states: Infinity, timeMillis: 0 })).toEqual({
    ...defaultLimits,
    states: Infinity,
    timeMillis: 0
  })
})

test("garbage is collected when it is released", async () => {
  const { release } = Effect.runSync(Effect.service(Resources))
  const garbage = new WeakRef({ text: "left behind" })
  // What a WeakRef was made of or asked for lives until the end of the turn.
  await setImmediate()
  expect(release).toBeDefined()
  release?.()
  expect(garbage.deref()).toBe(undefined)
})

test("the clock of limits counts whole milliseconds of real time and never goes back", () => {
  const { nowMillis } = Effect.runSync(Effect.service(SearchClock))
  expect(SearchClock.key).toBe("plait/explorer/SearchClock")
  const moments = Array.from({ length: 1000 }, nowMillis)
  expect(moments.every(Number.isInteger)).toBe(true)
  expect(moments).toEqual(moments.toSorted((left, right) => left - right))
})
