/**
 * A model whose process seems to be stopped in the middle of a search, once.
 */
import { Effect, Schema } from "effect"
import { type System, WholeState } from "../src/model/index.ts"

/** From 0 to 1; the first time that the step is taken nothing goes on for ten seconds. */
export const stoppedOnce = (): System<{ readonly count: number }> => {
  let steps = 0
  return WholeState.make("stopped once", {
    variables: { count: WholeState.variable(Schema.Natural, 0) },
    actions: ({ count }) => ({
      step: WholeState.action(
        Effect.suspend(() => {
          if (steps++ === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000)
          return count.set(1)
        })
      )
    })
  })
}
