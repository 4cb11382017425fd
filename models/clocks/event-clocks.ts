/**
 * One workload for every clock: events happen at each node, and each event's timestamp is sent to every other node. An
 * event whose message is still in flight is a local event. The receiver compares its own event with the one that
 * arrives.
 *
 * An event is noted as a write, so that plait records the events that truly happened before it; each comparison is
 * noted with the clock's verdict: a new event against the node's last one and, when a message has arrived, its event
 * against the node's last one and against the arrival. It is also compared with itself, as when it arrives twice.
 *
 * Source: the events and messages of Lamport (1978); each clock's file has its source. Physical clocks never show a
 * node the same time twice, and hybrid ones may. Left out: participants that join and leave (interval-tree-clocks.ts)
 * and clients (models/siblings).
 */
import { Effect, Schema } from "effect"
import { Clocks, LocalClock, Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"
import type { Clock, ClockMutant } from "./clock.ts"
import { dottedVersionVector } from "./dotted-version-vector.ts"
import { hybridLogicalClock } from "./hybrid-logical-clock.ts"
import { lamportClock } from "./lamport-clock.ts"
import { physicalClock } from "./physical-clock.ts"
import { vectorClock, versionVector } from "./vector-clock.ts"

/** Makes an event happen and sends it to every other node. */
export const Happen = Schema.TaggedStruct("Happen", {})

/** An event with its timestamp. */
export interface Event<Stamp> {
  readonly event: string
  readonly stamp: Stamp
}

/** State of a node: its clock, the number of its events, and the last of them. */
export interface EventState<Kept, Stamp> {
  readonly kept: Kept
  readonly events: number
  readonly last: Event<Stamp> | null
}

/** A node with a clock that stamps its events. */
export const eventNode = <Kept, Stamp>(name: string, nodes: number, clock: Clock<Kept, Stamp>) => {
  type State = EventState<Kept, Stamp>
  const Stamped = Schema.Struct({ event: Schema.String, stamp: clock.stamp })
  const Told = Schema.TaggedStruct("Told", { event: Schema.String, stamp: clock.stamp })
  const moment = Effect.gen(function* () {
    return { self: yield* Self.id, nodes, now: clock.physical ? yield* LocalClock.now : 0 }
  })
  /** The node's next event, with its state after it; `causes` are the events with which it is compared. */
  const happen = Effect.fnUntraced(function* (
    state: State,
    self: number,
    kept: Kept,
    now: number,
    causes: ReadonlyArray<Event<Stamp>>
  ) {
    const last = { event: `e${self}.${state.events + 1}`, stamp: clock.stampOf(kept) }
    yield* Observe.wrote(last.event)
    if (clock.physical) yield* Observe.note("stamped", { stamp: last.stamp, now })
    for (const cause of causes) {
      yield* Observe.compared(cause.event, last.event, clock.compare(cause.stamp, last.stamp))
    }
    return { kept, events: state.events + 1, last }
  })
  return Machine.make(name, {
    state: Schema.Struct({ kept: clock.kept, events: Schema.Natural, last: Schema.NullOr(Stamped) }),
    operations: [Happen],
    messages: [Told],
    initial: (): State => ({ kept: clock.initial(nodes), events: 0, last: null })
  }).handlers({
    Happen: Effect.fnUntraced(function* (state: State) {
      const here = yield* moment
      const causes = state.last === null ? [] : [state.last]
      const next = yield* happen(state, here.self, clock.event(state.kept, here), here.now, causes)
      yield* Network.broadcast(Told.make(next.last))
      return next
    }),
    Told: Effect.fnUntraced(function* (state: State, told: Event<Stamp>) {
      const here = yield* moment
      const causes = state.last === null ? [told] : [state.last, told]
      yield* Observe.compared(told.event, told.event, clock.compare(told.stamp, told.stamp))
      if (state.last !== null) {
        yield* Observe.compared(told.event, state.last.event, clock.compare(told.stamp, state.last.stamp))
      }
      const kept = clock.receive(state.kept, told.stamp, here)
      return clock.arrivalIsEvent ? yield* happen(state, here.self, kept, here.now, causes) : { ...state, kept }
    })
  })
}

const clockNodes = {
  physical: (nodes: number, mutant: ClockMutant) => eventNode("physical clock", nodes, physicalClock(mutant)),
  lamport: (nodes: number, mutant: ClockMutant) => eventNode("Lamport clock", nodes, lamportClock(mutant)),
  hybrid: (nodes: number, mutant: ClockMutant) => eventNode("hybrid logical clock", nodes, hybridLogicalClock(mutant)),
  vector: (nodes: number, mutant: ClockMutant) => eventNode("vector clock", nodes, vectorClock(mutant)),
  "version-vector": (nodes: number, mutant: ClockMutant) => eventNode("version vector", nodes, versionVector(mutant)),
  "dotted-version-vector": (nodes: number, mutant: ClockMutant) =>
    eventNode("dotted version vector", nodes, dottedVersionVector(mutant))
}

/** The nodes, each with a number of events, under a clock. */
export const eventClocksModel = Model.make({
  name: "event-clocks",
  about: "Events and messages stamped by a logical or physical clock, compared wherever a message arrives.",
  source: "Lamport 1978; Fidge 1988; Mattern 1989; Parker et al. 1983; Preguiça et al. 2010; Kulkarni et al. 2014",
  parameters: {
    clock: Model.choice({
      default: "vector",
      values: ["physical", "lamport", "hybrid", "vector", "version-vector", "dotted-version-vector"],
      about: "what stamps the events"
    }),
    nodes: Model.integer({ default: 2, least: 2, most: 4, about: "nodes, each of which tells every other" }),
    events: Model.integer({ default: 2, least: 1, most: 4, about: "events at each node besides arrivals" }),
    skew: Model.integer({ default: 0, least: 0, most: 3, about: "most by which physical clocks differ" }),
    latency: Model.integer({ default: 1, least: 0, most: 3, about: "the least time a message takes" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "no-maximum", "no-increment", "not-strict"],
      about: "an arrival takes no maximum, or does not count; or equal timestamps count as later"
    })
  },
  system: ({ clock, events, mutant, latency, nodes, skew }) =>
    System.make<unknown>("event-clocks", {
      machine: clockNodes[clock](nodes, mutant),
      topology: Topology.allToAll(nodes),
      ...(clock === "physical" || clock === "hybrid"
        ? { clocks: Clocks.skewed({ skew, latency, horizon: 3, unique: clock === "physical" }) }
        : {}),
      workload: Workload.script(
        Array.from({ length: nodes }, () => Array.from({ length: events }, () => Happen.make({})))
      )
    })
})
