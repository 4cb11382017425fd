/**
 * Both sides of the network: the service through which a handler sends, and the description of the possible fates of a
 * message between the nodes.
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
 * Budgets of the network's faults. Each is a number for the whole run and part of the question: within it the search
 * tries every possibility. A number that is not whole, or below 0, is refused.
 */
export interface NetworkOptions {
  /** Number of messages that may be lost. Default 0. */
  readonly lose?: number
  /** Number of messages that may be delivered once more. Default 0. */
  readonly duplicate?: number
  /**
   * Number of times that a link may be cut, in both directions. Messages sent over a cut link are lost; those in flight
   * arrive. Default 0.
   */
  readonly cut?: number
  /** True if a cut link may heal again. Default true. */
  readonly heal?: boolean
  /**
   * Number of equal messages from one node to another that may be in flight at once; one more is lost. Default: no
   * bound. For messages that are sent again until they are answered, which otherwise have infinitely many states.
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

  /** Passes the content of the message in hand on, to the nodes to which the topology forwards it from this node. */
  static readonly forward = (message: Message): Effect.Effect<void, never, Network> =>
    Network.use((network) => network.forward(message))

  /** The node that sent the message in hand. Only in a message's handler. */
  static readonly sender: Effect.Effect<NodeId, never, Network> = Network.use((network) => network.sender)

  /** The nodes to which this node has a link, ascending. */
  static readonly neighbours: Effect.Effect<ReadonlyArray<NodeId>, never, Network> = Network.use(
    (network) => network.neighbours
  )

  /** A network in which any message in flight may arrive next. */
  static readonly unordered = (given: NetworkOptions = {}): NetworkModel => describe("unordered", given)

  /** A network that keeps the order of the messages on each directed link. */
  static readonly ordered = (given: NetworkOptions = {}): NetworkModel => describe("ordered", given)
}

/** Throws `RangeError` if a network's budgets are not numbers of messages or links. */
export const refuseNetwork = (of: string, network: NetworkModel): void => {
  oneOf({ of, name: "order" }, network.order, ["unordered", "ordered"])
  for (const name of ["lose", "duplicate", "cut"] as const) wholeNumber({ of, name }, network[name])
  wholeNumber({ of, name: "copies" }, network.copies, { orInfinity: true })
  truthValue({ of, name: "heal" }, network.heal)
}
