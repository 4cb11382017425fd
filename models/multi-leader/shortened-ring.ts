/**
 * A ring of three servers from which the origin of a write is removed: the last server passes on to the second one by
 * order, and the write that is still in flight no longer reaches a server that recognises it as its own.
 *
 * Under the origin's tag alone it then circulates for ever. Filtering by the removed server's identity, a set of the
 * servers visited, and de-duplication by the write's identity end it.
 *
 * Source: MySQL bug 27808, case 1 (circular replication, fail-over past a failed server); WL#10963 (what
 * IGNORE_SERVER_IDS is for, and that GTIDs make it unnecessary). Deviations: servers push instead of pulling, so the
 * fail-over and the filter are at the sending end of the new link; one write; servers are numbered from 0. The removed
 * server is not crashed: a message that it could still receive has no effect.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"

/** Makes the write. */
export const Write = Schema.TaggedStruct("Write", {})

/** Makes the last server pass on to the second one from now on: the first is out of the ring. */
export const ShortCut = Schema.TaggedStruct("ShortCut", {})

/** Brings the write: the server it comes from first, and those it has been at. */
export const Event = Schema.TaggedStruct("Event", {
  origin: Schema.Natural,
  visited: Schema.ReadonlySet(Schema.Natural)
})

const State = Schema.Struct({ has: Schema.Boolean, next: Schema.Natural, ignores: Schema.ReadonlySet(Schema.Natural) })

/** A server: true if it has the write, the next server, and the servers whose writes it leaves out there. */
export type RingServer = typeof State.Type

/** Method by which a server recognises a write that has been round. */
export type Recognition = "origin" | "ignored-ids" | "visited" | "write-id"

const declared = Machine.make("shortened-ring", {
  state: State,
  operations: [Write, ShortCut],
  messages: [Event],
  initial: ({ id, nodes }): RingServer => ({ has: false, next: (id + 1) % nodes, ignores: new Set() })
})

/** A server that applies and passes on the writes it does not recognise. */
export const ringServer = (recognition: Recognition) =>
  declared.handlers({
    Write: Effect.fnUntraced(function* (state) {
      const origin = yield* Self.id
      yield* Network.send(state.next, Event.make({ origin, visited: new Set([origin]) }))
      yield* Observe.acknowledged("write")
      return { ...state, has: true }
    }),
    ShortCut: (state) =>
      Effect.succeed({ ...state, next: 1, ignores: new Set(recognition === "ignored-ids" ? [0] : []) }),
    Event: Effect.fnUntraced(function* (state, { origin, visited }) {
      const self = yield* Self.id
      const isKnown =
        recognition === "visited" ? visited.has(self) : recognition === "write-id" ? state.has : origin === self
      if (isKnown) return state
      const onward = recognition === "visited" ? new Set([...visited, self]) : visited
      if (!state.ignores.has(origin)) yield* Network.send(state.next, Event.make({ origin, visited: onward }))
      return { ...state, has: true }
    })
  })

/** The ring, and a client that writes at server 0 before an operator removes it. */
export const shortenedRingModel = Model.make({
  name: "shortened-ring",
  about: "A write on a ring of three servers from which its origin is removed while the write is on its way.",
  source: "MySQL bug 27808, case 1; MySQL WL#10963",
  parameters: {
    recognition: Model.choice({
      default: "origin",
      values: ["origin", "ignored-ids", "visited", "write-id"],
      about: "what ends a write's way: its origin, a filter set at the fail-over, the servers visited, its own identity"
    }),
    removal: Model.choice({ default: true, values: [true, false], about: "whether the origin is removed" })
  },
  system: ({ recognition, removal }) =>
    System.make("shortened-ring", {
      machine: ringServer(recognition),
      topology: Topology.graph(3, [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 1]
      ]),
      workload: Workload.sessions([
        [{ at: 0, operation: Write.make({}) }, ...(removal ? [{ at: 2, operation: ShortCut.make({}) }] : [])]
      ])
    })
})
