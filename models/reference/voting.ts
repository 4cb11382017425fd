/**
 * Consensus in two abstractions. `consensus` chooses one value. `voting` implements it by acceptors that vote in
 * ballots: a vote is allowed if a quorum shows that no other value can have been chosen in an earlier ballot. Paxos
 * implements `voting` by messages.
 *
 * Source: Consensus.tla and Voting.tla of the TLA+ Examples (PaxosHowToWinATuringAward), action by action. TLC takes a
 * vote once for each quorum that shows its value safe, and each vote in it that does; so the quorum is a parameter
 * here, and the vote a choice. `votes-unsafely` is a mutant that needs no quorum, `votes-twice` one that ignores the
 * votes of others in its ballot.
 */
import { Effect, Schema } from "effect"
import { Choice, Model, WholeState } from "plait"

/** The acceptors, and the quorums: any two of them. */
export const acceptors = [0, 1, 2] as const
/** Any two acceptors. */
export const quorums: ReadonlyArray<ReadonlyArray<number>> = [
  [0, 1],
  [0, 2],
  [1, 2]
]
/** The values; 0 is none. */
export const values = [1, 2] as const

/** Numbers from 0. */
export const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index)

/** One value, chosen once. */
export const consensus = WholeState.make("consensus", {
  variables: { chosen: WholeState.variable(Schema.ReadonlySet(Schema.Int), new Set()) },
  actions: ({ chosen }) => ({
    chooses: WholeState.each(
      values,
      Effect.fnUntraced(function* (value) {
        yield* WholeState.when((yield* chosen.get).size === 0)
        yield* chosen.set(new Set([value]))
      })
    )
  })
})

/** `votes[3 · ballot + acceptor]`: the value voted for, or 0. */
export const voting = (ballots: number, mutant: "none" | "votes-unsafely" | "votes-twice" = "none") =>
  WholeState.make("voting", {
    variables: {
      votes: WholeState.family(3 * ballots, Schema.Int, 0),
      highest: WholeState.family(3, Schema.Int, -1)
    },
    actions: ({ highest, votes }) => {
      const voteOf = (acceptor: number, ballot: number) => votes.at(3 * ballot + acceptor).get
      /**
       * Number of votes of a quorum which show that no other value than this can have been chosen before; 1 for no
       * votes.
       */
      const showsSafe = Effect.fnUntraced(function* (quorum: ReadonlyArray<number>, ballot: number, value: number) {
        for (const acceptor of quorum) if ((yield* highest.at(acceptor).get) < ballot) return 0
        for (let earlier = ballot - 1; earlier >= 0; earlier--) {
          const cast = yield* Effect.forEach(quorum, (acceptor) => voteOf(acceptor, earlier))
          if (cast.some((vote) => vote !== 0)) return cast.filter((vote) => vote === value).length
        }
        return 1
      })
      return {
        raises: WholeState.each(
          acceptors.flatMap((acceptor) => upTo(ballots).map((ballot) => ({ acceptor, ballot }))),
          Effect.fnUntraced(function* ({ acceptor, ballot }) {
            yield* WholeState.when(ballot > (yield* highest.at(acceptor).get))
            yield* highest.at(acceptor).set(ballot)
          })
        ),
        votes: WholeState.each(
          acceptors.flatMap((acceptor) =>
            upTo(ballots).flatMap((ballot) =>
              values.flatMap((value) => quorums.map((quorum) => ({ acceptor, ballot, value, quorum })))
            )
          ),
          Effect.fnUntraced(function* ({ acceptor, ballot, quorum, value }) {
            yield* WholeState.when((yield* highest.at(acceptor).get) <= ballot)
            yield* WholeState.when((yield* voteOf(acceptor, ballot)) === 0)
            for (const other of acceptors) {
              const vote = yield* voteOf(other, ballot)
              yield* WholeState.when(vote === 0 || vote === value || mutant === "votes-twice")
            }
            const shown = mutant === "votes-unsafely" ? 1 : yield* showsSafe(quorum, ballot, value)
            yield* WholeState.when(shown > 0)
            if (shown > 1) yield* Choice.among(upTo(shown))
            yield* votes.at(3 * ballot + acceptor).set(value)
            yield* highest.at(acceptor).set(ballot)
          })
        )
      }
    }
  })

/** Acceptors that vote in ballots. */
export const votingModel = Model.make({
  name: "voting",
  about: "Consensus by votes in ballots, where a quorum shows which values are safe.",
  source: "Lamport; TLA+ Examples, PaxosHowToWinATuringAward/Voting.tla",
  parameters: {
    ballots: Model.integer({ default: 3, least: 1, most: 4, about: "ballots" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "votes-unsafely", "votes-twice"],
      about: "what is wrong with it"
    })
  },
  system: ({ ballots, mutant }) => voting(ballots, mutant)
})
