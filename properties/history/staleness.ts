/**
 * When a read missed a write that it should have reflected.
 */
import { causalOrder } from "./causality.ts"
import { callsOf, type History, inWords, type SessionCall } from "./History.ts"

/** What a read returns where writes are concurrent. */
export interface ReadOptions {
  /** True where a read returns all of them (siblings); false where one of them wins, in whatever order the service likes. */
  readonly siblings?: boolean
}

/** A history with its causal order. */
export interface Ordered {
  readonly calls: ReadonlyArray<SessionCall>
  readonly before: (left: SessionCall, right: SessionCall) => boolean
}

/** The calls of a history whose kind is known, with their causal order co = (po ∪ rf)⁺. */
export const ordered = (history: History): Ordered => {
  const calls = callsOf(history).filter(({ kind }) => kind !== "unknown")
  return { calls, before: causalOrder(calls) }
}

/**
 * Whether a read missed a write of its key: it returned nothing, or only writes that came before it (one wins), or none
 * that is the write or came after it (siblings).
 */
export const misses = (
  read: SessionCall,
  write: SessionCall,
  { before, calls }: Ordered,
  { siblings = false }: ReadOptions
): boolean => {
  const sources = calls.filter((call) => call.kind === "write" && read.writes.includes(call.writes[0] ?? ""))
  return siblings
    ? !sources.some((source) => source.id === write.id || before(write, source))
    : sources.every((source) => source.id !== write.id && before(source, write))
}

/** Whether the two calls are of one key, in one session, in this order. */
export const laterOnSameKey = (earlier: SessionCall, later: SessionCall): boolean =>
  earlier.session === later.session && earlier.place < later.place && earlier.key === later.key

/** Why a read is stale, in a sentence. */
export const staleInWords = (read: SessionCall, write: SessionCall, reason: string): string =>
  `${inWords(read)}, although ${inWords(write)}${reason}.`
