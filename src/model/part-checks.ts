/**
 * What is refused of the parts of a system, by whoever makes one: its constructor, which names itself, and again
 * `System.make` and the engine, since a part may be written by hand or spread from another.
 */
import {
  amountOfNodes,
  distinct,
  list,
  nodeOf,
  nodesOf,
  oneOf,
  refuse,
  shown,
  truthValue,
  wholeNumber
} from "./Checked.ts"
import type { ClockModel } from "./Clocks.ts"
import type { FaultModel } from "./Faults.ts"
import type { NetworkModel } from "./Network.ts"
import type { Topology } from "./Topology.ts"
import type { Workload } from "./Workload.ts"

/** Throws `RangeError` where a network's budgets are no numbers of messages or links. */
export const refuseNetwork = (of: string, network: NetworkModel): void => {
  oneOf({ of, name: "order" }, network.order, ["unordered", "ordered"])
  for (const name of ["lose", "duplicate", "cut"] as const) wholeNumber({ of, name }, network[name])
  wholeNumber({ of, name: "copies" }, network.copies, { orInfinity: true })
  truthValue({ of, name: "heal" }, network.heal)
}

/** Throws `RangeError` where budgets of crashes are no numbers, or nodes do not exist; `size`: how many there are. */
export const refuseFaults = (of: string, faults: FaultModel, size?: number): void => {
  wholeNumber({ of, name: "atMost" }, faults.crashes)
  wholeNumber({ of, name: "recoveries" }, faults.recoveries)
  truthValue({ of, name: "midHandler" }, faults.midHandler)
  oneOf({ of, name: "inFlight" }, faults.inFlight, ["kept", "lost", "either"])
  if (faults.nodes !== undefined) nodesOf({ of, name: "nodes" }, faults.nodes, size)
  nodesOf({ of, name: "the nodes that are down" }, faults.down, size)
}

/** Throws `RangeError` where clocks have no end, no unit, or not one offset for each node; `size`: how many there are. */
export const refuseClocks = (of: string, clocks: ClockModel, size?: number): void => {
  for (const name of ["horizon", "latency", "stepsBack"] as const) wholeNumber({ of, name }, clocks[name])
  truthValue({ of, name: "unique" }, clocks.unique)
  const { offsets } = clocks
  oneOf({ of, name: "the kind of offsets" }, offsets.kind, ["given", "fixed", "varying"])
  if (offsets.kind !== "given") {
    wholeNumber({ of, name: "the least offset" }, offsets.least, { least: -Infinity })
    return wholeNumber({ of, name: "skew" }, offsets.most, { least: offsets.least })
  }
  list({ of, name: "offsets" }, offsets.perNode)
  for (const offset of offsets.perNode) wholeNumber({ of, name: "an offset" }, offset, { least: -Infinity })
  if (size !== undefined && offsets.perNode.length !== size) {
    refuse({ of, name: "offsets" }, `are given for ${offsets.perNode.length}`, `one for each of the ${size} nodes`)
  }
}

/** Throws `RangeError` where a topology's links or its rule for passing on name what is no other node, or no neighbour. */
export const refuseTopology = (of: string, { forwarding, neighbours, size }: Topology): void => {
  wholeNumber({ of, name: "size" }, size, { least: 1 })
  list({ of, name: "neighbours" }, neighbours)
  if (neighbours.length !== size) {
    refuse(
      { of, name: "neighbours" },
      `are given for ${amountOfNodes(neighbours.length)}`,
      `a list for each of ${size}`
    )
  }
  neighbours.forEach((others, node) => {
    const argument = { of, name: `the list of n${node}'s neighbours` }
    nodesOf(argument, others, size)
    if (others.includes(node)) refuse(argument, "has the node itself", "other nodes")
  })
  if (typeof forwarding !== "function") refuse({ of, name: "forwarding" }, `is ${shown(forwarding)}`, "a function")
  neighbours.forEach((others, from) => {
    for (const node of others) refuseForwarding(of, node, from, forwarding(node, from), neighbours[node] ?? [])
  })
}

const refuseForwarding = (
  of: string,
  node: number,
  from: number,
  onward: unknown,
  neighbours: ReadonlyArray<number>
): void => {
  const argument = { of, name: `forwarding at n${node} of what n${from} sent` }
  list(argument, onward)
  const stranger = onward.find((to) => !neighbours.includes(to as number))
  if (stranger !== undefined || onward.includes(undefined)) {
    const allowed =
      neighbours.length === 0 ? "none, since it has no neighbours" : neighbours.map((to) => `n${to}`).join(", ")
    refuse(argument, `names ${shown(stranger)}`, `neighbours of n${node}: ${allowed}`)
  }
  distinct(argument, onward)
}

const refuseOperation = (of: string, operation: unknown): void => {
  if (typeof operation === "object" && operation !== null && typeof Reflect.get(operation, "_tag") === "string") return
  refuse({ of, name: "an operation" }, `is ${shown(operation)}`, "values with a _tag")
}

/** Throws `RangeError` where a workload's total is no number, or an operation can never be asked. */
export const refuseWorkload = (of: string, workload: Workload): void => {
  oneOf({ of, name: "the kind" }, workload.kind, ["script", "anyOrder", "drawn", "sessions"])
  switch (workload.kind) {
    case "script":
    case "anyOrder":
      list({ of, name: "the operations" }, workload.perNode)
      for (const operations of workload.perNode) {
        list({ of, name: "the operations of a node" }, operations)
        for (const operation of operations) refuseOperation(of, operation)
      }
      return
    case "drawn": {
      const { nodes, operations, total } = workload
      wholeNumber({ of, name: "the total" }, total)
      list({ of, name: "the operations" }, operations)
      for (const operation of operations) refuseOperation(of, operation)
      if (nodes !== undefined) nodesOf({ of, name: "nodes" }, nodes)
      if (total > 0 && operations.length === 0) refuse({ of, name: "the operations" }, "are none", "one to draw")
      if (total > 0 && nodes?.length === 0) refuse({ of, name: "nodes" }, "are none", "one to draw at")
      return
    }
    case "sessions":
      list({ of, name: "the sessions" }, workload.sessions)
      for (const session of workload.sessions) {
        list({ of, name: "a session" }, session)
        for (const step of session) refuseStep(of, step)
      }
  }
}

const refuseStep = (of: string, step: unknown): void => {
  const { at, operation } = Object(step) as { readonly at?: unknown; readonly operation?: unknown }
  const argument = { of, name: "the node of a session's step" }
  refuseOperation(of, operation)
  if (!Array.isArray(at)) return wholeNumber(argument, at)
  nodesOf(argument, at)
  if (at.length === 0) refuse(argument, "is none of an empty list", "a node, or a list of at least one")
}

/** Throws `RangeError` where a link of a graph is no pair of two different nodes, or stands twice. */
export const refuseLinks = (size: number, links: ReadonlyArray<readonly [number, number]>): void => {
  const argument = { of: "Topology.graph", name: "a link" }
  list({ ...argument, name: "links" }, links)
  for (const link of links) {
    list(argument, link)
    if (link.length !== 2) refuse(argument, `is ${shown(link)}`, "pairs of nodes")
    for (const node of link) nodeOf({ ...argument, name: `a link from ${link.map(shown).join(" to ")}` }, node, size)
    if (link[0] === link[1]) refuse(argument, `goes from n${link[0]} to itself`, "pairs of two different nodes")
  }
  distinct(
    { ...argument, name: "links" },
    links.map(([from, to]) => `n${from} to n${to}`)
  )
}
