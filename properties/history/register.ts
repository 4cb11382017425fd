/** Registers that execute one operation at a time, one per key, and the test for histories of such registers. */
import type { Key, WriteName } from "plait"
import { callsOf, type History, type SessionCall } from "./History.ts"
import { legalOrder, type Specification } from "./legal-order.ts"
import type { Order } from "./relations.ts"

/** The calls whose kind is known, by key. */
export const callsByKey = (history: History): ReadonlyArray<ReadonlyArray<SessionCall>> => [
  ...Map.groupBy(
    callsOf(history).filter(({ kind }) => kind !== "unknown"),
    ({ key }) => key
  ).values()
]

/** The last write of each key that was written. A register never returns several writes to a read. */
const registers: Specification<ReadonlyMap<Key, WriteName | undefined>, SessionCall> = {
  initial: new Map(),
  step: (held, { key, kind, writes }) => {
    if (kind === "write") return { next: new Map(held).set(key, writes[0]) }
    return writes.length < 2 && writes[0] === held.get(key) ? { next: held } : undefined
  },
  key: (held) => JSON.stringify([...held].sort())
}

/** True if some order of the calls that keeps `precedes` is one of registers, one per key. */
export const isRegisterHistory = (calls: ReadonlyArray<SessionCall>, precedes: Order): boolean =>
  legalOrder(calls, { specification: registers, precedes, required: ({ answered }) => answered }) !== undefined
