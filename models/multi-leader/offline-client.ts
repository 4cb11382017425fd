/**
 * A client that edits while it is offline, and another that is online: last write wins at the server that both use. The
 * client that is offline keeps an edit in its outbox, reports it to its user as saved at once, and sends it when it
 * syncs. It has no replica: the model leaves out what it shows, and the server decides the fate of the edit.
 *
 * Timestamps: `client` is the reading of the editing client's clock at the edit, the higher client winning a tie;
 * `server` is the reading of the server's clock when the edit arrives. With the client's, an offline edit arrives with
 * an old timestamp and is dropped, although it was reported as saved; with the server's, it replaces an edit that is
 * newer. In neither case are the users informed. A client whose clock is ahead wins against every edit that others make
 * until their clocks have caught up, also against those that follow from its own.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, "Clients with offline operation" and
 * "Last write wins". Deviations: there each device is a leader with a database of its own; here it is an outbox only,
 * since the server's decision is under test. Mutants: `stamps-late` stamps an edit when it is sent and not when it is
 * made; with `latest-arrival` the server keeps the last edit to arrive, whatever its timestamp. Left out: several edits
 * in an outbox, messages that are lost on the way (models/liveness/retransmission.ts), and the merging that users want.
 */
import { Effect, Schema } from "effect"
import { Clocks, LocalClock, Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"

/** Edits the one document; offline, the edit stays in the outbox until a `Sync`. */
export const Edit = Schema.TaggedStruct("Edit", { write: Schema.String, offline: Schema.Boolean })

/** Sends the edit in the outbox of a client that is online again. */
export const Sync = Schema.TaggedStruct("Sync", {})

/** Reads the document at the server. */
export const Read = Schema.TaggedStruct("Read", {})

const Version = Schema.Struct({ write: Schema.String, timestamp: Schema.Int, client: Schema.Natural })
type Version = typeof Version.Type

/** Brings an edit to the server. */
export const Push = Schema.TaggedStruct("Push", { version: Version })

/** Confirms to a client that its edit has arrived at the server, where it may have won or not. */
export const Noted = Schema.TaggedStruct("Noted", {})

/** Requests the document from the server. */
export const Fetch = Schema.TaggedStruct("Fetch", {})

/** Brings the server's document to a client. */
export const Value = Schema.TaggedStruct("Value", { write: Schema.NullOr(Schema.String) })

const Outgoing = Schema.Struct({ version: Version, operation: Schema.String })
const ServerState = Schema.Struct({ held: Schema.NullOr(Version) })
const ClientState = Schema.Struct({ outbox: Schema.NullOr(Outgoing), waits: Schema.Boolean })

/**
 * The server has a version; a client an edit that the server has not confirmed yet, and true if it waits for an answer.
 */
export type OfflineState = typeof ServerState.Type | typeof ClientState.Type

/** Clock that stamps an edit. */
export type Stamps = "client" | "server"

/** Mutants of the client and the server. */
export type OfflineMutant = "none" | "stamps-late" | "latest-arrival"

const declaredServer = Machine.make("document server", {
  state: ServerState,
  messages: [Push, Fetch],
  initial: (): typeof ServerState.Type => ({ held: null })
})

const isLater = (incoming: Version, held: Version): boolean =>
  incoming.timestamp === held.timestamp ? incoming.client > held.client : incoming.timestamp > held.timestamp

/** The server. It keeps the last of the edits that arrive within one tick of its own clock. */
const documentServer = (stamps: Stamps, mutant: OfflineMutant) =>
  declaredServer.handlers({
    Push: Effect.fnUntraced(function* ({ held }, { version }) {
      const timestamp = stamps === "server" ? yield* LocalClock.now : version.timestamp
      const incoming = { ...version, timestamp }
      const wins = held === null || stamps === "server" || mutant === "latest-arrival" || isLater(incoming, held)
      yield* Observe.applied(version.write)
      yield* Network.send(yield* Network.sender, Noted.make({}))
      return { held: wins ? incoming : held }
    }),
    Fetch: Effect.fnUntraced(function* (state) {
      yield* Network.send(yield* Network.sender, Value.make({ write: state.held?.write ?? null }))
      return state
    })
  })

const declaredClient = Machine.make("document client", {
  state: ClientState,
  operations: [Edit, Sync, Read],
  messages: [Noted, Value],
  initial: (): typeof ClientState.Type => ({ outbox: null, waits: false })
})

const server = 0

const documentClient = (stamps: Stamps, mutant: OfflineMutant) => {
  const stamp = stamps === "client" ? LocalClock.now : Effect.succeed(0)
  const push = (outgoing: typeof Outgoing.Type) => Network.send(server, Push.make({ version: outgoing.version }))
  return declaredClient.handlers(
    {
      Edit: Effect.fnUntraced(function* (state, { offline, write }) {
        const version = { write, timestamp: yield* stamp, client: yield* Self.id }
        const outgoing = { version, operation: yield* Self.operation }
        yield* Observe.wrote(write)
        // The user's answer when offline is that the edit is saved on the device; online, the answer waits for the
        // server.
        if (offline) yield* Observe.acknowledged(write)
        else yield* push(outgoing)
        return { ...state, outbox: outgoing, waits: !offline }
      }),
      Sync: Effect.fnUntraced(function* (state) {
        if (state.outbox === null) return state
        const { version } = state.outbox
        const timestamp = mutant === "stamps-late" ? yield* stamp : version.timestamp
        yield* push({ ...state.outbox, version: { ...version, timestamp } })
        return state
      }),
      Read: Effect.fnUntraced(function* (state) {
        yield* Network.send(server, Fetch.make({}))
        return { ...state, waits: true }
      }),
      Noted: Effect.fnUntraced(function* ({ outbox, waits }) {
        if (waits && outbox !== null) {
          yield* Observe.acknowledged(outbox.version.write, { operation: outbox.operation })
        }
        return { outbox: null, waits: false }
      }),
      Value: Effect.fnUntraced(function* (state, { write }) {
        yield* Observe.read(write === null ? [] : [write])
        return { ...state, waits: false }
      })
    },
    { guards: { Edit: ({ waits }) => !waits, Sync: ({ waits }) => !waits } }
  )
}

/** The write that the server keeps; none for a client. */
export const documentKept = (state: OfflineState): ReadonlyArray<string> =>
  "held" in state && state.held !== null ? [state.held.write] : []

/** A server, a client that is offline for a while, and one that is online. */
export const offlineClientModel = Model.make({
  name: "offline-client",
  about: "Last write wins at a server, with a client that edits offline and syncs later.",
  source: "Kleppmann 2017, chapter 5, clients with offline operation",
  parameters: {
    timestamps: Model.choice({ default: "client", values: ["client", "server"], about: "whose clock stamps an edit" }),
    skew: Model.integer({ default: 0, least: 0, most: 4, about: "most by which two clocks differ; a message takes 1" }),
    reads: Model.choice({
      default: "no",
      values: ["no", "first"],
      about: "whether the client that is online reads before it edits"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "stamps-late", "latest-arrival"],
      about: "an edit is stamped when it is sent, or the server keeps what arrived last"
    })
  },
  system: ({ mutant, reads, skew, timestamps }) => {
    const client = documentClient(timestamps, mutant)
    const online = Edit.make({ write: "online", offline: false })
    return System.make<OfflineState>("offline-client", {
      machine: [documentServer(timestamps, mutant), client, client],
      topology: Topology.star(3),
      // The horizon has room for the offline edit to arrive, to be read, and for the edit that follows to arrive, too.
      clocks: Clocks.skewed({ skew, latency: 1, horizon: 4 }),
      workload: Workload.script([
        [],
        [Edit.make({ write: "offline", offline: true }), Sync.make({})],
        reads === "first" ? [Read.make({}), online] : [online]
      ])
    })
  }
})
