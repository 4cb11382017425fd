/**
 * A register of servers of which a majority must answer: the server of a request first queries a majority for their
 * timestamps and values, then makes a majority record the newest (a read) or a value with a timestamp above (a write).
 *
 * Source: Attiya, Bar-Noy and Dolev, "Sharing Memory Robustly in Message-Passing Systems" (JACM 1995), with several
 * writers as in Stateright's example `linearizable-register`: a server takes one request at a time, and a request that
 * meets a busy one stays in flight; so does an answer to a phase that is over.
 *
 * `reads-one-copy` is a mutant that answers a read from the server's own copy, at any time; `acknowledges-early` one
 * that acknowledges a write as soon as its own server holds the value.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Self, System, Topology } from "plait"
import { answered, type ClientState, Get, GetOk, Put, PutOk, registerClient, Value } from "./register-client.ts"

const Version = Schema.Struct({ clock: Schema.Natural, server: Schema.Natural, value: Value })
type Version = typeof Version.Type

const Query = Schema.TaggedStruct("Query", { request: Schema.Natural })
const AckQuery = Schema.TaggedStruct("AckQuery", { request: Schema.Natural, version: Version })
const Record = Schema.TaggedStruct("Record", { request: Schema.Natural, version: Version })
const AckRecord = Schema.TaggedStruct("AckRecord", { request: Schema.Natural })

const request = { request: Schema.Natural, client: Schema.Natural }
const Asking = Schema.TaggedStruct("Asking", {
  ...request,
  write: Value,
  answers: Schema.ReadonlyMap(Schema.Natural, Version)
})
const Recording = Schema.TaggedStruct("Recording", {
  ...request,
  read: Schema.NullOr(Version),
  acknowledged: Schema.ReadonlySet(Schema.Natural)
})
const State = Schema.Struct({ held: Version, phase: Schema.NullOr(Schema.Union([Asking, Recording])) })

/** A server: the version it holds, and the progress of the request in hand. */
export type AbdServer = typeof State.Type

const isNewer = (left: Version, right: Version): boolean =>
  left.clock > right.clock || (left.clock === right.clock && left.server > right.server)

const newer = (left: Version, right: Version): Version => (isNewer(left, right) ? left : right)

const declared = Machine.make("abd server", {
  state: State,
  messages: [Put, Get, Query, AckQuery, Record, AckRecord],
  initial: ({ id }): AbdServer => ({ held: { clock: 0, server: id, value: null }, phase: null })
})

/** Counts an acknowledgement of the second phase; enough of them answer the client. */
const acknowledge = Effect.fnUntraced(function* (
  held: Version,
  phase: typeof Recording.Type,
  from: number,
  enough: number
) {
  const acknowledged = new Set([...phase.acknowledged, from])
  if (acknowledged.size < enough) return { held, phase: { ...phase, acknowledged } }
  const { client, read, request: number } = phase
  const answer = read === null ? PutOk.make({ request: number }) : GetOk.make({ request: number, value: read.value })
  yield* Network.send(client, answer)
  return { held, phase: null }
})

/** First phase: queries a majority for their versions, for a write of this value or, without one, a read. */
const ask = Effect.fnUntraced(function* ({ held }: AbdServer, number: number, write: string | null) {
  yield* Network.broadcast(Query.make({ request: number }))
  const answers = new Map([[yield* Self.id, held]])
  return { held, phase: Asking.make({ request: number, client: yield* Network.sender, write, answers }) }
})

const isIdle = ({ phase }: AbdServer): boolean => phase === null

const server = (majority: number, mutant: "none" | "reads-one-copy" | "acknowledges-early") => {
  const enough = (read: Version | null) => (read === null && mutant === "acknowledges-early" ? 1 : majority)
  return declared.handlers(
    {
      Put: (state, { request: number, value }) => ask(state, number, value),
      Get: Effect.fnUntraced(function* (state, { request: number }) {
        if (mutant !== "reads-one-copy") return yield* ask(state, number, null)
        yield* Network.send(yield* Network.sender, GetOk.make({ request: number, value: state.held.value }))
        return state
      }),
      Query: Effect.fnUntraced(function* (state, { request: number }) {
        yield* Network.send(yield* Network.sender, AckQuery.make({ request: number, version: state.held }))
        return state
      }),
      AckQuery: Effect.fnUntraced(function* ({ held, phase }, { version }) {
        if (phase?._tag !== "Asking") return { held, phase }
        const answers = new Map([...phase.answers, [yield* Network.sender, version] as const])
        if (answers.size < majority) return { held, phase: { ...phase, answers } }
        const self = yield* Self.id
        const latest = [...answers.values()].reduce(newer)
        const { client, request: number, write } = phase
        const [next, read] =
          write === null ? [latest, latest] : [{ clock: latest.clock + 1, server: self, value: write }, null]
        yield* Network.broadcast(Record.make({ request: number, version: next }))
        const recording = Recording.make({ request: number, client, read, acknowledged: new Set() })
        return yield* acknowledge(newer(next, held), recording, self, enough(read))
      }),
      Record: Effect.fnUntraced(function* ({ held, phase }, { request: number, version }) {
        yield* Network.send(yield* Network.sender, AckRecord.make({ request: number }))
        return { held: newer(version, held), phase }
      }),
      AckRecord: Effect.fnUntraced(function* ({ held, phase }) {
        if (phase?._tag !== "Recording") return { held, phase }
        return yield* acknowledge(held, phase, yield* Network.sender, enough(phase.read))
      })
    },
    {
      guards: {
        Put: isIdle,
        Get: (state) => mutant === "reads-one-copy" || isIdle(state),
        AckQuery: ({ phase }, { request: number }) => phase?._tag === "Asking" && phase.request === number,
        AckRecord: ({ phase }, { request: number }) => phase?._tag === "Recording" && phase.request === number
      }
    }
  )
}

/** Servers that replicate to a majority, and their clients. */
export const abdModel = Model.make({
  name: "abd-register",
  about: "A linearizable register on servers of which a majority must answer in each of two phases.",
  source: "Attiya, Bar-Noy and Dolev 1995; Stateright, examples/linearizable-register.rs",
  parameters: {
    clients: Model.integer({ default: 2, least: 1, most: 4, about: "clients; each writes once, then reads once" }),
    servers: Model.integer({ default: 2, least: 2, most: 5, about: "servers" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "reads-one-copy", "acknowledges-early"],
      about: "what is wrong with it"
    })
  },
  system: ({ clients, mutant, servers }) => {
    const one = server(Math.floor(servers / 2) + 1, mutant)
    const client = registerClient(servers)
    return System.make<AbdServer | ClientState>("abd-register", {
      machine: [...Array.from({ length: servers }, () => one), ...Array.from({ length: clients }, () => client)],
      topology: Topology.allToAll(servers + clients),
      ends: answered(servers)
    })
  }
})
