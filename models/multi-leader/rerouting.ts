/**
 * Going round a node that crashed: a ring that skips it, a star whose hub is replaced. One write, one node that may
 * crash at any moment, and an operator who sends each node its new neighbours. The operator's orders arrive at
 * different moments, and may come although the node is up: operators make this mistake.
 *
 * Messages sent to the crashed node are gone. So a node with new neighbours must send its writes again (`resend`);
 * `switch` is the mutant that only sends later writes to them, `stay` one that ignores the order.
 *
 * Rule by which a node stops passing on: `seen`, for a write it has already; `origin`, only for its own writes,
 * recognised by their tag, as in MySQL's circular replication. The latter fails if the origin itself is skipped: no
 * node is left to stop its writes, and they circulate for ever.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, "Multi-leader replication topologies";
 * MySQL worklog 10963 and `IGNORE_SERVER_IDS` for events of a removed server. Left out: nodes that recover, more than
 * one change of the topology, and the detection of a crash.
 */
import { Effect, Schema } from "effect"
import { Faults, Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"

/** Makes the write. */
export const Write = Schema.TaggedStruct("Write", {})

/** Gives a node its new neighbours. */
export const Reroute = Schema.TaggedStruct("Reroute", { to: Schema.Array(Schema.Natural) })

/** Brings the write, with its origin. */
export const Bring = Schema.TaggedStruct("Bring", { origin: Schema.Natural })

/** A node: the origin of the write, if it has it, and the nodes to which it sends. */
export interface ReroutingState {
  readonly origin: number | null
  readonly sendsTo: ReadonlyArray<number>
}

/** Reaction of a node to new neighbours. */
export type Answer = "resend" | "switch" | "stay"

/** Rule by which a node stops passing a write on. */
export type Stop = "seen" | "origin"

const links = { ring: Topology.ring, star: Topology.star }

/** The new neighbours of the nodes that have to change when `gone` is skipped: the ring closes, or node 1 or 0 becomes hub. */
const detour = (
  shape: keyof typeof links,
  nodes: number,
  gone: number
): ReadonlyArray<ReadonlyArray<number> | null> => {
  const around = (node: number, step: number): number => (node + step + nodes) % nodes
  const others = Array.from({ length: nodes }, (_, node) => node).filter((node) => node !== gone)
  return Array.from({ length: nodes }, (_, node) => {
    if (node === gone) return null
    if (shape === "ring") return around(node, 1) === gone ? [around(node, 2)] : null
    if (gone !== 0) return null
    return node === 1 ? others.filter((other) => other !== 1) : [1]
  })
}

/** A node of the given shape. Every node could reach every other; its state has the nodes to which it does send. */
export const reroutingNode = (shape: keyof typeof links, nodes: number, answer: Answer, stop: Stop) => {
  const pass = Effect.fnUntraced(function* (sendsTo: ReadonlyArray<number>, origin: number, from: number | null) {
    for (const node of sendsTo) if (node !== from) yield* Network.send(node, Bring.make({ origin }))
  })
  return Machine.make("rerouting", {
    state: Schema.Struct({ origin: Schema.NullOr(Schema.Natural), sendsTo: Schema.Array(Schema.Natural) }),
    operations: [Write, Reroute],
    messages: [Bring],
    initial: ({ id }): ReroutingState => ({ origin: null, sendsTo: links[shape](nodes).neighbours[id] ?? [] })
  }).handlers({
    Write: Effect.fnUntraced(function* (state) {
      const origin = yield* Self.id
      yield* Observe.wrote("write")
      yield* Observe.applied("write")
      yield* pass(state.sendsTo, origin, null)
      yield* Observe.acknowledged("write")
      return { ...state, origin }
    }),
    Reroute: Effect.fnUntraced(function* (state, { to }) {
      if (answer === "stay") return state
      if (answer === "resend" && state.origin !== null) yield* pass(to, state.origin, null)
      return { ...state, sendsTo: to }
    }),
    Bring: Effect.fnUntraced(function* (state, { origin }) {
      const stops = stop === "seen" ? state.origin !== null : origin === (yield* Self.id)
      if (stops) return state
      yield* Observe.applied("write")
      // In a ring of two the next node is the last as well; only a star must not send a write back to its sender.
      yield* pass(state.sendsTo, origin, shape === "star" ? yield* Network.sender : null)
      return { ...state, origin }
    })
  })
}

/** The writes a node has. */
export const reroutingWrites = ({ origin }: ReroutingState): ReadonlyArray<string> => (origin === null ? [] : ["write"])

/** The nodes, the one that may crash, and the operator's orders. */
export const reroutingModel = Model.make({
  name: "rerouting",
  about: "A ring that skips a crashed node, or a star whose hub is replaced, by order of an operator.",
  source: "Kleppmann 2017, chapter 5; MySQL worklog 10963",
  parameters: {
    shape: Model.choice({ default: "ring", values: ["ring", "star"], about: "who sends to whom; node 0 is the hub" }),
    nodes: Model.integer({ default: 4, least: 3, most: 6, about: "nodes" }),
    origin: Model.integer({ default: 0, least: 0, most: 5, about: "the node at which the write is made" }),
    gone: Model.integer({ default: 2, least: 0, most: 5, about: "the node that may crash and is skipped" }),
    answer: Model.choice({
      default: "resend",
      values: ["resend", "switch", "stay"],
      about: "what a node does with new neighbours: sends them what it has, only uses them, or ignores them"
    }),
    stop: Model.choice({
      default: "seen",
      values: ["seen", "origin"],
      about: "what a node does not pass on: what it has, or only what it wrote itself"
    })
  },
  requires: ({ gone, nodes, origin, shape, stop }) => {
    if (Math.max(gone, origin) >= nodes) return `the node ${Math.max(gone, origin)} is none of 0 to ${nodes - 1}`
    return shape === "star" && stop === "origin" ? "a star needs no rule by origin: it has no loop" : undefined
  },
  system: ({ answer, gone, nodes, origin, shape, stop }) =>
    System.make("rerouting", {
      machine: reroutingNode(shape, nodes, answer, stop),
      topology: Topology.allToAll(nodes),
      faults: Faults.crash({ nodes: [gone], inFlight: "lost" }),
      workload: Workload.anyOrder(
        detour(shape, nodes, gone).map((to, node) => [
          ...(node === origin ? [Write.make({})] : []),
          ...(to === null ? [] : [Reroute.make({ to })])
        ])
      )
    })
})
