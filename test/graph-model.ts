/**
 * Whole-state models that are nothing but a graph, for tests of what is found in it.
 */
import { Effect, Schema } from "effect"
import { Choice, WholeState } from "../src/model/index.ts"

/** Per action, per state, the states it leads to. */
export type Steps = { readonly [action: string]: ReadonlyArray<ReadonlyArray<number>> }

/** The model with these steps, which starts in any of the given states. */
export const graphModel = (steps: Steps, ...initial: ReadonlyArray<number>) =>
  WholeState.make("graph", {
    variables: { at: WholeState.variable(Schema.Natural, ...initial) },
    actions: ({ at }) =>
      Object.fromEntries(
        Object.entries(steps).map(([name, targets]) => [
          name,
          WholeState.action(
            Effect.gen(function* () {
              const choices = targets[yield* at.get] ?? []
              yield* WholeState.when(choices.length > 0)
              yield* at.set(yield* Choice.among(choices))
            })
          )
        ])
      )
  })

/** A state: where the run is. */
export interface At {
  readonly at: number
}
