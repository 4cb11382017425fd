/**
 * Single-decree Paxos as a register that is written once: the server of a write opens a ballot, gets the values
 * accepted before from a majority, makes a majority accept the newest of them or else its client's value, and sends the
 * decision to the others. Servers that know the decision answer a read.
 *
 * Source: Lamport, "The Part-Time Parliament" (TOCS 1998) and "Paxos Made Simple" (2001), as in Stateright's example
 * `paxos`: a ballot is a round and the server that opened it, a server sends no message to itself but acts as if it
 * received it, a server proposes once, and messages that come too late stay in flight.
 *
 * `ignores-accepted` is a mutant whose leader proposes its own client's value whatever was accepted before;
 * `accepts-old-ballots` one whose servers do not keep their promises. Left out: retries.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Self, System, Topology } from "plait"
import { answered, type ClientState, Get, GetOk, Put, PutOk, registerClient } from "./register-client.ts"

const Ballot = Schema.Struct({ round: Schema.Natural, leader: Schema.Natural })
const Proposal = Schema.Struct({ request: Schema.Natural, client: Schema.Natural, value: Schema.String })
const Accepted = Schema.NullOr(Schema.Struct({ ballot: Ballot, proposal: Proposal }))
type Ballot = typeof Ballot.Type

const Prepare = Schema.TaggedStruct("Prepare", { ballot: Ballot })
const Prepared = Schema.TaggedStruct("Prepared", { ballot: Ballot, accepted: Accepted })
const Accept = Schema.TaggedStruct("Accept", { ballot: Ballot, proposal: Proposal })
const DidAccept = Schema.TaggedStruct("Accepted", { ballot: Ballot })
const Decided = Schema.TaggedStruct("Decided", { ballot: Ballot, proposal: Proposal })

const State = Schema.Struct({
  /** The newest ballot it has promised. */
  ballot: Ballot,
  /** Its proposal as a leader, with the answers of both phases. */
  proposal: Schema.NullOr(Proposal),
  prepared: Schema.ReadonlyMap(Schema.Natural, Accepted),
  acceptedBy: Schema.ReadonlySet(Schema.Natural),
  /** The value it has accepted, and true if it knows that it is decided. */
  accepted: Accepted,
  decided: Schema.Boolean
})

/** A server: leader and acceptor in one. */
export type PaxosServer = typeof State.Type

const order = (left: Ballot, right: Ballot): number => left.round - right.round || left.leader - right.leader

const declared = Machine.make("paxos server", {
  state: State,
  messages: [Put, Get, Prepare, Prepared, Accept, DidAccept, Decided],
  initial: (): PaxosServer => ({
    ballot: { round: 0, leader: 0 },
    proposal: null,
    prepared: new Map(),
    acceptedBy: new Set(),
    accepted: null,
    decided: false
  })
})

const server = (majority: number, mutant: "none" | "ignores-accepted" | "accepts-old-ballots") =>
  declared.handlers(
    {
      Put: Effect.fnUntraced(function* (state, { request, value }) {
        const self = yield* Self.id
        const ballot = { round: state.ballot.round + 1, leader: self }
        const proposal = { request, client: yield* Network.sender, value }
        yield* Network.broadcast(Prepare.make({ ballot }))
        return {
          ...state,
          ballot,
          proposal,
          prepared: new Map([[self, state.accepted]]),
          acceptedBy: new Set<number>()
        }
      }),
      Prepare: Effect.fnUntraced(function* (state, { ballot }) {
        yield* Network.send(yield* Network.sender, Prepared.make({ ballot, accepted: state.accepted }))
        return { ...state, ballot }
      }),
      Prepared: Effect.fnUntraced(function* (state, { accepted, ballot }) {
        const prepared = new Map([...state.prepared, [yield* Network.sender, accepted] as const])
        if (prepared.size !== majority) return { ...state, prepared }
        const known = [...prepared.values()].filter((each) => each !== null)
        const latest = known.toSorted((left, right) => order(left.ballot, right.ballot)).at(-1)?.proposal
        const proposal = mutant === "ignores-accepted" ? state.proposal : (latest ?? state.proposal)
        if (proposal === null) return { ...state, prepared }
        yield* Network.broadcast(Accept.make({ ballot, proposal }))
        const acceptedBy = new Set([...state.acceptedBy, yield* Self.id])
        return { ...state, prepared, proposal, accepted: { ballot, proposal }, acceptedBy }
      }),
      Accept: Effect.fnUntraced(function* (state, { ballot, proposal }) {
        yield* Network.send(yield* Network.sender, DidAccept.make({ ballot }))
        return { ...state, ballot, accepted: { ballot, proposal } }
      }),
      Accepted: Effect.fnUntraced(function* (state, { ballot }) {
        const { proposal } = state
        const acceptedBy = new Set([...state.acceptedBy, yield* Network.sender])
        if (acceptedBy.size !== majority || proposal === null) return { ...state, acceptedBy }
        yield* Network.broadcast(Decided.make({ ballot, proposal }))
        yield* Network.send(proposal.client, PutOk.make({ request: proposal.request }))
        return { ...state, acceptedBy, decided: true }
      }),
      Decided: (state, { ballot, proposal }) =>
        Effect.succeed({ ...state, ballot, accepted: { ballot, proposal }, decided: true }),
      Get: Effect.fnUntraced(function* (state, { request }) {
        const value = state.accepted?.proposal.value ?? null
        yield* Network.send(yield* Network.sender, GetOk.make({ request, value }))
        return state
      })
    },
    {
      guards: {
        Put: ({ decided, proposal }) => !decided && proposal === null,
        Prepare: (state, { ballot }) => !state.decided && order(state.ballot, ballot) < 0,
        Prepared: (state, { ballot }) => !state.decided && order(state.ballot, ballot) === 0,
        Accept: (state, { ballot }) =>
          !state.decided && (mutant === "accepts-old-ballots" || order(state.ballot, ballot) <= 0),
        Accepted: (state, { ballot }) => !state.decided && order(state.ballot, ballot) === 0,
        Decided: ({ decided }) => !decided,
        Get: ({ decided }) => decided
      }
    }
  )

/** Servers that agree on one value, and their clients. */
export const paxosModel = Model.make({
  name: "paxos",
  about: "Single-decree Paxos: servers that agree on one of the values that clients write.",
  source: "Lamport 1998, 2001; Stateright, examples/paxos.rs",
  parameters: {
    clients: Model.integer({ default: 2, least: 1, most: 4, about: "clients; each writes once, then reads once" }),
    servers: Model.integer({ default: 3, least: 1, most: 5, about: "servers" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "ignores-accepted", "accepts-old-ballots"],
      about: "what is wrong with it"
    })
  },
  system: ({ clients, mutant, servers }) => {
    const one = server(Math.floor(servers / 2) + 1, mutant)
    const client = registerClient(servers)
    return System.make<PaxosServer | ClientState>("paxos", {
      machine: [...Array.from({ length: servers }, () => one), ...Array.from({ length: clients }, () => client)],
      topology: Topology.allToAll(servers + clients),
      ends: answered(servers)
    })
  }
})
