/**
 * Remote procedure calls that are carried out at most once. A caller sends its call again by a timer until it has the
 * result; the server recognises a copy by the number of the latest call that it has carried out, and answers it again.
 * The effect of a call is on disk. If the number is in memory alone, a recovered server takes a copy for a new call: no
 * protocol delivers at most once and still delivers if a crash takes all of its memory.
 *
 * `remembers` is the part of the server's state that survives a crash beside the effects: on `disk`, the number too; in
 * `memory`, none; its `incarnation`, counted up at each recovery, so that a call that is bound to an earlier one is
 * refused. The result of the call then remains unknown to the caller. `nothing` is a mutant, which recognises no copy,
 * and so is `stale-incarnation`, whose incarnation is not counted up.
 *
 * Source: Birrell, Nelson, "Implementing Remote Procedure Calls" (1984), section 3.2: the table of sequence numbers and
 * the unique identifier of a binding, which is another after a restart. The impossibility: Lynch, Distributed
 * Algorithms (1996), chapter 22. Deviations: one caller; a refusal contains the new incarnation, so that the caller
 * need not bind again; of equal messages between two nodes one is in flight at a time, so that the states are finite.
 */
import { Effect, Schema } from "effect"
import { Faults, Machine, Model, Network, System, Timer, Topology, Workload } from "plait"

const SERVER = 1

/** Makes a call. */
export const Invoke = Schema.TaggedStruct("Invoke", {})

/** Requests that the server carries out a call; calls of one caller are numbered from 1. */
export const Call = Schema.TaggedStruct("Call", { number: Schema.Natural, incarnation: Schema.Natural })

/** Confirms to the caller that its call was carried out. */
export const Result = Schema.TaggedStruct("Result", { number: Schema.Natural })

/** Refuses a call that was bound to an earlier incarnation of the server. */
export const Refusal = Schema.TaggedStruct("Refusal", { number: Schema.Natural, incarnation: Schema.Natural })

const CallerState = Schema.Struct({ made: Schema.Natural, isWaiting: Schema.Boolean, incarnation: Schema.Natural })

/**
 * A caller: the calls it has made, true if it waits for an answer to the last, and the incarnation to which it is
 * bound.
 */
export type Caller = typeof CallerState.Type

const ServerState = Schema.Struct({
  carriedOut: Schema.Array(Schema.Literals([0, 1, 2])),
  latest: Schema.Natural,
  incarnation: Schema.Natural
})

/**
 * A server: for each call the number of times it was carried out, counted up to two, the latest call, and the number of
 * recoveries.
 */
export type Server = typeof ServerState.Type

/** State of a server that survives a crash beside the effects of calls. */
export type Remembers = "disk" | "memory" | "incarnation" | "nothing" | "stale-incarnation"

const caller = Machine.make("caller", {
  state: CallerState,
  operations: [Invoke],
  messages: [Result, Refusal],
  initial: (): Caller => ({ made: 0, isWaiting: false, incarnation: 0 })
}).handlers(
  {
    Invoke: Effect.fnUntraced(function* ({ incarnation, made }) {
      yield* Network.send(SERVER, Call.make({ number: made + 1, incarnation }))
      yield* Timer.set("resend")
      return { made: made + 1, isWaiting: true, incarnation }
    }),
    Result: Effect.fnUntraced(function* (state, { number }) {
      if (number !== state.made) return state
      yield* Timer.cancel("resend")
      return { ...state, isWaiting: false }
    }),
    Refusal: Effect.fnUntraced(function* (state, { incarnation, number }) {
      if (number !== state.made) return state
      yield* Timer.cancel("resend")
      return { ...state, isWaiting: false, incarnation }
    })
  },
  {
    guards: { Invoke: ({ isWaiting }) => !isWaiting },
    timeouts: {
      resend: Effect.fnUntraced(function* (state) {
        yield* Network.send(SERVER, Call.make({ number: state.made, incarnation: state.incarnation }))
        yield* Timer.set("resend")
        return state
      })
    }
  }
)

const durable = {
  disk: ["carriedOut", "latest"],
  memory: ["carriedOut"],
  incarnation: ["carriedOut", "incarnation"],
  nothing: ["carriedOut"],
  "stale-incarnation": ["carriedOut", "incarnation"]
} as const

const oneMore = ({ carriedOut }: Server, number: number): Server["carriedOut"] =>
  carriedOut.map((times, index) => (index === number - 1 && times < 2 ? (times === 0 ? 1 : 2) : times))

/** The server of some calls. */
const server = (remembers: Remembers, calls: number) =>
  Machine.make("server", {
    state: ServerState,
    messages: [Call],
    initial: (): Server => ({ carriedOut: Array.from({ length: calls }, () => 0), latest: 0, incarnation: 0 }),
    durable: durable[remembers]
  }).handlers(
    {
      Call: Effect.fnUntraced(function* (state, { incarnation, number }) {
        const to = yield* Network.sender
        if (incarnation !== state.incarnation) {
          yield* Network.send(to, Refusal.make({ number, incarnation: state.incarnation }))
          return state
        }
        const isCopy = number <= state.latest && remembers !== "nothing"
        if (!isCopy || number === state.latest) yield* Network.send(to, Result.make({ number }))
        return isCopy ? state : { ...state, carriedOut: oneMore(state, number), latest: number }
      })
    },
    {
      recover: (state) =>
        Effect.succeed(remembers === "incarnation" ? { ...state, incarnation: state.incarnation + 1 } : state)
    }
  )

/** A caller, node 0, and its server, which crashes and recovers. */
export const remoteCallModel = Model.make({
  name: "remote-call",
  about: "Calls sent again until they are answered, to a server that crashes and is to carry out each at most once.",
  source: "Birrell, Nelson 1984, section 3.2",
  parameters: {
    calls: Model.integer({ default: 2, least: 1, most: 4, about: "calls, one after another" }),
    crashes: Model.integer({ default: 1, least: 0, most: 3, about: "crashes of the server, each with a recovery" }),
    remembers: Model.choice({
      default: "disk",
      values: ["disk", "memory", "incarnation", "nothing", "stale-incarnation"],
      about: "what recognises a copy of a call after a crash"
    })
  },
  system: ({ calls, crashes, remembers }) =>
    System.make<Caller | Server>("remote-call", {
      machine: [caller, server(remembers, calls)],
      topology: Topology.allToAll(2),
      network: Network.unordered({ copies: 1 }),
      faults: Faults.crash({ atMost: crashes, recoveries: crashes, nodes: [SERVER], inFlight: "kept" }),
      workload: Workload.script([Array.from({ length: calls }, () => Invoke.make({}))])
    })
})
