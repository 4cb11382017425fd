/**
 * A model whose properties have names that files, terminals and shells make trouble of: NAMES says which.
 */
import { Effect, Schema } from "effect"
import { defineConfig, entry, Model, Property, WholeState } from "../../src/index.ts"

const names: { readonly [kind: string]: ReadonlyArray<string> } = {
  alike: ["副本收敛", "没有更新丢失", "x < 2", "x > 2", "x is small", "X is small", "x-is small"],
  long: ["a name that says in full what is claimed, ".repeat(8), "副本".repeat(90)],
  hostile: ["two\nlines", "cleared \u001b[2J", "turned \u202e round", "C1 \u009b31m", "marked \u200f"]
}

const kind = process.env["NAMES"] ?? ""
const isHostile = kind === "hostile" || kind === "throwing"

const model = Model.make({
  name: "m",
  about: isHostile ? "Three \u202e counters\nm/n=9." : "Three counters.",
  source: "made for a test",
  parameters: { n: Model.integer({ default: 3, least: 1, most: 9, about: "the most" }) },
  system: ({ n }) =>
    WholeState.make("m", {
      variables: { x: WholeState.variable(Schema.Finite, 0), text: WholeState.variable(Schema.String, "") },
      actions: ({ text, x }) => ({
        [isHostile ? "up\nplait: \u001b[2J" : "up"]: WholeState.action(
          Effect.gen(function* () {
            if (kind === "throwing") throw new Error("in\u009b31m red")
            const count = yield* x.get
            yield* WholeState.when(count < n)
            yield* text.set("a \u202e value")
            yield* x.set(count + 1)
          })
        )
      })
    })
})

export default defineConfig({
  entries: [
    entry(model, {
      properties: () =>
        (names[kind] ?? ["x stays small"]).map((name, index) =>
          Property.invariant<{ readonly x: number }>(name, { holds: ({ x }) => x < (index % 2) + 1 })
        ),
      settings: [3, 4, 5, 6].map((n) => ({ n }))
    })
  ]
})
