/**
 * Prisoners who are taken one at a time into a room with two switches, and have to flip one. One of them counts, and
 * knows in the end that all have been there.
 *
 * Source: Prisoners.tla of the TLA+ Examples (Prisoners), with its fairness. `switches-thrice` is a mutant in which a
 * prisoner may move switch A up once more than agreed.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const prisoners = (others: number, mutant: "none" | "switches-thrice") => {
  const most = mutant === "none" ? 2 : 3
  return WholeState.make("prisoners", {
    variables: {
      isUp: WholeState.variable(Schema.Boolean, false, true),
      isOtherUp: WholeState.variable(Schema.Boolean, false, true),
      /** Number of times that each of the others has moved switch A up. */
      switched: WholeState.family(others, Schema.Int, 0),
      count: WholeState.variable(Schema.Int, 0)
    },
    actions: ({ count, isOtherUp, isUp, switched }) => {
      const flipsOther = Effect.gen(function* () {
        yield* isOtherUp.set(!(yield* isOtherUp.get))
      })
      return {
        counts: WholeState.action(
          Effect.gen(function* () {
            if (!(yield* isUp.get)) return yield* flipsOther
            yield* isUp.set(false)
            yield* count.set((yield* count.get) + 1)
          })
        ),
        visits: WholeState.each(
          Array.from({ length: others }, (_, prisoner) => prisoner),
          Effect.fnUntraced(function* (prisoner) {
            const times = yield* switched.at(prisoner).get
            if ((yield* isUp.get) || times >= most) return yield* flipsOther
            yield* isUp.set(true)
            yield* switched.at(prisoner).set(times + 1)
          })
        )
      }
    }
  })
}

/** Prisoners and switches. */
export const prisonersModel = Model.make({
  name: "prisoners",
  about: "Prisoners who learn by two switches that all have been in a room.",
  source: "TLA+ Examples, Prisoners/Prisoners.tla",
  parameters: {
    others: Model.integer({ default: 3, least: 1, most: 6, about: "prisoners who do not count" }),
    mutant: Model.mutants({ default: "none", values: ["none", "switches-thrice"], about: "what is wrong with it" })
  },
  system: ({ mutant, others }) => prisoners(others, mutant)
})
