/**
 * A can of black and white beans from which two are drawn until one is left: of one colour, then a black one goes back;
 * of two colours, then the white one does. The number of white beans at first determines the colour of the last one.
 *
 * Source: CoffeeCan.tla of the TLA+ Examples (CoffeeCan); Gries, *The Science of Programming* (1981), after Scholten.
 * The step of the terminated process that changes nothing is an action here too. `loses-one` is a mutant that throws
 * away one of two white beans and puts the other back.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const coffeeCan = (beans: number, mutant: "none" | "loses-one") => {
  const counts = Array.from({ length: beans + 1 }, (_, count) => count)
  return WholeState.make("coffee-can", {
    variables: {
      black: WholeState.variable(Schema.Int, ...counts),
      white: WholeState.variable(Schema.Int, ...counts)
    },
    actions: ({ black, white }) => {
      const draws = (blacks: number, whites: number, adds: { readonly black: number; readonly white: number }) =>
        WholeState.action(
          Effect.gen(function* () {
            const [ofBlack, ofWhite] = [yield* black.get, yield* white.get]
            yield* WholeState.when(ofBlack >= blacks && ofWhite >= whites)
            yield* black.set(ofBlack + adds.black)
            yield* white.set(ofWhite + adds.white)
          })
        )
      return {
        drawsBlack: draws(2, 0, { black: -1, white: 0 }),
        drawsWhite: draws(0, 2, mutant === "none" ? { black: 1, white: -2 } : { black: 0, white: -1 }),
        drawsBoth: draws(1, 1, { black: -1, white: 0 }),
        terminates: WholeState.action(
          Effect.gen(function* () {
            yield* WholeState.when((yield* black.get) + (yield* white.get) === 1)
          })
        )
      }
    },
    initial: ({ black, white }) => black + white >= 1 && black + white <= beans
  })
}

/** A can of beans. */
export const coffeeCanModel = Model.make({
  name: "coffee-can",
  about: "Beans that are drawn from a can until one is left.",
  source: "Gries 1981; TLA+ Examples, CoffeeCan/CoffeeCan.tla",
  parameters: {
    beans: Model.integer({ default: 100, least: 1, most: 1000, about: "most beans at first" }),
    mutant: Model.mutants({ default: "none", values: ["none", "loses-one"], about: "what is wrong with it" })
  },
  system: ({ beans, mutant }) => coffeeCan(beans, mutant)
})
