/**
 * Runs what runs code of a model: what it throws becomes a typed failure, and what never returns is ended.
 */
import { Context, Effect } from "effect"
import { constant } from "effect/Function"
import { withTimeLimit, isThrown, ModelRefused } from "../engine/index.ts"

/** How long code of a model may run before it is said not to return. */
export interface Patience {
  /** Longest that a slice of a search or a batch of random walks may take, planned to take a twentieth of a second. */
  readonly sliceMillis: number
  /** Longest that any other part may take, of which some have millions of states to look at. */
  readonly partMillis: number
}

const defaultPatience: Patience = { sliceMillis: 60_000, partMillis: 600_000 }

/** A minute for a slice, and ten for any other part; a test can put its own figures in. */
export const Patience = Context.Reference("plait/explorer/Patience", { defaultValue: constant(defaultPatience) })

/** The failure behind what was thrown; anything but a refusal is thrown on, as a defect. */
const refusal = (thrown: unknown): ModelRefused => {
  if (isThrown(thrown, ModelRefused)) return thrown
  throw thrown
}

const endedIn = <A>(millis: number, system: string, run: () => A): Effect.Effect<A, ModelRefused> =>
  Effect.try({ try: () => withTimeLimit(millis, system, run), catch: refusal })

/**
 * Begins again, thrice at the most, where the process was stopped for longer than patience lasts: what was at work then
 * was left in the middle. Handlers are functions of what they are given, so that nothing else changes.
 */
export const retryIfSuspended = <A, R>(work: Effect.Effect<A, ModelRefused, R>): Effect.Effect<A, ModelRefused, R> =>
  Effect.retry(work, { while: ({ offence }) => offence === "was held up", times: 3 })

/** Runs a part of what is done with a system; anything it throws but a refusal is a defect. */
export const runModelCode = <A>(system: string, run: () => A): Effect.Effect<A, ModelRefused> =>
  Effect.flatMap(Patience, ({ partMillis }) => endedIn(partMillis, system, run))

/** Runs a slice of a search, or a batch of random walks. */
export const runModelSlice = <A>(system: string, slice: () => A): Effect.Effect<A, ModelRefused> =>
  Effect.flatMap(Patience, ({ sliceMillis }) => endedIn(sliceMillis, system, slice))
