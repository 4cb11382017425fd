/**
 * Conflicts resolved on read: clients exchange messages with their servers, keep the context of every reply, and return
 * it with their next write. Servers send each other their whole state after every write.
 *
 * A client waits for its reply before its next request. Every reply, to a read and to a write, brings the siblings and
 * their context, and the client keeps the join of all contexts it got. So it has seen exactly the writes that reached
 * it over the messages, and a write without a context is the first write of a client that has read nothing.
 *
 * Source: DeCandia et al., "Dynamo" (2007), sections 4.4 and 5; Preguiça et al., "Dotted Version Vectors" (2010). The
 * mechanisms and their mutants are in sibling-store.ts. Deviation: each client has one server; with several, requests
 * would carry knowledge past the data (dvv.ts has clients that go anywhere). Left out: quorums and read repair.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, type Operation, Self, System, Topology, Workload } from "plait"
import { type Mechanism, mechanisms, type SiblingMutant, siblingRules } from "./sibling-store.ts"
import { join, Store, Vector } from "./sibling-versions.ts"

/** Invokes a write at a client, in place of all the values it has seen. */
export const Put = Schema.TaggedStruct("Put", { write: Schema.String })

/** Invokes a read at a client. */
export const Get = Schema.TaggedStruct("Get", {})

/** A client's request to read. */
export const Read = Schema.TaggedStruct("Read", {})

/** A client's request to write after the values it has seen. */
export const Write = Schema.TaggedStruct("Write", { write: Schema.String, context: Vector })

/** A server's reply: the siblings it stores with their context; `write` is the write it confirms, if any. */
export const Reply = Schema.TaggedStruct("Reply", {
  write: Schema.NullOr(Schema.String),
  siblings: Schema.Array(Schema.String),
  context: Vector
})

/** Brings a server's whole state to another server. */
export const Sync = Schema.TaggedStruct("Sync", { store: Store })

const ClientState = Schema.Struct({ context: Vector, waits: Schema.Boolean })

/** A client: the writes it has seen, and true if it waits for a reply. */
export type ClientState = typeof ClientState.Type

/** A node: a server's store or a client. */
export type SiblingNode = Store | ClientState

/** The writes that a server stores; `undefined` for a client. */
export const storedAt = (state: SiblingNode): ReadonlyArray<string> | undefined =>
  "siblings" in state ? state.siblings.map(({ write }) => write) : undefined

const declaredServer = Machine.make("sibling server", {
  state: Store,
  messages: [Read, Write, Sync],
  initial: (): Store => ({ vector: {}, siblings: [] })
})

/** Notes for each kept sibling whether the write replaced it: its past by the mechanism. */
const noteReplaced = (before: Store, after: Store, write: string) =>
  Effect.forEach(
    before.siblings,
    (sibling) =>
      Observe.compared(
        sibling.write,
        write,
        after.siblings.some((kept) => kept.write === sibling.write) ? "concurrent" : "before"
      ),
    { discard: true }
  )

/** A server under a mechanism. */
export const siblingServer = (mechanism: Mechanism, mutant: SiblingMutant): Machine<Store> => {
  const { context, merge, put } = siblingRules(mechanism, mutant)
  const reply = Effect.fnUntraced(function* (store: Store, write: string | null) {
    const siblings = store.siblings.map((sibling) => sibling.write)
    yield* Network.send(yield* Network.sender, Reply.make({ write, siblings, context: context(store) }))
    return store
  })
  return declaredServer.handlers({
    Read: (store) => reply(store, null),
    Write: Effect.fnUntraced(function* (store, { context, write }) {
      const [server, client] = [`n${yield* Self.id}`, `n${yield* Network.sender}`]
      const after = put(store, { write, context, server, client })
      yield* noteReplaced(store, after, write)
      yield* Observe.applied(write)
      yield* Network.broadcast(Sync.make({ store: after }))
      return yield* reply(after, write)
    }),
    Sync: Effect.fnUntraced(function* (store, { store: other }) {
      const known = new Set(store.siblings.map(({ write }) => write))
      for (const { write } of other.siblings) if (!known.has(write)) yield* Observe.applied(write)
      return merge(store, other)
    })
  })
}

const declaredClient = Machine.make("sibling client", {
  state: ClientState,
  operations: [Put, Get],
  messages: [Reply],
  initial: (): ClientState => ({ context: {}, waits: false })
})

const send = Effect.fnUntraced(function* (state: ClientState, request: typeof Read.Type | typeof Write.Type) {
  for (const server of yield* Network.neighbours) yield* Network.send(server, request)
  return { ...state, waits: true }
})

/** A client of one server. */
export const siblingClient = (mutant: SiblingMutant): Machine<ClientState> =>
  declaredClient.handlers(
    {
      Put: Effect.fnUntraced(function* (state, { write }) {
        yield* Observe.wrote(write)
        return yield* send(state, Write.make({ write, context: mutant === "blind" ? {} : state.context }))
      }),
      Get: (state) => send(state, Read.make({})),
      Reply: Effect.fnUntraced(function* (state, { context, siblings, write }) {
        if (write !== null) yield* Observe.acknowledged(write)
        yield* Observe.read(siblings)
        return { context: join(state.context, context), waits: false }
      })
    },
    { guards: { Put: ({ waits }) => !waits, Get: ({ waits }) => !waits } }
  )

/** Servers, numbered first, and clients of theirs in turn, each with its operations in order. */
export const siblingSystem = (parts: {
  readonly servers: number
  readonly mechanism: Mechanism
  readonly mutant: SiblingMutant
  readonly clients: ReadonlyArray<ReadonlyArray<Operation>>
}) => {
  const { clients, mutant, mechanism, servers } = parts
  const places = Array.from({ length: servers }, (_, place) => place)
  const between = places.flatMap((from) => places.filter((to) => to !== from).map((to) => [from, to] as const))
  const toClients = clients.flatMap((_, client) => {
    const [home, node] = [client % servers, servers + client]
    return [[home, node] as const, [node, home] as const]
  })
  const server = siblingServer(mechanism, mutant)
  const client = siblingClient(mutant)
  return System.make<SiblingNode>("sibling-clients", {
    machine: [...places.map(() => server), ...clients.map(() => client)],
    topology: Topology.graph(servers + clients.length, [...between, ...toClients], { name: "servers and clients" }),
    workload: Workload.script([...places.map(() => []), ...clients])
  })
}

/** The servers and clients of a key. */
export const siblingClientsModel = Model.make({
  name: "sibling-clients",
  about: "Siblings resolved on read by clients that hand back what they have seen, under seven mechanisms.",
  source: "DeCandia et al. 2007; Preguiça et al. 2010; Almeida et al. 2014",
  parameters: {
    mechanism: Model.choice({
      default: "dvv",
      values: mechanisms,
      about: "how a server tells which siblings a write replaces"
    }),
    servers: Model.integer({ default: 1, least: 1, most: 3, about: "servers, each linked to all others" }),
    clients: Model.integer({ default: 2, least: 1, most: 4, about: "clients, dealt to the servers in turn" }),
    puts: Model.integer({ default: 2, least: 1, most: 4, about: "writes of each client" }),
    reads: Model.integer({ default: 0, least: 0, most: 2, about: "reads of each client, before it writes" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "blind", "reuses-dot", "keeps-seen"],
      about: "no context is sent, two writes may share a dot, or what the context covers exactly is kept"
    })
  },
  system: ({ clients, mutant, mechanism, puts, reads, servers }) =>
    siblingSystem({
      servers,
      mechanism,
      mutant,
      clients: Array.from({ length: clients }, (_, client) => [
        ...Array.from({ length: reads }, () => Get.make({})),
        ...Array.from({ length: puts }, (__, number) => Put.make({ write: `c${client}w${number + 1}` }))
      ])
    })
})
