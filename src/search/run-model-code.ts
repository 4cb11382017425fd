/**
 * Runs functions that run code of a model: an exception becomes a typed failure, and code that never returns is ended.
 */
import { Context, Effect } from "effect"
import { constant } from "effect/Function"
import { withTimeLimit, isThrown, ModelRefused } from "../engine/index.ts"

/** Time limits for code of a model; beyond them it is reported as not returning. */
export interface Patience {
  /** Longest time for a slice of a search or a batch of random walks, planned to take a twentieth of a second. */
  readonly sliceMillis: number
  /** Longest time for any other part; some of them visit millions of states. */
  readonly partMillis: number
}

const defaultPatience: Patience = { sliceMillis: 60_000, partMillis: 600_000 }

/** Time limits: a minute for a slice, and ten for any other part; a test can provide its own figures. */
export const Patience = Context.Reference("plait/explorer/Patience", { defaultValue: constant(defaultPatience) })

/** The failure for a thrown value; a value that is not a refusal is thrown again, as a defect. */
const refusal = (thrown: unknown): ModelRefused => {
  if (isThrown(thrown, ModelRefused)) return thrown
  throw thrown
}

const endedIn = <A>(millis: number, system: string, run: () => A): Effect.Effect<A, ModelRefused> =>
  Effect.try({ try: () => withTimeLimit(millis, system, run), catch: refusal })

/**
 * Repeats the work, at most three times, if the process was suspended for longer than the time limit: the interrupted
 * work is incomplete. Handlers are functions of their inputs, so a repetition gives the same result.
 */
export const retryIfSuspended = <A, R>(work: Effect.Effect<A, ModelRefused, R>): Effect.Effect<A, ModelRefused, R> =>
  Effect.retry(work, { while: ({ offence }) => offence === "was held up", times: 3 })

/** Runs a part of the work on a system; any exception but a refusal is a defect. */
export const runModelCode = <A>(system: string, run: () => A): Effect.Effect<A, ModelRefused> =>
  Effect.flatMap(Patience, ({ partMillis }) => endedIn(partMillis, system, run))

/** Runs a slice of a search, or a batch of random walks. */
export const runModelSlice = <A>(system: string, slice: () => A): Effect.Effect<A, ModelRefused> =>
  Effect.flatMap(Patience, ({ sliceMillis }) => endedIn(sliceMillis, system, slice))
