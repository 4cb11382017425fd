/**
 * The network, seen from both sides: the service through which a handler sends, and the description of what the network
 * between the nodes may do with a message.
 *
 * Left out: bandwidth, message corruption, and delays in numbers (Clocks has a least latency).
 */
import { Context, Effect } from "effect"
import { oneOf, truthValue, wholeNumber, options } from "./Checked.ts"
import type { NodeId } from "./Self.ts"

/** A message as a handler sends it: any value with a `_tag` that the destination's machine accepts. */
export interface Message {
  readonly _tag: string
}

/**
 * What the network may do. Every number is a budget for the whole run and part of the question asked: within it the
 * explorer tries every possibility. A number that is not whole, or below 0, is refused.
 */
export interface NetworkOptions {
  /** Messages that may be lost. Default 0. */
  readonly lose?: number
  /** Messages that may be delivered once more. Default 0. */
  readonly duplicate?: number
  /** Times a link may be cut, in both directions. What is sent over a cut link is lost; what is under way arrives. Default 0. */
  readonly cut?: number
  /** Whether a cut link may heal again. Default true. */
  readonly heal?: boolean
  /**
   * Equal messages from one node to another that may be in flight at once; one more is lost. Default: no bound. For what
   * is sent again and again until it is answered, which otherwise has infinitely many states.
   */
  readonly copies?: number
}

/** The network of a system: an order of delivery and the budgets of its faults. */
export interface NetworkModel extends Required<NetworkOptions> {
  /** `unordered`: any message in flight may arrive next. `ordered`: first in, first out on each directed link. */
  readonly order: "unordered" | "ordered"
}

const describe = (order: NetworkModel["order"], given: NetworkOptions): NetworkModel => {
  options(`Network.${order}`, given, ["lose", "duplicate", "cut", "heal", "copies"])
  const { copies = Infinity, cut = 0, duplicate = 0, heal = true, lose = 0 } = given
  const network = { order, lose, duplicate, cut, heal, copies }
  refuseNetwork(`Network.${order}`, network)
  return network
}

/**
 * Sends messages along the topology's links, and describes the network of a system.
 *
 * **Gotchas** Sending to a node that does not exist, or over a link that the topology lacks, is refused with an error.
 */
export class Network extends Context.Service<
  Network,
  {
    readonly send: (to: NodeId, message: Message) => Effect.Effect<void>
    readonly broadcast: (message: Message) => Effect.Effect<void>
    readonly forward: (message: Message) => Effect.Effect<void>
    readonly sender: Effect.Effect<NodeId>
    readonly neighbours: Effect.Effect<ReadonlyArray<NodeId>>
  }
>()("plait/model/Network") {
  /** Sends a message to one node over a link of the topology. */
  static readonly send = (to: NodeId, message: Message): Effect.Effect<void, never, Network> =>
    Network.use((network) => network.send(to, message))

  /** Sends a message to every neighbour that runs the same machine. */
  static readonly broadcast = (message: Message): Effect.Effect<void, never, Network> =>
    Network.use((network) => network.broadcast(message))

  /** Passes on what the message in hand brought, to the nodes that the topology says this node must pass it on to. */
  static readonly forward = (message: Message): Effect.Effect<void, never, Network> =>
    Network.use((network) => network.forward(message))

  /** The node that sent the message in hand. Only in a message's handler. */
  static readonly sender: Effect.Effect<NodeId, never, Network> = Network.use((network) => network.sender)

  /** The nodes this node has a link to, ascending. */
  static readonly neighbours: Effect.Effect<ReadonlyArray<NodeId>, never, Network> = Network.use(
    (network) => network.neighbours
  )

  /** A network in which any message in flight may arrive next. */
  static readonly unordered = (given: NetworkOptions = {}): NetworkModel => describe("unordered", given)

  /** A network that keeps the order of the messages on each directed link. */
  static readonly ordered = (given: NetworkOptions = {}): NetworkModel => describe("ordered", given)
}

/** Throws `RangeError` where a network's budgets are no numbers of messages or links. */
export const refuseNetwork = (of: string, network: NetworkModel): void => {
  oneOf({ of, name: "order" }, network.order, ["unordered", "ordered"])
  for (const name of ["lose", "duplicate", "cut"] as const) wholeNumber({ of, name }, network[name])
  wholeNumber({ of, name: "copies" }, network.copies, { orInfinity: true })
  truthValue({ of, name: "heal" }, network.heal)
}
