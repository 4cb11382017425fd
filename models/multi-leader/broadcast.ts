/**
 * One write spread over a topology while a node is down, crashes, recovers, or a link is cut.
 *
 * No node finds a way round (rerouting.ts does): on a ring exactly the arc from the origin to the node that is down
 * gets the write; a star without its hub does not spread it; on a mesh only the crashed node lacks it, unless the
 * origin crashes in mid-broadcast. A ring with links both ways survives one crash or one cut link. `relay` is the
 * remedy for a mesh: every node passes the write to all others once, on its first arrival. `catch-up` is the remedy for
 * a node that recovers: it requests the write from its neighbours and sends them its own; on a one-way ring this
 * request goes to the wrong neighbour.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, "Multi-leader replication topologies";
 * relaying is eager reliable broadcast (Cachin, Guerraoui, Rodrigues 2011, algorithm 3.3). Passing `keep` is a mutant:
 * nodes never pass the write on.
 */
import { Effect, Schema } from "effect"
import { Faults, Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"

/** Makes the write. */
export const Write = Schema.TaggedStruct("Write", {})

/** Brings the write, with its origin. */
export const Bring = Schema.TaggedStruct("Bring", { origin: Schema.Natural })

/** Requests the write. */
export const Ask = Schema.TaggedStruct("Ask", {})

/** A node: true if it has the write. */
export interface BroadcastState {
  readonly has: boolean
}

/**
 * Reaction of a node to a write: it passes it along the topology, to all others once, or keeps it to itself (mutant);
 * `catch-up` is `forward` with a request after a recovery.
 */
export type Passing = "forward" | "relay" | "keep" | "catch-up"

const declared = Machine.make("broadcast", {
  state: Schema.Struct({ has: Schema.Boolean }),
  operations: [Write],
  messages: [Bring, Ask],
  initial: (): BroadcastState => ({ has: false })
})

const catchUp = Effect.fnUntraced(function* (state: BroadcastState) {
  yield* Network.broadcast(state.has ? Bring.make({ origin: yield* Self.id }) : Ask.make({}))
  return state
})

/** A node that passes the write on by this rule. */
export const broadcaster = (passing: Passing) =>
  declared.handlers(
    {
      Write: Effect.fnUntraced(function* () {
        yield* Observe.wrote("write")
        yield* Observe.applied("write")
        yield* Network.broadcast(Bring.make({ origin: yield* Self.id }))
        yield* Observe.acknowledged("write")
        return { has: true }
      }),
      Bring: Effect.fnUntraced(function* (state, { origin }) {
        if (origin === (yield* Self.id) || state.has) return state
        yield* Observe.applied("write")
        if (passing === "relay") yield* Network.broadcast(Bring.make({ origin }))
        if (passing === "forward" || passing === "catch-up") yield* Network.forward(Bring.make({ origin }))
        return { has: true }
      }),
      Ask: Effect.fnUntraced(function* (state) {
        const asker = yield* Network.sender
        const reachable = yield* Network.neighbours
        if (state.has && reachable.includes(asker)) yield* Network.send(asker, Bring.make({ origin: yield* Self.id }))
        return state
      })
    },
    passing === "catch-up" ? { recover: catchUp } : {}
  )

/** The writes a node has. */
export const broadcastWrites = ({ has }: BroadcastState): ReadonlyArray<string> => (has ? ["write"] : [])

/** A ring whose nodes send both ways. */
const twoWayRing = (size: number): Topology =>
  Topology.graph(
    size,
    Array.from({ length: size }, (_, node) => (node + 1) % size).flatMap(
      (next, node) =>
        [
          [node, next],
          [next, node]
        ] as const
    ),
    { name: "two-way-ring" }
  )

/** The topologies by the name that the parameter has. */
export const topologies = {
  ring: Topology.ring,
  "two-way-ring": twoWayRing,
  star: Topology.star,
  "all-to-all": Topology.allToAll,
  chain: Topology.chain
}

/** Fault of the run. */
export type Crash = "none" | "down" | "mid-broadcast" | "any-moment" | "recovering" | "cut-link"

const faultsOf = (crash: Crash, origin: number, down: number) => {
  switch (crash) {
    case "down":
      return Faults.down([down])
    case "mid-broadcast":
      return Faults.crash({ midHandler: true, nodes: [origin], inFlight: "lost" })
    case "any-moment":
      return Faults.crash({ inFlight: "lost" })
    case "recovering":
      return Faults.crash({ recoveries: 1, inFlight: "lost" })
    default:
      return Faults.none
  }
}

/** The nodes with their topology and their crash. */
export const broadcastModel = Model.make({
  name: "broadcast",
  about: "One write spread over a topology while a node is down or its origin crashes in mid-broadcast.",
  source: "Kleppmann 2017, chapter 5; Cachin, Guerraoui, Rodrigues 2011, algorithm 3.3",
  parameters: {
    topology: Model.choice({
      default: "all-to-all",
      values: ["ring", "two-way-ring", "star", "all-to-all", "chain"],
      about: "who passes writes to whom; node 0 is a star's hub"
    }),
    nodes: Model.integer({ default: 4, least: 2, most: 7, about: "nodes" }),
    origin: Model.integer({ default: 1, least: 0, most: 6, about: "the node at which the write is made" }),
    crash: Model.choice({
      default: "none",
      values: ["none", "down", "mid-broadcast", "any-moment", "recovering", "cut-link"],
      about:
        "nothing, one node down throughout, the origin in mid-broadcast, any node at any moment, the same and it comes back, or one link is cut"
    }),
    down: Model.integer({ default: 0, least: 0, most: 6, about: "the node that is down, where crash is down" }),
    passing: Model.choice({
      default: "forward",
      values: ["forward", "relay", "keep", "catch-up"],
      about: "what a node does with a write it gets"
    })
  },
  requires: ({ crash, down, nodes, origin }) => {
    if (origin >= nodes) return `the origin ${origin} is none of the nodes 0 to ${nodes - 1}`
    if (crash !== "down") return down === 0 ? undefined : `down=${down} says nothing where crash is ${crash}`
    if (down >= nodes) return `the node ${down} that is down is none of the nodes 0 to ${nodes - 1}`
    return down === origin ? "the origin is down, so that nothing is ever written" : undefined
  },
  system: ({ crash, down, nodes, origin, passing, topology }) =>
    System.make("broadcast", {
      machine: broadcaster(passing),
      topology: topologies[topology](nodes),
      network: Network.unordered(crash === "cut-link" ? { cut: 1, heal: false } : {}),
      faults: faultsOf(crash, origin, down),
      workload: Workload.script(Array.from({ length: nodes }, (_, node) => (node === origin ? [Write.make({})] : [])))
    })
})
