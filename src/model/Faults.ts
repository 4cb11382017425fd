/**
 * What may happen to nodes. Faults of the network (lost and duplicated messages, cut links) stand with the network.
 *
 * A crashed node handles nothing and its timers are gone. What it keeps is declared by its machine (`durable`). What
 * becomes of the messages in flight to it is said with the crash (`inFlight`); those it has sent stay in flight.
 */
import { nodesOf, oneOf, truthValue, wholeNumber, options } from "./Checked.ts"
import type { NodeId } from "./Self.ts"

/** What a crash does to the messages in flight to the node, and to those sent to it while it is down. */
export type InFlight = "kept" | "lost" | "either"

/** The crashes a run may contain. */
export interface FaultModel {
  /** How many crashes a run may contain. */
  readonly crashes: number
  /** How many recoveries a run may contain. */
  readonly recoveries: number
  /** The nodes that may crash; all when absent. */
  readonly nodes: ReadonlyArray<NodeId> | undefined
  /** Whether a node may also crash in the middle of a handler, with some of its messages sent and others not. */
  readonly midHandler: boolean
  /** What a crash does to the messages in flight to the node, and to those sent to it while it is down. */
  readonly inFlight: InFlight
  /** Nodes that are down from the start. What is sent to them is lost. */
  readonly down: ReadonlyArray<NodeId>
}

/** Nothing fails. */
const none: FaultModel = { crashes: 0, recoveries: 0, nodes: undefined, midHandler: false, inFlight: "kept", down: [] }

/**
 * Crashes, fail-stop unless recoveries are allowed.
 *
 * `midHandler` adds, for each handler run that sends, the crashes in which only some of its messages left: the new
 * state is durable before anything is sent, and what the handler noted after the first unsent message was not noted. The
 * message in hand has been received.
 *
 * `inFlight` says what a crash does to the messages in flight to the node, and to those sent to it while it is down:
 *
 * - `"kept"`, the default: a crash touches the process and not the channel. The messages stay in flight, in their order,
 *   and are delivered after a recovery; until then the network may lose and duplicate them within its budgets. So a late
 *   message or a duplicate may arrive after the recovery. To a node that never recovers they stay in flight for ever,
 *   which is quiescent; where no property looks at its `inbox`, `"lost"` has fewer states and the same verdicts.
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

/** The given nodes are down from the start and never come up. What is sent to them is lost. */
const down = (nodes: ReadonlyArray<NodeId>): FaultModel => {
  const faults = { ...none, down: nodes }
  refuseFaults("Faults.down", faults)
  return faults
}

/** Constructors of faults: `none`, `crash`, `down`. */
export const Faults = { none, crash, down }

/** Throws `RangeError` where budgets of crashes are no numbers, or nodes do not exist; `size`: how many there are. */
export const refuseFaults = (of: string, faults: FaultModel, size?: number): void => {
  wholeNumber({ of, name: "atMost" }, faults.crashes)
  wholeNumber({ of, name: "recoveries" }, faults.recoveries)
  truthValue({ of, name: "midHandler" }, faults.midHandler)
  oneOf({ of, name: "inFlight" }, faults.inFlight, ["kept", "lost", "either"])
  if (faults.nodes !== undefined) nodesOf({ of, name: "nodes" }, faults.nodes, size)
  nodesOf({ of, name: "the nodes that are down" }, faults.down, size)
}
