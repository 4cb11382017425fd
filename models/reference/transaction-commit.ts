/**
 * Atomic commit as a specification without messages: resource managers that prepare, and decide by reading the states
 * of all the others at once. Two-phase commit implements it.
 *
 * Source: Gray and Lamport, "Consensus on Transaction Commit" (2006), and TCommit.tla of the TLA+ Examples, action by
 * action. `commits-alone` is a mutant that commits even if not all are prepared, `aborts-late` one that aborts even if
 * another has committed.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const ResourceManager = Schema.Literals(["working", "prepared", "committed", "aborted"])

const transactionCommit = (n: number, mutant: "none" | "commits-alone" | "aborts-late") =>
  WholeState.make("transaction-commit", {
    variables: { resource: WholeState.family(n, ResourceManager, "working") },
    actions: ({ resource }) => {
      const everyone = Array.from({ length: n }, (_, index) => index)
      const states = Effect.forEach(everyone, (r) => resource.at(r).get)
      return {
        prepares: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (r) {
            yield* WholeState.when((yield* resource.at(r).get) === "working")
            yield* resource.at(r).set("prepared")
          })
        ),
        commits: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (r) {
            yield* WholeState.when((yield* resource.at(r).get) === "prepared")
            const ready = (yield* states).every((state) => state === "prepared" || state === "committed")
            yield* WholeState.when(ready || mutant === "commits-alone")
            yield* resource.at(r).set("committed")
          })
        ),
        aborts: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (r) {
            const own = yield* resource.at(r).get
            yield* WholeState.when(own === "working" || own === "prepared")
            yield* WholeState.when(mutant === "aborts-late" || !(yield* states).includes("committed"))
            yield* resource.at(r).set("aborted")
          })
        )
      }
    }
  })

/** Atomic commit as a specification. */
export const transactionCommitModel = Model.make({
  name: "transaction-commit",
  about: "Atomic commit as a specification: resource managers that see each other and decide alike.",
  source: "Gray and Lamport 2006; TLA+ Examples, TCommit.tla",
  parameters: {
    n: Model.integer({ default: 3, least: 1, most: 12, about: "resource managers" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "commits-alone", "aborts-late"],
      about: "what is wrong with it"
    })
  },
  system: ({ mutant, n }) => transactionCommit(n, mutant)
})
