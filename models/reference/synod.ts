/**
 * Paxos with anonymous leaders and acceptors: any leader may start any ballot, and a message can be received at any
 * time after it was sent. It implements voting: a vote is a sent message of phase 2b.
 *
 * Source: Paxos.tla of the TLA+ Examples (PaxosHowToWinATuringAward), action by action. Its one set of messages is a
 * variable per message here, so that an action reads only those it needs: with a set every action would run again for
 * every set. TLC takes phase 2a once for each quorum, and for each of its messages that carries the value of the
 * highest ballot; so the quorum is a parameter and the message a choice. `forgets-promise` is a mutant whose acceptors
 * accept in lower ballots than they promised, `ignores-votes` one whose leaders propose any value.
 */
import { Effect, Schema } from "effect"
import { Choice, Model, WholeState } from "plait"
import { acceptors, quorums, upTo, values } from "./voting.ts"

const Accepted = Schema.Struct({ ballot: Schema.Int, value: Schema.Int })

const synod = (ballots: number, mutant: "none" | "forgets-promise" | "ignores-votes") => {
  const each = acceptors.flatMap((acceptor) => upTo(ballots).map((ballot) => ({ acceptor, ballot })))
  return WholeState.make("synod", {
    variables: {
      /** Highest ballot that an acceptor has received. */
      highest: WholeState.family(3, Schema.Int, -1),
      accepted: WholeState.family(3, Accepted, { ballot: -1, value: 0 }),
      prepare: WholeState.family(ballots, Schema.Boolean, false),
      promise: WholeState.family(3 * ballots, Schema.NullOr(Accepted), null),
      propose: WholeState.family(ballots, Schema.Int, 0),
      accept: WholeState.family(3 * ballots, Schema.Int, 0)
    },
    actions: ({ accept, accepted, highest, prepare, promise, propose }) => ({
      prepares: WholeState.each(upTo(ballots), (ballot) => prepare.at(ballot).set(true)),
      promises: WholeState.each(
        each,
        Effect.fnUntraced(function* ({ acceptor, ballot }) {
          yield* WholeState.when(yield* prepare.at(ballot).get)
          yield* WholeState.when(ballot > (yield* highest.at(acceptor).get))
          yield* highest.at(acceptor).set(ballot)
          yield* promise.at(3 * ballot + acceptor).set(yield* accepted.at(acceptor).get)
        })
      ),
      proposes: WholeState.each(
        upTo(ballots).flatMap((ballot) =>
          values.flatMap((value) => quorums.map((quorum) => ({ ballot, value, quorum })))
        ),
        Effect.fnUntraced(function* ({ ballot, quorum, value }) {
          yield* WholeState.when((yield* propose.at(ballot).get) === 0)
          const promises = yield* Effect.forEach(quorum, (acceptor) => promise.at(3 * ballot + acceptor).get)
          const heard = promises.flatMap((promised) => promised ?? [])
          yield* WholeState.when(heard.length === quorum.length)
          const voted = heard.filter((promised) => promised.ballot >= 0)
          const latest = Math.max(...voted.map((promised) => promised.ballot))
          const allowing = voted.filter((promised) => promised.ballot === latest && promised.value === value)
          yield* WholeState.when(voted.length === 0 || allowing.length > 0 || mutant === "ignores-votes")
          if (allowing.length > 1) yield* Choice.among(allowing)
          yield* propose.at(ballot).set(value)
        })
      ),
      accepts: WholeState.each(
        each,
        Effect.fnUntraced(function* ({ acceptor, ballot }) {
          const value = yield* propose.at(ballot).get
          yield* WholeState.when(value !== 0)
          yield* WholeState.when(ballot >= (yield* highest.at(acceptor).get) || mutant === "forgets-promise")
          yield* highest.at(acceptor).set(ballot)
          yield* accepted.at(acceptor).set({ ballot, value })
          yield* accept.at(3 * ballot + acceptor).set(value)
        })
      )
    })
  })
}

/** Paxos with a variable for each message. */
export const synodModel = Model.make({
  name: "synod",
  about: "Paxos as its specification: any leader, messages that stay, a variable for each.",
  source: "Lamport 2001; TLA+ Examples, PaxosHowToWinATuringAward/Paxos.tla",
  parameters: {
    ballots: Model.integer({ default: 2, least: 1, most: 3, about: "ballots" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "forgets-promise", "ignores-votes"],
      about: "what is wrong with it"
    })
  },
  system: ({ ballots, mutant }) => synod(ballots, mutant)
})
