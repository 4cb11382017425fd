/**
 * A cat hides in a row of boxes and moves to a neighbour each night; each morning one box is opened, going up and down.
 *
 * Source: Cat.tla of the TLA+ Examples (Moving_Cat_Puzzle), with its fairness. `stands-still` is a mutant whose observer
 * never turns round.
 */
import { Effect, Schema } from "effect"
import { Choice, Model, WholeState } from "plait"

const movingCat = (boxes: number, mutant: "none" | "stands-still") => {
  const all = Array.from({ length: boxes }, (_, box) => box + 1)
  const isObserved = (box: number): boolean => box > 1 && box < boxes
  return WholeState.make("moving-cat", {
    variables: {
      cat: WholeState.variable(Schema.Int, ...all),
      open: WholeState.variable(Schema.Int, ...all.filter(isObserved)),
      direction: WholeState.variable(Schema.Literals([-1, 1]), -1, 1)
    },
    actions: ({ cat, direction, open }) => ({
      moves: WholeState.action(
        Effect.gen(function* () {
          const from = yield* cat.get
          const to = from + (yield* Choice.among([1, -1]))
          yield* WholeState.when(to >= 1 && to <= boxes)
          yield* cat.set(to)
          const way = yield* direction.get
          const next = (yield* open.get) + way
          if (isObserved(next)) yield* open.set(next)
          else if (mutant === "none") yield* direction.set(way === 1 ? -1 : 1)
        })
      )
    })
  })
}

/** A cat that is looked for. */
export const movingCatModel = Model.make({
  name: "moving-cat",
  about: "A cat that moves each night, and a search that finds it.",
  source: "TLA+ Examples, Moving_Cat_Puzzle/Cat.tla",
  parameters: {
    boxes: Model.integer({ default: 6, least: 3, most: 12, about: "boxes" }),
    mutant: Model.mutants({ default: "none", values: ["none", "stands-still"], about: "what is wrong with it" })
  },
  system: ({ boxes, mutant }) => movingCat(boxes, mutant)
})
