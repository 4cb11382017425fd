/**
 * Guards for the globals that tell the time or draw random numbers, active while code of a model may run. No state
 * contains what a handler or predicate reads from them, so a verdict could not rest on it.
 *
 * Only access through the globals is guarded. A function taken from them before is the original: test runners and
 * plait's own clocks take theirs when they are loaded.
 */
import type { Offence } from "./ModelRefused.ts"

/**
 * Check before a guarded function runs; throws if the call is not allowed. `call` is the call, such as `Date.now()`.
 */
export type Check = (offence: Extract<Offence, "read the wall clock" | "used random numbers">, call: string) => void

type Callable = (...given: ReadonlyArray<unknown>) => unknown

/** Puts guards around the current functions. Returns a function that restores exactly those. */
export const guardAmbient = (check: Check): (() => void) => {
  const undo: Array<() => void> = []

  const replace = (holder: object | undefined, name: string, guarded: (original: Callable) => unknown): void => {
    const owner = ownerOf(holder, name)
    if (owner === undefined) return
    const original: unknown = Reflect.get(holder!, name)
    if (typeof original !== "function") return
    const before = Reflect.getOwnPropertyDescriptor(owner, name)!
    const value = guarded(original as Callable)
    // A frozen property stays as it is.
    if (!Reflect.defineProperty(owner, name, { value, writable: true })) return
    undo.push(() => {
      // A replacement by code of a model stays, so that it is found and reported.
      if (Reflect.getOwnPropertyDescriptor(owner, name)?.value === value) Reflect.defineProperty(owner, name, before)
    })
  }

  const guard = (
    offence: Parameters<Check>[0],
    holder: object | undefined,
    names: ReadonlyArray<string>,
    of: string
  ) => {
    for (const name of names) {
      replace(holder, name, (original) => checked(original, () => check(offence, `${of}.${name}()`)))
    }
  }

  const { crypto, Date: date, performance, process } = ambient
  replace(ambient, "Date", () => checkedDate(date, check))
  guard("read the wall clock", performance, ["now"], "performance")
  guard("read the wall clock", process.hrtime, ["bigint"], "process.hrtime")
  guard("read the wall clock", process, ["hrtime"], "process")
  guard("used random numbers", Math, ["random"], "Math")
  guard("used random numbers", crypto, ["getRandomValues", "randomUUID"], "crypto")

  return () => {
    // A plain loop: code of a model may have replaced the iterator of lists.
    for (let index = undo.length - 1; index >= 0; index--) undo[index]!()
  }
}

/** The globals; some may be missing. */
interface Ambient {
  readonly Date: DateConstructor
  readonly crypto?: object
  readonly performance?: object
  readonly process: { readonly hrtime?: object }
}

// oxlint-disable-next-line no-restricted-globals -- they are guarded here, and not used
const ambient: Ambient = globalThis

/** The object that defines a property: often a prototype, such as that of `performance`. */
const ownerOf = (holder: object | undefined, name: string): object | undefined => {
  let owner: object | null = holder ?? null
  while (owner !== null && !Object.hasOwn(owner, name)) owner = Reflect.getPrototypeOf(owner)
  return owner ?? undefined
}

const checked = (original: Callable, before: () => void): Callable =>
  new Proxy(original, {
    apply: (target, self, given) => {
      before()
      return Reflect.apply(target, self, given)
    }
  })

/** A `Date` whose readings of the current time are checked. Dates of a given time are made without a check. */
const checkedDate = (original: DateConstructor, check: Check): DateConstructor => {
  const offence = "read the wall clock"
  const now = checked(original.now as Callable, () => check(offence, "Date.now()"))
  const date: DateConstructor = new Proxy(original, {
    apply: (target, self, given) => {
      check(offence, "Date()")
      return Reflect.apply(target, self, given)
    },
    construct: (target, given, made) => {
      if (given.length === 0) check(offence, "new Date()")
      return Reflect.construct(target, given, made === date ? target : made) as Date
    },
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name))
  })
  return date
}
