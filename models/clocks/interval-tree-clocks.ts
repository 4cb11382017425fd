/**
 * Interval tree clocks among participants that come and go: node 0 starts alone; a participant lets another node in by
 * splitting its identity, or leaves by handing its whole identity
 * to another node and keeping none.
 *
 * Events, messages and comparisons are those of event-clocks.ts: an event is told to every other node, an arrival is an
 * event. Letting in and leaving are none; whoever gets an identity it has no use for adds it to its own.
 *
 * Source: Almeida, Baquero, Fonte, "Interval Tree Clocks" (2008), sections 3 and 5. Mutants: a fork keeps the whole
 * identity on both sides (`no-split`), an arrival forgets what came (`no-join`).
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"
import { compare, event, Events, Identity, join, seed, split, sum } from "./interval-tree-stamp.ts"
import type { Stamp } from "./interval-tree-stamp.ts"

/** Makes an event happen and tells every other node of it. */
export const Happen = Schema.TaggedStruct("Happen", {})

/** Lets another node in, with half of the identity. */
export const Fork = Schema.TaggedStruct("Fork", { to: Schema.Natural })

/** Leaves: hands the whole stamp to another node. */
export const Leave = Schema.TaggedStruct("Leave", { to: Schema.Natural })

const StampSchema = Schema.Struct({ identity: Identity, events: Events })
const Stamped = Schema.Struct({ event: Schema.String, events: Events })
type Stamped = typeof Stamped.Type

/** Tells of an event. */
export const Told = Schema.TaggedStruct("Told", { event: Schema.String, events: Events })

/** Hands over an identity, with the events its former owner knew of. */
export const Seat = Schema.TaggedStruct("Seat", { stamp: StampSchema })

/** A node: its stamp, which owns nothing while it does not take part, how many events it had, and the last of them. */
export interface ParticipantState {
  readonly stamp: Stamp
  readonly count: number
  readonly last: Stamped | null
}

/** Whether identities are split and events joined as they should. */
export type IntervalFault = "none" | "no-split" | "no-join"

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

/** A node that takes part as told. */
export const participant = (mutant: IntervalFault) =>
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

/** Three nodes, of which one lets two in; one that came leaves again. */
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

/** The nodes, under a script of comings and goings. */
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
