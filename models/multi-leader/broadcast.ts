/**
 * One write spread over a topology while one node is down, or while its origin crashes with some of its messages sent.
 *
 * Fail-stop, and nobody finds a way round: on a ring exactly the arc from the origin to the node that is down gets the
 * write; a star without its hub spreads nothing; a mesh loses nobody but the crashed, unless the origin crashes in
 * mid-broadcast. `relay` is the remedy for a mesh: whoever gets the write first passes it to everyone once.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, "Multi-leader replication topologies";
 * relaying is eager reliable broadcast (Cachin, Guerraoui, Rodrigues 2011, algorithm 3.3). Passing `keep` is a mutant:
 * nodes never pass anything on.
 */
import { Effect, Schema } from "effect"
import { Faults, Machine, Model, Network, Observe, Self, System, Topology, Workload } from "../../src/model/index.ts"

/** Makes the write. */
export const Write = Schema.TaggedStruct("Write", {})

/** Brings the write, with its origin. */
export const Bring = Schema.TaggedStruct("Bring", { origin: Schema.Natural })

/** A node: whether it has the write. */
export interface BroadcastState {
  readonly has: boolean
}

/** What a node does with a write it gets: passes it along the topology, to everyone once, or keeps it to itself (mutant). */
export type Passing = "forward" | "relay" | "keep"

const declared = Machine.make("broadcast", {
  state: Schema.Struct({ has: Schema.Boolean }),
  operations: [Write],
  messages: [Bring],
  initial: (): BroadcastState => ({ has: false })
})

/** A node that passes the write on as told. */
export const broadcaster = (passing: Passing) =>
  declared.handlers({
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
      if (passing === "forward") yield* Network.forward(Bring.make({ origin }))
      if (passing === "relay") yield* Network.broadcast(Bring.make({ origin }))
      return { has: true }
    })
  })

/** The writes a node has. */
export const broadcastWrites = ({ has }: BroadcastState): ReadonlyArray<string> => (has ? ["write"] : [])

/** The topologies by the name that the parameter has. */
export const topologies = {
  ring: Topology.ring,
  star: Topology.star,
  "all-to-all": Topology.allToAll,
  chain: Topology.chain
}

const faultsOf = (crash: "none" | "down" | "mid-broadcast", origin: number, down: number) => {
  if (crash === "down") return Faults.down([down])
  return crash === "none" ? Faults.none : Faults.crash({ midHandler: true, nodes: [origin] })
}

/** The nodes with their topology and their crash. */
export const broadcastModel = Model.make({
  name: "broadcast",
  about: "One write spread over a topology while a node is down or its origin crashes in mid-broadcast.",
  source: "Kleppmann 2017, chapter 5; Cachin, Guerraoui, Rodrigues 2011, algorithm 3.3",
  parameters: {
    topology: Model.choice({
      default: "all-to-all",
      values: ["ring", "star", "all-to-all", "chain"],
      about: "who passes writes to whom; node 0 is a star's hub"
    }),
    nodes: Model.integer({ default: 4, least: 2, most: 7, about: "nodes" }),
    origin: Model.integer({ default: 1, least: 0, most: 6, about: "the node at which the write is made" }),
    crash: Model.choice({
      default: "none",
      values: ["none", "down", "mid-broadcast"],
      about: "nothing crashes, one node is down throughout, or the origin may crash at any moment"
    }),
    down: Model.integer({ default: 0, least: 0, most: 6, about: "the node that is down, where crash is down" }),
    passing: Model.choice({
      default: "forward",
      values: ["forward", "relay", "keep"],
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
      faults: faultsOf(crash, origin, down),
      workload: Workload.script(Array.from({ length: nodes }, (_, node) => (node === origin ? [Write.make({})] : [])))
    })
})
