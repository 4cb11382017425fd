/**
 * A write that its origin sends to every other node over a network that loses messages, again and again by a timer
 * until each has acknowledged it.
 *
 * A finite number of losses and a fair timer make it arrive; without the timer one loss is final. A write that is sent
 * again is received again: the receiver recognises it, and acknowledges every copy, as it cannot know which
 * acknowledgement arrived.
 *
 * Source: Cachin, Guerraoui, Rodrigues, Introduction to Reliable and Secure Distributed Programming (2011), section
 * 2.4.3, stubborn links over fair-loss ones, with the acknowledgements that let the sender stop. Fair loss is a budget
 * here. Deviation: of equal messages between two nodes one is in flight at a time, so that the states are finite.
 * Receivers `applies-again` and `acknowledges-once` are mutants.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, System, Timer, Topology, Workload } from "plait"

/** Makes the write. */
export const Write = Schema.TaggedStruct("Write", {})

/** Brings the write. */
export const Bring = Schema.TaggedStruct("Bring", {})

/** Confirms that the write has arrived. */
export const Acknowledge = Schema.TaggedStruct("Acknowledge", {})

const State = Schema.Struct({ applied: Schema.Literals([0, 1, 2]), awaited: Schema.ReadonlySet(Schema.Natural) })

/**
 * A node: the number of times it has applied the write, counted up to two, and the nodes whose acknowledgements it
 * still waits for.
 */
export type Retransmitter = typeof State.Type

/** Reaction of a node to a copy of a write it has. */
export type Receiver = "idempotent" | "applies-again" | "acknowledges-once"

const declared = Machine.make("retransmission", {
  state: State,
  operations: [Write],
  messages: [Bring, Acknowledge],
  initial: (): Retransmitter => ({ applied: 0, awaited: new Set() })
})

/** A node that sends again by a timer, or never. */
export const retransmitter = (resend: "timer" | "never", receiver: Receiver) =>
  declared.handlers(
    {
      Write: Effect.fnUntraced(function* () {
        yield* Network.broadcast(Bring.make({}))
        if (resend === "timer") yield* Timer.set("resend")
        return { applied: 1, awaited: new Set(yield* Network.neighbours) }
      }),
      Bring: Effect.fnUntraced(function* (state) {
        if (receiver === "acknowledges-once" && state.applied > 0) return state
        yield* Network.send(yield* Network.sender, Acknowledge.make({}))
        if (state.applied === 0) return { ...state, applied: 1 }
        return receiver === "applies-again" ? { ...state, applied: 2 } : state
      }),
      Acknowledge: Effect.fnUntraced(function* (state) {
        const from = yield* Network.sender
        const awaited = new Set([...state.awaited].filter((node) => node !== from))
        if (awaited.size === 0) yield* Timer.cancel("resend")
        return { ...state, awaited }
      })
    },
    {
      timeouts: {
        resend: Effect.fnUntraced(function* (state) {
          yield* Effect.forEach(state.awaited, (node) => Network.send(node, Bring.make({})), { discard: true })
          yield* Timer.set("resend")
          return state
        })
      }
    }
  )

/** The origin, node 0, its receivers, and the losses of the network. */
export const retransmissionModel = Model.make({
  name: "retransmission",
  about: "A write sent over a network that loses messages, again until it is acknowledged.",
  source: "Cachin, Guerraoui, Rodrigues 2011, section 2.4.3",
  parameters: {
    nodes: Model.integer({ default: 3, least: 2, most: 4, about: "the origin and its receivers" }),
    losses: Model.integer({ default: 2, least: 0, most: 4, about: "messages that may be lost" }),
    resend: Model.choice({ default: "timer", values: ["timer", "never"], about: "when the origin sends again" }),
    receiver: Model.choice({
      default: "idempotent",
      values: ["idempotent", "applies-again", "acknowledges-once"],
      about: "what a node does with a copy of what it has"
    })
  },
  system: ({ losses, nodes, receiver, resend }) =>
    System.make("retransmission", {
      machine: retransmitter(resend, receiver),
      topology: Topology.star(nodes),
      network: Network.unordered({ lose: losses, copies: 1 }),
      workload: Workload.script([[Write.make({})]])
    })
})
