/**
 * A register on servers that do not communicate. With one server it is linearizable; with two it is not, since a client
 * reads at another server than the one of its write.
 *
 * Source: Stateright, example `single-copy-register`. `forgets` is a mutant: a server that answers a write before it
 * has stored it, and never does.
 */
import { Effect } from "effect"
import { Machine, Model, Network, System, Topology } from "plait"
import { answered, type ClientState, Get, GetOk, Put, PutOk, registerClient, Value } from "./register-client.ts"

/** A server's state: the value. */
export type SingleCopy = string | null

const declared = Machine.make("single copy", { state: Value, messages: [Put, Get], initial: (): SingleCopy => null })

const server = (forgets: boolean) =>
  declared.handlers({
    Put: Effect.fnUntraced(function* (before, { request, value }) {
      yield* Network.send(yield* Network.sender, PutOk.make({ request }))
      return forgets ? before : value
    }),
    Get: Effect.fnUntraced(function* (value, { request }) {
      yield* Network.send(yield* Network.sender, GetOk.make({ request, value }))
      return value
    })
  })

/** Servers without replication, and their clients. */
export const singleCopyModel = Model.make({
  name: "single-copy-register",
  about: "A register on servers that do not replicate; each client writes once and then reads once.",
  source: "Stateright, examples/single-copy-register.rs",
  parameters: {
    clients: Model.integer({ default: 2, least: 1, most: 5, about: "clients" }),
    servers: Model.integer({ default: 1, least: 1, most: 4, about: "servers, each with a register of its own" }),
    mutant: Model.mutants({ default: "none", values: ["none", "forgets"], about: "what is wrong with it" })
  },
  system: ({ clients, mutant, servers }) => {
    const one = server(mutant === "forgets")
    const client = registerClient(servers)
    return System.make<SingleCopy | ClientState>("single-copy-register", {
      machine: [...Array.from({ length: servers }, () => one), ...Array.from({ length: clients }, () => client)],
      topology: Topology.allToAll(servers + clients),
      ends: answered(servers)
    })
  }
})
