/**
 * Majority vote in one pass: a candidate and a count, of all sequences up to a length.
 *
 * Source: Majority.tla and MCMajority.tla of the TLA+ Examples (Majority); Boyer and Moore, "MJRTY: a fast majority
 * vote algorithm" (1981). `never-counts-down` is a mutant that does not subtract the votes of others from the
 * candidate's count.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const candidates = ["A", "B", "C"] as const
type Candidate = (typeof candidates)[number]

const sequences = (length: number): ReadonlyArray<ReadonlyArray<Candidate>> =>
  length === 0
    ? [[]]
    : [
        ...sequences(length - 1),
        ...sequences(length - 1)
          .filter((sequence) => sequence.length === length - 1)
          .flatMap((sequence) => candidates.map((candidate) => [...sequence, candidate]))
      ]

const majority = (length: number, mutant: "none" | "never-counts-down") =>
  WholeState.make("majority", {
    variables: {
      votes: WholeState.variable(Schema.Array(Schema.Literals(candidates)), ...sequences(length)),
      /** Number of votes that are read. */
      read: WholeState.variable(Schema.Int, 0),
      candidate: WholeState.variable(Schema.Literals(candidates), ...candidates),
      count: WholeState.variable(Schema.Int, 0)
    },
    actions: ({ candidate, count, read, votes }) => ({
      reads: WholeState.action(
        Effect.gen(function* () {
          const [before, now] = [yield* read.get, yield* count.get]
          const vote = (yield* votes.get)[before]
          if (vote === undefined) return yield* WholeState.when(false)
          yield* read.set(before + 1)
          if (now === 0) yield* candidate.set(vote)
          const isFor = now === 0 || vote === (yield* candidate.get)
          if (isFor) yield* count.set(now + 1)
          else if (mutant === "none") yield* count.set(now - 1)
        })
      )
    })
  })

/** A majority vote. */
export const majorityModel = Model.make({
  name: "majority",
  about: "Majority vote in one pass over a sequence.",
  source: "Boyer and Moore 1981; TLA+ Examples, Majority/Majority.tla",
  parameters: {
    length: Model.integer({ default: 5, least: 0, most: 7, about: "longest sequence" }),
    mutant: Model.mutants({ default: "none", values: ["none", "never-counts-down"], about: "what is wrong with it" })
  },
  system: ({ length, mutant }) => majority(length, mutant)
})
