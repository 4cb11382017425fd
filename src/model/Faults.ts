/**
 * Faults of nodes. Faults of the network (lost and duplicated messages, cut links) are declared with the network.
 *
 * A crashed node handles no input and its timers are gone. Its machine declares the fields that survive (`durable`).
 * `inFlight` of the crash decides the fate of messages in flight to the node; those it has sent stay in flight.
 */
import { nodesOf, oneOf, truthValue, wholeNumber, options } from "./Checked.ts"
import type { NodeId } from "./Self.ts"

/** Effect of a crash on the messages in flight to the node, and on those sent to it while it is down. */
export type InFlight = "kept" | "lost" | "either"

/** The crashes a run may contain. */
export interface FaultModel {
  /** Number of crashes that a run may contain. */
  readonly crashes: number
  /** Number of recoveries that a run may contain. */
  readonly recoveries: number
  /** The nodes that may crash; all when absent. */
  readonly nodes: ReadonlyArray<NodeId> | undefined
  /** True if a node may also crash in the middle of a handler, with some of its messages sent and others not. */
  readonly midHandler: boolean
  /** Effect of a crash on the messages in flight to the node, and on those sent to it while it is down. */
  readonly inFlight: InFlight
  /** Nodes that are down from the start. Messages sent to them are lost. */
  readonly down: ReadonlyArray<NodeId>
}

/** No faults. */
const none: FaultModel = { crashes: 0, recoveries: 0, nodes: undefined, midHandler: false, inFlight: "kept", down: [] }

/**
 * Crashes, fail-stop unless recoveries are allowed.
 *
 * `midHandler` adds, for each handler run that sends, the crashes in which only some of its messages are sent: the new
 * state is durable before the first message is sent, and observations that the handler made after the first unsent
 * message are lost. The message in hand has been received.
 *
 * `inFlight` is the effect of a crash on the messages in flight to the node, and on those sent to it while it is down:
 *
 * - `"kept"`, the default: a crash touches the process and not the channel. The messages stay in flight, in their
 *   order, and are delivered after a recovery; until then the network may lose and duplicate them within its budgets.
 *   So a late message or a duplicate may arrive after the recovery. To a node that never recovers they stay in flight
 *   for ever, which is quiescent; if no property reads its `inbox`, `"lost"` has fewer states and the same verdicts.
 * - `"lost"`: a crash breaks the connections. The messages are lost, without being charged to the network's `lose`.
 * - `"either"`: each crash is of one kind or the other, for all messages to that node until it recovers. All or none,
 *   since one process has all of its connections; single messages are lost by `lose`. Every state that `"kept"` or
 *   `"lost"` reaches is reached.
 */
const crash = (
  given: {
    readonly atMost?: number
    readonly recoveries?: number
    readonly nodes?: ReadonlyArray<NodeId>
    readonly midHandler?: boolean
    readonly inFlight?: InFlight
  } = {}
): FaultModel => {
  options("Faults.crash", given, ["atMost", "recoveries", "nodes", "midHandler", "inFlight"])
  const { atMost: crashes = 1, inFlight = "kept", midHandler = false, nodes, recoveries = 0 } = given
  const faults = { ...none, crashes, recoveries, nodes, midHandler, inFlight }
  refuseFaults("Faults.crash", faults)
  return faults
}

/** Faults in which the given nodes are down from the start and never come up. Messages sent to them are lost. */
const down = (nodes: ReadonlyArray<NodeId>): FaultModel => {
  const faults = { ...none, down: nodes }
  refuseFaults("Faults.down", faults)
  return faults
}

/** Constructors of faults: `none`, `crash`, `down`. */
export const Faults = { none, crash, down }

/** Throws `RangeError` if budgets of crashes are not numbers, or nodes do not exist in a system of `size` nodes. */
export const refuseFaults = (of: string, faults: FaultModel, size?: number): void => {
  wholeNumber({ of, name: "atMost" }, faults.crashes)
  wholeNumber({ of, name: "recoveries" }, faults.recoveries)
  truthValue({ of, name: "midHandler" }, faults.midHandler)
  oneOf({ of, name: "inFlight" }, faults.inFlight, ["kept", "lost", "either"])
  if (faults.nodes !== undefined) nodesOf({ of, name: "nodes" }, faults.nodes, size)
  nodesOf({ of, name: "the nodes that are down" }, faults.down, size)
}
