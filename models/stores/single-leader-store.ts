/**
 * A single-leader store: one node takes all writes in a log and sends it to two followers, over links that keep order.
 * A write is acknowledged at once (asynchronous), or when one follower has it (semi-synchronous).
 *
 * Failover: follower 1 comes to believe that the leader, node 0, is gone, rightly or not, at any time. It takes over
 * `at once`, or `most up to date`: it first queries the others, waits for one, and continues from the longer log. A new
 * leader's epoch fences the old one off: a node that has received it accepts no message of an earlier one, and the old
 * leader follows.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, "Leaders and followers" and "Handling
 * node outages"; fencing, chapter 8. `most up to date` is one round of Raft's (2014) or Viewstamped Replication's
 * (1988).
 *
 * Deviations: a node that does not lead passes a question on, and the leader answers the client. A new leader sends its
 * whole log. Left out: a second failover, catching up lost messages, leases for reads.
 *
 * Mutants: `unfenced` keeps the epoch, sends no message to the old leader, and accepts messages of any node;
 * `any-order` links.
 */
import { Effect } from "effect"
import { Faults, Machine, Model, Network, Observe, Self, System, Timer, Topology } from "plait"
import { Get, probeNames, probing, Put } from "./probes.ts"
import { Append, Appended, Fence, Fenced, Forward, LogState, NewLeader, valueOf } from "./replicated-log.ts"

/** Parameters of the store. */
export interface SingleLeader {
  readonly replication: "asynchronous" | "semi-synchronous"
  readonly reads: "leader" | "any node"
  readonly failover: "none" | "at once" | "most up to date"
  readonly mutant: "none" | "unfenced" | "any-order"
}

type Question = typeof Forward.Type

/** A node of a store with these parameters. */
export const logNode = ({ failover, mutant, reads, replication }: SingleLeader) => {
  const unfenced = mutant === "unfenced"
  const answerRead = (state: LogState, { key, operation }: Question) =>
    Effect.as(Observe.read(valueOf(state, key), { key, operation }), state)
  const append = Effect.fnUntraced(function* (state: LogState, key: string, write: string) {
    yield* Observe.applied(write)
    return { ...state, log: [...state.log, { key, write }] }
  })
  /** Answers at the leader; any other node passes the question on to it. */
  const lead = Effect.fnUntraced(function* (state: LogState, question: Question) {
    const { key, operation, write } = question
    const self = yield* Self.id
    if (state.leader !== self) {
      if (state.leader !== null) yield* Network.send(state.leader, question)
      return state
    }
    if (write === null) return yield* answerRead(state, question)
    yield* Network.broadcast(Append.make({ epoch: state.epoch, index: state.log.length, entry: { key, write } }))
    const after = yield* append(state, key, write)
    if (replication === "semi-synchronous") return { ...after, waiting: [...state.waiting, { operation, write }] }
    yield* Observe.acknowledged(write, { operation })
    return after
  })
  const takeOver = Effect.fnUntraced(function* (state: LogState, epoch: number, log: LogState["log"]) {
    const self = yield* Self.id
    const told = NewLeader.make({ epoch, log })
    for (const node of yield* Network.neighbours) {
      if (!(unfenced && node === state.leader)) yield* Network.send(node, told)
    }
    return { epoch, leader: self, log, waiting: [] }
  })
  return Machine.make("log node", {
    state: LogState,
    operations: [Put, Get],
    messages: [Forward, Append, Appended, Fence, Fenced, NewLeader],
    initial: (): LogState => ({ epoch: 0, leader: 0, log: [], waiting: [] })
  }).handlers(
    {
      Put: Effect.fnUntraced(function* (state, { key, write }) {
        yield* Observe.wrote(write, { key })
        return yield* lead(state, Forward.make({ operation: yield* Self.operation, key, write }))
      }),
      Get: Effect.fnUntraced(function* (state, { key }) {
        const question = Forward.make({ operation: yield* Self.operation, key, write: null })
        return yield* reads === "any node" ? answerRead(state, question) : lead(state, question)
      }),
      Forward: (state, question) => lead(state, question),
      Append: Effect.fnUntraced(function* (state, { entry, epoch, index }) {
        // A node that has missed an entry accepts no more; nor does one that follows another epoch.
        if (mutant === "none" && (epoch !== state.epoch || index !== state.log.length)) return state
        const leader = yield* Network.sender
        if (replication === "semi-synchronous") yield* Network.send(leader, Appended.make({ write: entry.write }))
        return yield* append(state, entry.key, entry.write)
      }),
      Appended: Effect.fnUntraced(function* (state, { write }) {
        const done = state.waiting.find((each) => each.write === write)
        if (done === undefined) return state
        yield* Observe.acknowledged(write, { operation: done.operation })
        return { ...state, waiting: state.waiting.filter((each) => each !== done) }
      }),
      Fence: Effect.fnUntraced(function* (state, { epoch }) {
        yield* Network.send(yield* Network.sender, Fenced.make({ epoch, log: state.log }))
        return { ...state, epoch, leader: null, waiting: [] }
      }),
      Fenced: Effect.fnUntraced(function* (state, { epoch, log }) {
        if (state.leader !== null) return state
        return yield* takeOver(state, epoch, log.length > state.log.length ? log : state.log)
      }),
      NewLeader: Effect.fnUntraced(function* (state, { epoch, log }) {
        const have = new Set(state.log.map(({ write }) => write))
        for (const { write } of log.filter((entry) => !have.has(entry.write))) yield* Observe.applied(write)
        return { epoch, leader: yield* Network.sender, log, waiting: [] }
      })
    },
    {
      guards: {
        // Between two leaders clients and their questions wait.
        Put: ({ leader }) => leader !== null,
        Get: ({ leader }) => leader !== null || reads === "any node",
        Forward: ({ leader }) => leader !== null
      },
      start: Effect.fnUntraced(function* (state) {
        if (failover !== "none" && (yield* Self.id) === 1) yield* Timer.set("leader is gone")
        return state
      }),
      timeouts: {
        "leader is gone": Effect.fnUntraced(function* (state) {
          const epoch = unfenced ? state.epoch : state.epoch + 1
          if (failover === "at once") return yield* takeOver(state, epoch, state.log)
          yield* Network.broadcast(Fence.make({ epoch }))
          return { ...state, epoch, leader: null }
        })
      }
    }
  )
}

/** The store under one probe. */
export const singleLeaderStoreModel = Model.make({
  name: "single-leader-store",
  about: "A key-value store with one leader and two followers, and a failover.",
  source: "Kleppmann 2017, chapters 5 and 8",
  parameters: {
    replication: Model.choice({
      default: "asynchronous",
      values: ["asynchronous", "semi-synchronous"],
      about: "whether a write is acknowledged at once, or when one follower has it"
    }),
    reads: Model.choice({ default: "leader", values: ["leader", "any node"], about: "who answers a read" }),
    failover: Model.choice({
      default: "none",
      values: ["none", "at once", "most up to date"],
      about: "how follower 1 takes over once it believes that the leader is gone"
    }),
    crash: Model.choice({
      default: "none",
      values: ["none", "leader", "leader comes back"],
      about: "whether the leader really goes down"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "unfenced", "any-order"],
      about: "what is wrong with it"
    }),
    probe: Model.choice({ default: "own reads", values: probeNames, about: "what the clients do" })
  },
  requires: ({ failover, mutant }) =>
    mutant === "unfenced" && failover === "most up to date"
      ? "a node that asks the others for theirs needs an epoch"
      : undefined,
  system: ({ crash, probe, ...parts }) =>
    System.make("single-leader-store", {
      machine: logNode(parts),
      topology: Topology.allToAll(3),
      network: parts.mutant === "any-order" ? Network.unordered() : Network.ordered(),
      faults:
        crash === "none"
          ? Faults.none
          : Faults.crash({
              atMost: 1,
              nodes: [0],
              recoveries: crash === "leader comes back" ? 1 : 0,
              inFlight: "lost"
            }),
      workload: probing(probe, "roaming")
    })
})
