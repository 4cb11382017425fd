/**
 * A register that executes one operation at a time, and whether histories of each key are those of one.
 */
import type { WriteName } from "../../src/property/index.ts"
import { type History, type SessionCall, callsOf } from "./History.ts"
import { legalOrder, type Specification } from "./legal-order.ts"

/** The last write, or null before the first. A read that returned several writes is not one of a register. */
export const register: Specification<WriteName | null, Pick<SessionCall, "kind" | "writes">> = {
  initial: null,
  step: (held, { kind, writes }) => {
    if (kind === "write") return { next: writes[0] ?? null }
    return writes.length < 2 && (writes[0] ?? null) === held ? { next: held } : undefined
  },
  key: (held) => JSON.stringify(held)
}

/** The calls whose kind is known, by key. */
export const callsByKey = (history: History): ReadonlyArray<ReadonlyArray<SessionCall>> => [
  ...Map.groupBy(
    callsOf(history).filter(({ kind }) => kind !== "unknown"),
    ({ key }) => key
  ).values()
]

/** Whether some order of the calls that keeps `precedes` is one of registers, one per key. */
export const isRegisterHistory = (
  calls: ReadonlyArray<SessionCall>,
  precedes: (earlier: SessionCall, later: SessionCall) => boolean
): boolean =>
  legalOrder(calls, {
    specification: registers,
    precedes: (earlier, later) => {
      const [first, second] = [calls[earlier], calls[later]]
      return first !== undefined && second !== undefined && precedes(first, second)
    },
    required: (index) => calls[index]?.answered === true
  }) !== undefined

/** A register per key. */
const registers: Specification<ReadonlyMap<SessionCall["key"], WriteName | null>, SessionCall> = {
  initial: new Map(),
  step: (held, call) => {
    const after = register.step(held.get(call.key) ?? null, call)
    return after === undefined ? undefined : { next: new Map([...held, [call.key, after.next]]) }
  },
  key: (held) => JSON.stringify([...held].sort())
}

/** In its session's order. */
export const inSessionOrder = (earlier: SessionCall, later: SessionCall): boolean =>
  earlier.session === later.session && earlier.place < later.place

/** In real time: over before the other was invoked. */
export const inRealTime = (earlier: SessionCall, later: SessionCall): boolean => later.after.includes(earlier.id)
