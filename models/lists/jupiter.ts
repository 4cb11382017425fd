/**
 * Jupiter: clients edit a list and send their edits to one server, which orders them and sends them to the other
 * clients. Each side of a link transforms an arriving edit against those that the other side cannot have known.
 *
 * Source: AJupiter.tla of Wei, Huang and Lu's Jupiter refinement project (2019; their "Jupiter Protocol Revisited",
 * arXiv 1708.04754), ported variable by variable, for the protocol of Nichols et al. (1995) as Attiya et al. present it
 * (PODC 2016). `seen` is the history of their AbsJupiterH: every list that any replica ever had.
 *
 * Deviations: clients and positions count from 0, characters are letters named in the order of insertion. TLC explored
 * the specification with interchangeable characters, one successor for each unused one: `insert` has as many. The order
 * of insertion is visible here and not in TLC, so with several clients and several characters there are more states
 * than orbits. Added: an initial list, and a bound on the edits of each client.
 */
import { Effect, Schema } from "effect"
import { Choice, Model, WholeState } from "plait"
import {
  applyEdit,
  Edit,
  transformation,
  type TransformationMutant,
  transformPast
} from "./operational-transformation.ts"

const List = Schema.Array(Schema.String)
const Edits = Schema.Array(Edit)
const Replica = Schema.Struct({ list: List, edits: Schema.Natural, sent: Edits, received: Schema.Natural })
const Link = Schema.Struct({ sent: Edits, received: Schema.Natural })
const Message = Schema.Struct({ acknowledges: Schema.Natural, edit: Edit })
const Request = Schema.Struct({ client: Schema.Natural, acknowledges: Schema.Natural, edit: Edit })

/** A mutated transformation, or a replica that transforms against edits that were acknowledged. */
export type JupiterMutant = Exclude<TransformationMutant, "deletes-twice"> | "keeps-acknowledged"

/** Bounds of the model: clients, characters, the list's first length, edits for each client (0: no bound). */
export interface JupiterParts {
  readonly clients: number
  readonly characters: number
  readonly initial: number
  readonly edits: number
  readonly history: "none" | "lists"
  readonly mutant: JupiterMutant
}

/** Variables that properties see. */
export interface JupiterView {
  readonly clients: ReadonlyArray<typeof Replica.Type>
  readonly server: ReadonlyArray<string>
  /** Links at the server, one for each client. */
  readonly links: ReadonlyArray<typeof Link.Type>
  readonly toServer: ReadonlyArray<typeof Request.Type>
  readonly toClients: ReadonlyArray<ReadonlyArray<typeof Message.Type>>
  /** Characters that no client has inserted yet. */
  readonly unused: number
  /** Every list of any replica so far; empty without history. */
  readonly seen: ReadonlySet<ReadonlyArray<string>>
}

const letter = (index: number): string => String.fromCharCode(97 + index)

/** The variables and actions of AJupiter.tla. */
export const jupiter = ({ characters, clients, edits, mutant, history, initial }: JupiterParts) => {
  const everyone = Array.from({ length: clients }, (_, client) => client)
  const start = Array.from({ length: initial }, (_, index) => letter(index))
  const transform = transformation(mutant === "keeps-acknowledged" ? "none" : mutant)
  const unacknowledged = (sent: ReadonlyArray<Edit>, acknowledges: number) =>
    mutant === "keeps-acknowledged" ? sent : sent.slice(acknowledges)
  return WholeState.make("jupiter", {
    variables: {
      clients: WholeState.family(clients, Replica, { list: start, edits: 0, sent: [], received: 0 }),
      server: WholeState.variable(List, start),
      links: WholeState.family(clients, Link, { sent: [], received: 0 }),
      toServer: WholeState.variable(Schema.Array(Request), []),
      toClients: WholeState.family(clients, Schema.Array(Message), []),
      unused: WholeState.variable(Schema.Natural, characters),
      seen: WholeState.variable(Schema.ReadonlySet(List), new Set(history === "lists" ? [start] : []))
    },
    actions: (state) => {
      const remember = Effect.fnUntraced(function* (list: ReadonlyArray<string>) {
        if (history === "lists") yield* state.seen.set(new Set([...(yield* state.seen.get), list]))
      })
      const perform = Effect.fnUntraced(function* (client: number, edit: Edit) {
        const before = yield* state.clients.at(client).get
        yield* WholeState.when(edits === 0 || before.edits < edits)
        const list = applyEdit(before.list, edit)
        yield* state.clients.at(client).set({
          list,
          edits: edits === 0 ? 0 : before.edits + 1,
          sent: [...before.sent, edit],
          received: 0
        })
        yield* state.toServer.set([...(yield* state.toServer.get), { client, acknowledges: before.received, edit }])
        yield* remember(list)
      })
      return {
        insert: WholeState.each(
          everyone.flatMap((client) => Array.from({ length: characters }, (_, spare) => ({ client, spare }))),
          Effect.fnUntraced(function* ({ client, spare }) {
            const unused = yield* state.unused.get
            yield* WholeState.when(spare < unused)
            const { list } = yield* state.clients.at(client).get
            const at = yield* Choice.among([...list.keys(), list.length])
            const character = letter(initial + characters - unused)
            yield* perform(client, { _tag: "Insert", at, character, priority: client })
            yield* state.unused.set(unused - 1)
          })
        ),
        delete: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (client) {
            const { list } = yield* state.clients.at(client).get
            yield* WholeState.when(list.length > 0)
            yield* perform(client, { _tag: "Delete", at: yield* Choice.among([...list.keys()]) })
          })
        ),
        clientReceives: WholeState.each(
          everyone,
          Effect.fnUntraced(function* (client) {
            const [message, ...later] = yield* state.toClients.at(client).get
            if (message === undefined) return yield* WholeState.when(false)
            const before = yield* state.clients.at(client).get
            const past = transformPast(transform, message.edit, unacknowledged(before.sent, message.acknowledges))
            const list = applyEdit(before.list, past.edit)
            yield* state.toClients.at(client).set(later)
            yield* state.clients.at(client).set({ ...before, list, sent: past.others, received: before.received + 1 })
            yield* remember(list)
          })
        ),
        serverReceives: WholeState.action(
          Effect.gen(function* () {
            const [request, ...later] = yield* state.toServer.get
            if (request === undefined) return yield* WholeState.when(false)
            const { sent } = yield* state.links.at(request.client).get
            const past = transformPast(transform, request.edit, unacknowledged(sent, request.acknowledges))
            const list = applyEdit(yield* state.server.get, past.edit)
            yield* state.toServer.set(later)
            yield* state.server.set(list)
            for (const client of everyone) {
              const link = yield* state.links.at(client).get
              if (client === request.client) {
                yield* state.links.at(client).set({ sent: past.others, received: link.received + 1 })
              } else {
                yield* state.links.at(client).set({ sent: [...link.sent, past.edit], received: 0 })
                const message = { acknowledges: link.received, edit: past.edit }
                yield* state.toClients.at(client).set([...(yield* state.toClients.at(client).get), message])
              }
            }
            yield* remember(list)
          })
        )
      }
    }
  })
}

/** The clients and their server. */
export const jupiterModel = Model.make({
  name: "jupiter",
  about: "Clients that edit a list through one server, by operational transformation over a star.",
  source: "Nichols et al. 1995; AJupiter.tla, Wei, Huang and Lu 2019",
  parameters: {
    clients: Model.integer({ default: 2, least: 1, most: 4, about: "clients of the server" }),
    characters: Model.integer({ default: 1, least: 1, most: 4, about: "characters inserted, each once" }),
    initial: Model.integer({ default: 0, least: 0, most: 4, about: "characters in the list from the start" }),
    edits: Model.integer({ default: 0, least: 0, most: 4, about: "most edits of each client; 0 for no bound" }),
    history: Model.choice({
      default: "none",
      values: ["none", "lists"],
      about: "whether every list that a replica ever had is kept"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "no-priority", "no-shift", "keeps-acknowledged"],
      about: "how the transformation is faulty"
    })
  },
  system: (parts) => jupiter(parts)
})
