/**
 * The globals that tell the time or draw random numbers, guarded for as long as code of a model may run: what a handler
 * or predicate learns from them no state shows, so that no verdict could rest on it.
 *
 * Only what is reached through the globals is guarded. A function that was taken from them before, as test runners and
 * plait's own clocks take theirs when they are loaded, is the original.
 */
import type { Offence } from "./ModelRefused.ts"

/** Called before a guarded function runs; throws where it must not. `call` is what was called, such as `Date.now()`. */
export type Check = (offence: Extract<Offence, "read the wall clock" | "used random numbers">, call: string) => void

type Callable = (...given: ReadonlyArray<unknown>) => unknown

/** Puts the guards around whatever functions are there now. Returns what puts exactly those back. */
export const guardAmbient = (check: Check): (() => void) => {
  const undo: Array<() => void> = []

  const replace = (holder: object | undefined, name: string, guarded: (original: Callable) => unknown): void => {
    const owner = ownerOf(holder, name)
    if (owner === undefined) return
    const original: unknown = Reflect.get(holder!, name)
    if (typeof original !== "function") return
    const before = Reflect.getOwnPropertyDescriptor(owner, name)!
    const value = guarded(original as Callable)
    // What is frozen stays as it is.
    if (!Reflect.defineProperty(owner, name, { value, writable: true })) return
    undo.push(() => {
      // What code of a model put there instead stays, to be found and told.
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
    // No iterator: code of a model may have replaced that of lists.
    for (let index = undo.length - 1; index >= 0; index--) undo[index]!()
  }
}

/** The globals, of which some may be missing. */
interface Ambient {
  readonly Date: DateConstructor
  readonly crypto?: object
  readonly performance?: object
  readonly process: { readonly hrtime?: object }
}

// oxlint-disable-next-line no-restricted-globals -- they are guarded here, and not used
const ambient: Ambient = globalThis

/** Where a property is defined: often on a prototype, such as that of `performance`. */
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

/** A `Date` that is checked where it would tell the time; of a given time it makes dates as ever. */
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
