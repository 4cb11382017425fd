/**
 * The clients and the messages that three published register protocols share: each client writes its own letter once,
 * waits for the answer, then reads once. Successive requests of a client go to successive servers.
 *
 * Source: Stateright, `actor::register`, with one write per client. Servers come before clients in the numbering, a
 * request's number is the client's times the count of its requests, and the first request is in flight from the start,
 * as there. An answer to a request that is not awaited stays in flight, as there: it would not change the state.
 *
 * A client notes its invocations and answers, as session `n3` for node 3. Left out: clients that give up or repeat a
 * request.
 */
import { Effect, Schema } from "effect"
import { type Ends, Machine, Network, type NodesView, Observe, Self } from "plait"

/** A register's value: a letter, or null before the first write. */
export const Value = Schema.NullOr(Schema.String)

/** Requests a write from a server. */
export const Put = Schema.TaggedStruct("Put", { request: Schema.Natural, value: Schema.String })

/** Confirms to a client that its write is done. */
export const PutOk = Schema.TaggedStruct("PutOk", { request: Schema.Natural })

/** Requests a read from a server. */
export const Get = Schema.TaggedStruct("Get", { request: Schema.Natural })

/** Brings the result of its read to a client. */
export const GetOk = Schema.TaggedStruct("GetOk", { request: Schema.Natural, value: Value })

/** Ends in which every client of `servers` servers has its answers. */
export const answered = (servers: number): Ends<NodesView<unknown>> => ({
  when: ({ nodes }) => nodes.slice(servers).every(({ state }) => (state as ClientState).awaiting === null),
  why: "Every client has its answers. Answers to requests that are over stay in flight, as in the source."
})

/** A client: the request it waits for, and how many it has made. */
export interface ClientState {
  readonly awaiting: number | null
  readonly requests: number
}

const declared = Machine.make("register client", {
  state: Schema.Struct({ awaiting: Schema.NullOr(Schema.Natural), requests: Schema.Natural }),
  messages: [PutOk, GetOk],
  initial: (): ClientState => ({ awaiting: null, requests: 0 })
})

/** The letter that a client writes. */
const letterOf = (client: number, servers: number): string => String.fromCharCode("A".charCodeAt(0) + client - servers)

/** The client of a register on the nodes 0 to `servers` − 1. */
export const registerClient = (servers: number) =>
  declared.handlers(
    {
      PutOk: Effect.fnUntraced(function* ({ requests }) {
        const self = yield* Self.id
        const get = Get.make({ request: (requests + 1) * self })
        yield* Observe.acknowledged(letterOf(self, servers), { operation: `n${self}.${requests}` })
        yield* Observe.invoked(`n${self}.${requests + 1}`, get)
        yield* Network.send((self + requests) % servers, get)
        return { awaiting: get.request, requests: requests + 1 }
      }),
      GetOk: Effect.fnUntraced(function* ({ requests }, { value }) {
        yield* Observe.read(value === null ? [] : [value], { operation: `n${yield* Self.id}.${requests}` })
        return { awaiting: null, requests: requests + 1 }
      })
    },
    {
      start: Effect.fnUntraced(function* () {
        const self = yield* Self.id
        const put = Put.make({ request: self, value: letterOf(self, servers) })
        yield* Observe.invoked(`n${self}.1`, put)
        yield* Observe.wrote(put.value, { operation: `n${self}.1` })
        yield* Network.send(self % servers, put)
        return { awaiting: put.request, requests: 1 }
      }),
      guards: {
        PutOk: ({ awaiting }, { request }) => awaiting === request,
        GetOk: ({ awaiting }, { request }) => awaiting === request
      }
    }
  )
