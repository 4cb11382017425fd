/**
 * Processes in a circle that each write 1 and then read their neighbour: the last to read reads 1.
 *
 * Source: Simple.tla of the TLA+ Examples (TeachingConcurrency); Lamport, "Teaching Concurrency" (2009). The step of the
 * terminated program that changes nothing is an action here too. `reads-first` is a mutant that reads before it writes.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const simpleConcurrency = (n: number, mutant: "none" | "reads-first") => {
  const all = Array.from({ length: n }, (_, process) => process)
  return WholeState.make("simple-concurrency", {
    variables: {
      x: WholeState.family(n, Schema.Int, 0),
      y: WholeState.family(n, Schema.Int, 0),
      at: WholeState.family(n, Schema.Literals(["first", "second", "done"]), "first")
    },
    actions: ({ at, x, y }) => {
      const goes = (from: "first" | "second", to: "second" | "done", writes: boolean) =>
        WholeState.each(
          all,
          Effect.fnUntraced(function* (process) {
            yield* WholeState.when((yield* at.at(process).get) === from)
            if (writes) yield* x.at(process).set(1)
            else yield* y.at(process).set(yield* x.at((process + n - 1) % n).get)
            yield* at.at(process).set(to)
          })
        )
      return {
        begins: goes("first", "second", mutant === "none"),
        ends: goes("second", "done", mutant !== "none"),
        terminates: WholeState.action(
          Effect.gen(function* () {
            for (const process of all) yield* WholeState.when((yield* at.at(process).get) === "done")
          })
        )
      }
    }
  })
}

/** Processes that write and read in a circle. */
export const simpleConcurrencyModel = Model.make({
  name: "simple-concurrency",
  about: "Processes in a circle that write, and then read their neighbour.",
  source: "Lamport 2009; TLA+ Examples, TeachingConcurrency/Simple.tla",
  parameters: {
    n: Model.integer({ default: 5, least: 1, most: 8, about: "processes" }),
    mutant: Model.mutants({ default: "none", values: ["none", "reads-first"], about: "what is wrong with it" })
  },
  system: ({ mutant, n }) => simpleConcurrency(n, mutant)
})
