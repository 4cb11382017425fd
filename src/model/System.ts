/**
 * Systems, the subject of a check: nodes, topology, network, clocks, faults and workload composed into one value, or a
 * whole-state model. A system is data; a function of parameters builds it.
 */
import { type Ends, refuseEnds } from "./Ends.ts"
import { options } from "./Checked.ts"
import { type ClockModel, refuseClocks } from "./Clocks.ts"
import { Faults, type FaultModel, refuseFaults } from "./Faults.ts"
import type { Machine } from "./Machine.ts"
import { Network, type NetworkModel, refuseNetwork } from "./Network.ts"
import type { NodeId } from "./Self.ts"
import { frozenTopology, refuseTopology, type Topology } from "./Topology.ts"
import type { WholeState } from "./WholeState.ts"
import { refuseWorkload, Workload } from "./Workload.ts"

/** A message in flight. */
export interface Envelope {
  readonly from: NodeId
  readonly to: NodeId
  readonly message: { readonly _tag: string }
}

/** One node as properties see it. */
export interface NodeView<out State> {
  readonly id: NodeId
  /** The node's local state. */
  readonly state: State
  /** False from a crash until the recovery. */
  readonly up: boolean
  /** The messages in flight to this node; in delivery order per link if the network is ordered. */
  readonly inbox: ReadonlyArray<Envelope>
}

/** A system of nodes as properties see it. */
export interface NodesView<out State> {
  readonly nodes: ReadonlyArray<NodeView<State>>
}

/** A system of nodes. Built by `System.make`. */
export interface NodeSystem<out State> {
  readonly kind: "nodes"
  readonly name: string
  /** The machine each node runs; node i runs `machines[i]`. */
  readonly machines: ReadonlyArray<Machine<State>>
  readonly topology: Topology
  readonly network: NetworkModel
  /** The clocks; if absent, no handler may read one. */
  readonly clocks: ClockModel | undefined
  readonly faults: FaultModel
  readonly workload: Workload
  /** States in which the system ends on purpose though steps are left; absent: none. */
  readonly ends: Ends<never> | undefined
  /** Never set: carries the type of the view. */
  readonly View?: NodesView<State>
}

/** A system of any kind; its properties see `View`. */
export type System<View> = (NodeSystem<unknown> | WholeState<unknown>) & { readonly View?: View }

/** The view of a system's properties: `ViewOf<typeof system>`. */
export type ViewOf<S> = S extends { readonly View?: infer View } ? Exclude<View, undefined> : never

/** The parts of a system; the defaults are the plainest: unordered network, no clocks, no faults, no operations. */
export interface SystemParts<State> {
  /** One machine for every node, or one per node. */
  readonly machine: Machine<State> | ReadonlyArray<Machine<State>>
  readonly topology: Topology
  readonly network?: NetworkModel
  readonly clocks?: ClockModel
  readonly faults?: FaultModel
  readonly workload?: Workload
  /** States in which the system ends on purpose though steps are left. */
  readonly ends?: Ends<NodesView<State>>
}

const isList = <A>(value: A | ReadonlyArray<A>): value is ReadonlyArray<A> => Array.isArray(value)

/**
 * Composes a system of nodes. Throws `RangeError` if a part names a node that does not exist, or a number that is not
 * possible.
 *
 * @example
 * ```ts
 * const system = System.make("bag of three", {
 *   machine: bag,
 *   topology: Topology.allToAll(3),
 *   network: Network.unordered({ duplicate: 1 }),
 *   workload: Workload.script([[Add.make({ item: "x" })], [Add.make({ item: "y" })], []])
 * })
 * ```
 */
const make = <State>(name: string, parts: SystemParts<State>): NodeSystem<State> => {
  options(`System.make("${name}")`, parts, ["machine", "topology", "network", "clocks", "faults", "workload", "ends"])
  const { machine, topology } = parts
  const machines = isList(machine) ? machine : topology.neighbours.map(() => machine)
  if (machines.length !== topology.size) {
    throw new RangeError(`System "${name}": ${machines.length} machines for the ${topology.size} nodes of its topology`)
  }
  const system: NodeSystem<State> = {
    kind: "nodes",
    name,
    machines,
    topology,
    network: parts.network ?? Network.unordered(),
    clocks: parts.clocks,
    faults: parts.faults ?? Faults.none,
    workload: parts.workload ?? Workload.none,
    ends: parts.ends
  }
  refuseParts(system)
  return { ...system, topology: frozenTopology(topology) }
}

/** Throws `RangeError` if a part of a system is not possible, or names a node that does not exist. */
export const refuseParts = ({
  clocks,
  ends,
  faults,
  machines,
  name,
  network,
  topology,
  workload
}: NodeSystem<unknown>): void => {
  const of = `System "${name}"`
  refuseTopology(`${of}, topology`, topology)
  refuseNetwork(`${of}, network`, network)
  refuseFaults(`${of}, faults`, faults, machines.length)
  refuseWorkload(`${of}, workload`, workload)
  refuseEnds(of, ends)
  if (clocks !== undefined) refuseClocks(`${of}, clocks`, clocks, machines.length)
}

/** Constructor of systems. */
export const System = { make }
