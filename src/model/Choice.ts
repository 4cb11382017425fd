/**
 * Choices that neither the protocol nor the workload makes: the search tries every alternative, a random walk tries
 * one.
 */
import { Context, Effect } from "effect"

/**
 * Chooses among alternatives inside a handler.
 *
 * @example
 * ```ts
 * const peer = yield* Choice.among(yield* Network.neighbours)
 * ```
 */
export class Choice extends Context.Service<
  Choice,
  {
    readonly index: (alternatives: number) => Effect.Effect<number>
  }
>()("plait/model/Choice") {
  /** Chooses one of the given alternatives; there must be at least one. */
  static readonly among = <A>(alternatives: ReadonlyArray<A>): Effect.Effect<A, never, Choice> =>
    Effect.map(
      Choice.use((choice) => choice.index(alternatives.length)),
      (index) => alternatives[index] as A
    )
}
