/** A property that throws: its test fails with the line. */
import { Effect, Schema } from "effect"
import { Property, WholeState } from "../../src/index.ts"
import { verify } from "../../src/vitest/index.ts"

const counter = WholeState.make("counter", {
  variables: { x: WholeState.variable(Schema.Finite, 0) },
  actions: ({ x }) => ({ up: WholeState.action(Effect.flatMap(x.get, (count) => x.set((count + 1) % 3))) })
})

verify(counter, [
  Property.invariant<{ readonly x: number }>("readable", {
    holds: () => {
      throw new RangeError("of an invariant")
    }
  })
])
