/**
 * What may happen to nodes. Faults of the network (lost and duplicated messages, cut links) stand with the network.
 *
 * A crashed node handles nothing; what was in flight to it and what is sent to it while it is down is lost, and its
 * timers are gone. What it keeps is declared by its machine (`durable`).
 */
import { options } from "./Checked.ts"
import { refuseFaults } from "./part-checks.ts"
import type { NodeId } from "./Self.ts"

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
  /** Nodes that are down from the start. */
  readonly down: ReadonlyArray<NodeId>
}

/** Nothing fails. */
const none: FaultModel = { crashes: 0, recoveries: 0, nodes: undefined, midHandler: false, down: [] }

/**
 * Crashes, fail-stop unless recoveries are allowed.
 *
 * `midHandler` adds, for each handler run that sends, the crashes in which only some of its messages left: the new
 * state is durable before anything is sent, and what the handler noted after the first unsent message was not noted.
 */
const crash = (
  given: {
    readonly atMost?: number
    readonly recoveries?: number
    readonly nodes?: ReadonlyArray<NodeId>
    readonly midHandler?: boolean
  } = {}
): FaultModel => {
  options("Faults.crash", given, ["atMost", "recoveries", "nodes", "midHandler"])
  const { atMost: crashes = 1, midHandler = false, nodes, recoveries = 0 } = given
  const faults = { ...none, crashes, recoveries, nodes, midHandler }
  refuseFaults("Faults.crash", faults)
  return faults
}

/** The given nodes are down from the start and never come up. */
const down = (nodes: ReadonlyArray<NodeId>): FaultModel => {
  const faults = { ...none, down: nodes }
  refuseFaults("Faults.down", faults)
  return faults
}

/** Constructors of faults: `none`, `crash`, `down`. */
export const Faults = { none, crash, down }
