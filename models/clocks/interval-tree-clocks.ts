/**
 * Interval tree clocks among participants that join and leave: node 0 starts alone; a participant admits another node
 * by splitting its identity, or leaves by giving its whole identity to another node.
 *
 * Events, messages and comparisons are those of event-clocks.ts: an event is sent to every other node, an arrival is an
 * event. Joining and leaving are not events; a node that gets a further identity adds it to its own.
 *
 * Source: Almeida, Baquero, Fonte, "Interval Tree Clocks" (2008), sections 3 and 5. Mutants: a fork keeps the whole
 * identity on both sides (`no-split`), an arrival ignores the events in the message (`no-join`).
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"
import { compare, event, Events, Identity, join, seed, split, sum } from "./interval-tree-stamp.ts"
import type { Stamp } from "./interval-tree-stamp.ts"

/** Makes an event happen and sends it to every other node. */
export const Happen = Schema.TaggedStruct("Happen", {})

/** Admits another node, with half of the identity. */
export const Fork = Schema.TaggedStruct("Fork", { to: Schema.Natural })

/** Leaves: gives the whole stamp to another node. */
export const Leave = Schema.TaggedStruct("Leave", { to: Schema.Natural })

const StampSchema = Schema.Struct({ identity: Identity, events: Events })
const Stamped = Schema.Struct({ event: Schema.String, events: Events })
type Stamped = typeof Stamped.Type

/** Brings an event to another node. */
export const Told = Schema.TaggedStruct("Told", { event: Schema.String, events: Events })

/** Gives an identity to another node, with the events that its former owner knew. */
export const Seat = Schema.TaggedStruct("Seat", { stamp: StampSchema })

/**
 * A node: its stamp, which owns no part while the node does not participate, the number of its events, and the last of
 * them.
 */
export interface ParticipantState {
  readonly stamp: Stamp
  readonly count: number
  readonly last: Stamped | null
}

/** Mutants: identities are not split, or events are not joined. */
export type IntervalMutant = "none" | "no-split" | "no-join"

const declared = Machine.make("interval tree clock", {
  state: Schema.Struct({ stamp: StampSchema, count: Schema.Natural, last: Schema.NullOr(Stamped) }),
  operations: [Happen, Fork, Leave],
  messages: [Told, Seat],
  initial: ({ id }): ParticipantState => ({ stamp: id === 0 ? seed : { identity: 0, events: 0 }, count: 0, last: null })
})

const happen = Effect.fnUntraced(function* (state: ParticipantState, stamp: Stamp, causes: ReadonlyArray<Stamped>) {
  const after = event(stamp)
  const last = { event: `e${yield* Self.id}.${state.count + 1}`, events: after.events }
  yield* Observe.wrote(last.event)
  for (const cause of causes) {
    yield* Observe.compared(cause.event, last.event, compare(cause.events, last.events))
  }
  return { stamp: after, count: state.count + 1, last }
})

const seated = (own: Stamp, given: Stamp): Stamp => ({
  identity: sum(own.identity, given.identity),
  events: join(own.events, given.events)
})

const takesPart = ({ stamp }: ParticipantState): boolean => stamp.identity !== 0

/** A node that participates, correct or mutated. */
export const participant = (mutant: IntervalMutant) =>
  declared.handlers(
    {
      Happen: Effect.fnUntraced(function* (state) {
        const next = yield* happen(state, state.stamp, state.last === null ? [] : [state.last])
        yield* Network.broadcast(Told.make(next.last))
        return next
      }),
      Fork: Effect.fnUntraced(function* (state, { to }) {
        const { events, identity } = state.stamp
        const [kept, given] = mutant === "no-split" ? [identity, identity] : split(identity)
        yield* Network.send(to, Seat.make({ stamp: { identity: given, events } }))
        return { ...state, stamp: { identity: kept, events } }
      }),
      Leave: Effect.fnUntraced(function* (state, { to }) {
        yield* Network.send(to, Seat.make({ stamp: state.stamp }))
        return { ...state, stamp: { ...state.stamp, identity: 0 as const } }
      }),
      Told: Effect.fnUntraced(function* (state, told) {
        const { events, identity } = state.stamp
        if (state.last !== null) {
          yield* Observe.compared(told.event, state.last.event, compare(told.events, state.last.events))
        }
        const stamp = { identity, events: mutant === "no-join" ? events : join(events, told.events) }
        return yield* happen(state, stamp, state.last === null ? [told] : [state.last, told])
      }),
      Seat: (state, { stamp }) => Effect.succeed({ ...state, stamp: seated(state.stamp, stamp) })
    },
    { guards: { Happen: takesPart, Fork: takesPart, Leave: takesPart, Told: takesPart } }
  )

const Event = Happen.make({})

/** Three nodes, of which one admits the two others; one of them leaves again. */
const scripts = {
  fork: [
    [Fork.make({ to: 1 }), Event, Event],
    [Event, Event]
  ],
  "fork-twice": [[Fork.make({ to: 1 }), Event], [Fork.make({ to: 2 }), Event], [Event]],
  "fork-and-leave": [
    [Fork.make({ to: 1 }), Event, Fork.make({ to: 1 }), Event],
    [Event, Leave.make({ to: 0 })]
  ]
}

/** The nodes, under a script of joining and leaving. */
export const intervalTreeModel = Model.make({
  name: "interval-tree-clocks",
  about: "Interval tree clocks among participants that are let in, leave and come back.",
  source: "Almeida, Baquero, Fonte, Interval Tree Clocks, 2008",
  parameters: {
    script: Model.choice({
      default: "fork-and-leave",
      values: ["fork", "fork-twice", "fork-and-leave"],
      about: "one node is let in; two, one by the other; or one that leaves and is let in again"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "no-split", "no-join"],
      about: "a fork keeps the whole identity on both sides, or an arrival forgets what came"
    })
  },
  system: ({ mutant, script }) =>
    System.make("interval-tree-clocks", {
      machine: participant(mutant),
      topology: Topology.allToAll(script === "fork-twice" ? 3 : 2),
      workload: Workload.script(scripts[script]),
      ends: {
        when: ({ nodes }) => nodes.every(({ inbox, state }) => inbox.length === 0 || !takesPart(state)),
        why: "Only messages to a participant that has left are in flight: it receives nothing more."
      }
    })
})
