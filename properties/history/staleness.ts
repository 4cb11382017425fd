/** Reads that missed a write which they should have reflected. */
import { causalOrder } from "./causality.ts"
import { callsOf, type History, inWords, type SessionCall } from "./History.ts"
import { type Order, readsFrom } from "./relations.ts"

/** The result of a read if writes are concurrent. */
export interface ReadOptions {
  /** True if a read returns all of them (siblings); false if one of them wins, in an order that the service chooses. */
  readonly siblings?: boolean
}

/** A history with its causal order. */
export interface Ordered {
  readonly calls: ReadonlyArray<SessionCall>
  readonly before: Order
}

/** The calls of a history with their causal order co = (po ∪ rf)⁺. */
export const ordered = (history: History): Ordered => {
  const calls = callsOf(history)
  return { calls, before: causalOrder(calls) }
}

/**
 * True if a read missed a write of its key: it returned no write, or only writes that came before it (one wins), or
 * none that is the write or came after it (siblings).
 */
export const misses = (
  read: SessionCall,
  write: SessionCall,
  { before, calls }: Ordered,
  { siblings = false }: ReadOptions
): boolean => {
  const sources = calls.filter((call) => readsFrom(call, read))
  return siblings
    ? !sources.some((source) => source === write || before(write, source))
    : sources.every((source) => source !== write && before(source, write))
}

/** The reason why a read is stale, in a sentence. */
export const staleInWords = (read: SessionCall, write: SessionCall, reason: string): string =>
  `${inWords(read)}, although ${inWords(write)}${reason}.`
