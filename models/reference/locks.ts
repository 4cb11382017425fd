/**
 * Mutual exclusion of two processes: by a lock, and by Peterson's algorithm, which implements the lock without one.
 *
 * Source: Lock.tla and Peterson.tla of the TLA+ Examples (locks_auxiliary_vars); Peterson, "Myths about the mutual
 * exclusion problem" (1981). `asks-first` is a mutant that gives way to the other before it sets its own flag.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const both = [0, 1] as const

/** Two processes that take turns by a lock. */
export const lock = WholeState.make("lock", {
  variables: {
    at: WholeState.family(2, Schema.Literals(["outside", "waiting", "inside", "leaving"]), "outside"),
    isFree: WholeState.variable(Schema.Boolean, true)
  },
  actions: ({ at, isFree }) => {
    const goes = (from: "outside" | "waiting" | "inside" | "leaving", to: typeof from) =>
      Effect.fnUntraced(function* (process: number) {
        yield* WholeState.when((yield* at.at(process).get) === from)
        if (from === "waiting") {
          yield* WholeState.when(yield* isFree.get)
          yield* isFree.set(false)
        }
        if (from === "leaving") yield* isFree.set(true)
        yield* at.at(process).set(to)
      })
    return {
      wants: WholeState.each(both, goes("outside", "waiting")),
      takes: WholeState.each(both, goes("waiting", "inside")),
      works: WholeState.each(both, goes("inside", "leaving")),
      releases: WholeState.each(both, goes("leaving", "outside"))
    }
  }
})

const At = Schema.Literals(["a0", "a1", "a2", "a3", "inside", "a4"])

const peterson = (mutant: "none" | "asks-first") =>
  WholeState.make("peterson", {
    variables: {
      at: WholeState.family(2, At, "a0"),
      wants: WholeState.family(2, Schema.Boolean, false),
      turn: WholeState.variable(Schema.Int, 0)
    },
    actions: ({ at, turn, wants }) => {
      const goes = (
        from: typeof At.Type,
        to: typeof At.Type,
        does: (process: number) => Effect.Effect<void, never, never> | ReturnType<typeof turn.set>
      ) =>
        WholeState.each(
          both,
          Effect.fnUntraced(function* (process) {
            yield* WholeState.when((yield* at.at(process).get) === from)
            yield* does(process)
            yield* at.at(process).set(to)
          })
        )
      const declares = (process: number) => wants.at(process).set(true)
      const yields = (process: number) => turn.set(1 - process)
      return {
        rests: goes("a0", "a1", () => Effect.void),
        declares: goes("a1", "a2", mutant === "none" ? declares : yields),
        yields: goes("a2", "a3", mutant === "none" ? yields : declares),
        enters: WholeState.each(
          both,
          Effect.fnUntraced(function* (process) {
            yield* WholeState.when((yield* at.at(process).get) === "a3")
            yield* WholeState.when(!(yield* wants.at(1 - process).get) || (yield* turn.get) === process)
            yield* at.at(process).set("inside")
          })
        ),
        works: goes("inside", "a4", () => Effect.void),
        leaves: goes("a4", "a0", (process) => wants.at(process).set(false))
      }
    }
  })

/** Peterson's algorithm. */
export const petersonModel = Model.make({
  name: "peterson",
  about: "Mutual exclusion of two processes by shared variables.",
  source: "Peterson 1981; TLA+ Examples, locks_auxiliary_vars/Peterson.tla",
  parameters: {
    mutant: Model.mutants({ default: "none", values: ["none", "asks-first"], about: "what is wrong with it" })
  },
  system: ({ mutant }) => peterson(mutant)
})

/** A lock, of which Peterson's algorithm is an implementation. */
export const lockModel = Model.make({
  name: "lock",
  about: "Mutual exclusion of two processes by a lock.",
  source: "TLA+ Examples, locks_auxiliary_vars/Lock.tla",
  parameters: {},
  system: () => lock
})
