/**
 * Budgets of a search, checked before every expansion: a search that hits one is incomplete, never a pass.
 */
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { Context } from "effect"
import { constant } from "effect/Function"
import { amount, options, wholeNumber } from "../model/Checked.ts"

/** The budgets. Infinity stands for no limit. */
export interface Limits {
  /** Distinct states, at least 1. */
  readonly states: number
  /** Steps from an initial state; states at this depth are not expanded. */
  readonly depth: number
  readonly timeMillis: number
  /** Resident size of the process. */
  readonly memoryBytes: number
}

/** Finite by default: twenty million states, ten minutes, four gibibytes. */
export const defaultLimits: Limits = {
  states: 20_000_000,
  depth: 10_000,
  timeMillis: 600_000,
  memoryBytes: 4 * 2 ** 30
}

/**
 * The limits of a search, with defaults for those that are not given. Throws `RangeError` for a value that is no limit.
 */
export const limitsFrom = (of: string, given: Partial<Limits> = {}): Limits => {
  options(`${of}, limits`, given, Object.keys(defaultLimits))
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  const limits: Limits = { ...defaultLimits, ...Object.fromEntries(entries) }
  wholeNumber({ of, name: "limits.states" }, limits.states, { least: 1, orInfinity: true })
  wholeNumber({ of, name: "limits.depth" }, limits.depth, { orInfinity: true })
  amount({ of, name: "limits.timeMillis" }, limits.timeMillis)
  amount({ of, name: "limits.memoryBytes" }, limits.memoryBytes)
  return limits
}

/** Resource use of the process. */
export interface ResourceUse {
  /** Resident size in bytes, as the operating system counts it. */
  readonly residentBytes: () => number
  /** True if the heap of the JavaScript engine is so full that it might overflow. */
  readonly heapIsFull: () => boolean
  /** Collects garbage, such as that of an earlier search, and returns its pages to the operating system. */
  readonly release?: () => void
}

/** Share of the heap's limit in use above which a search stops. */
const FULLEST_HEAP = 0.85

/** Most bytes that V8 uses for young objects (three semi-spaces of 64 MiB); its limit for the heap includes them. */
const YOUNG_BYTES = 3 * 64 * 2 ** 20

/** A part of the heap as V8 reports it. */
interface HeapSpace {
  readonly space_name: string
  readonly space_used_size: number
}

/**
 * True if the space of old objects is full, whose overflow ends the process. V8 reports only the limit of the whole
 * heap. In a process started with smaller semi-spaces this overestimates, and a search stops early.
 */
export const isHeapFull = (limit: number, spaces: ReadonlyArray<HeapSpace>): boolean => {
  const old = spaces.filter(({ space_name: name }) => !name.startsWith("new_"))
  const used = old.reduce((sum, { space_used_size: size }) => sum + size, 0)
  return used / Math.max(limit - YOUNG_BYTES, limit / 4) > FULLEST_HEAP
}

const ofThisProcess: ResourceUse = {
  // oxlint-disable-next-line no-restricted-globals -- a memory limit has to measure the process
  residentBytes: () => process.memoryUsage.rss(),
  heapIsFull: () => isHeapFull(getHeapStatistics().heap_size_limit, getHeapSpaceStatistics()),
  release: () => collector()({ type: "major", execution: "sync", flavor: "last-resort" })
}

/** The collector that V8 offers. It is hidden by default; a context created after the flag is set has it. */
const collector = (): ((options: object) => void) => {
  setFlagsFromString("--expose-gc")
  return runInNewContext("gc") as (options: object) => void
}

/** Read when the module is loaded, before a test's fake timers can replace it. */
// oxlint-disable-next-line no-restricted-globals -- a time limit has to measure real time
const monotonic = performance.now.bind(performance)

/** The clock of limits and slices: a real one, independent of the clock that a program or a test gives its effects. */
export const SearchClock = Context.Reference("plait/explorer/SearchClock", {
  defaultValue: constant({
    /** Whole milliseconds since some moment; never goes back. */
    nowMillis: (): number => Math.floor(monotonic())
  })
})

/** Measures the process; a test can provide its own figures. */
export const Resources = Context.Reference("plait/explorer/Resources", { defaultValue: constant(ofThisProcess) })
