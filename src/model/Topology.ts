/**
 * Links between nodes and the rule for passing messages on. A topology is data: the directed links, and for a message
 * that reached a node from a neighbour, the nodes to which it must be passed on so that it reaches every node.
 */
import {
  amountOfNodes,
  distinct,
  list,
  nodeOf,
  nodesOf,
  options as knownOptions,
  refuse,
  shown,
  wholeNumber
} from "./Checked.ts"
import type { NodeId } from "./Self.ts"

/** A directed graph over the nodes 0 … size − 1 with a rule for passing messages on. */
export interface Topology {
  /** Name in listings, such as `ring`. */
  readonly name: string
  /** Number of nodes. */
  readonly size: number
  /** For each node, the nodes to which it has a link, ascending. */
  readonly neighbours: ReadonlyArray<ReadonlyArray<NodeId>>
  /** The nodes to which `node` passes on a message received from `from`: neighbours of it, each once. */
  readonly forwarding: (node: NodeId, from: NodeId) => ReadonlyArray<NodeId>
}

const nodes = (size: number): Array<NodeId> => Array.from({ length: size }, (_, index) => index)

const atLeast = (least: number, size: number, name: string): void =>
  wholeNumber({ of: `Topology.${name}`, name: "size" }, size, { least })

/** A topology with frozen lists of its own, since handlers get its neighbours. */
export const frozenTopology = (topology: Topology): Topology => {
  const neighbours = frozenLists(topology.neighbours)
  return Object.freeze({
    name: topology.name,
    size: topology.size,
    neighbours,
    forwarding: (node: NodeId, from: NodeId) => topology.forwarding(node, from)
  })
}

const frozenLists = (lists: ReadonlyArray<ReadonlyArray<NodeId>>): Topology["neighbours"] =>
  Object.freeze(lists.map((list) => Object.freeze([...list])))

/** Passes a message on to every neighbour except its source: reaches all nodes of a tree exactly once. */
const onward = (neighbours: ReadonlyArray<ReadonlyArray<NodeId>>) => (node: NodeId, from: NodeId) =>
  (neighbours[node] ?? []).filter((neighbour) => neighbour !== from)

/** Links from every node to every other; no message is passed on. */
const allToAll = (size: number): Topology => {
  atLeast(1, size, "allToAll")
  const neighbours = frozenLists(nodes(size).map((node) => nodes(size).filter((other) => other !== node)))
  return { name: "all-to-all", size, neighbours, forwarding: () => [] }
}

/**
 * A directed ring: each node sends to the next one and passes on the messages it receives.
 *
 * **Gotchas** A ring does not stop a message by itself: a protocol needs an origin tag, a visited set or
 * de-duplication.
 */
const ring = (size: number): Topology => {
  atLeast(2, size, "ring")
  const neighbours = frozenLists(nodes(size).map((node) => [(node + 1) % size]))
  return { name: "ring", size, neighbours, forwarding: (node) => neighbours[node] ?? [] }
}

/**
 * A star with node 0 as its hub; every other node has a link to and from the hub, which passes messages on to the other
 * leaves.
 */
const star = (size: number): Topology => {
  atLeast(2, size, "star")
  const leaves = nodes(size).slice(1)
  const neighbours = frozenLists(nodes(size).map((node) => (node === 0 ? leaves : [0])))
  return { name: "star", size, neighbours, forwarding: onward(neighbours) }
}

/** A line of nodes with links in both directions; inner nodes pass messages on. */
const chain = (size: number): Topology => {
  atLeast(2, size, "chain")
  const neighbours = frozenLists(
    nodes(size).map((node) => [node - 1, node + 1].filter((other) => other >= 0 && other < size))
  )
  return { name: "chain", size, neighbours, forwarding: onward(neighbours) }
}

/**
 * Any directed graph. By default a node passes a message on to every neighbour except its source, so in a graph with
 * cycles the protocol must recognise messages it has seen.
 *
 * @example
 * ```ts
 * Topology.graph(3, [[0, 1], [1, 2], [2, 0]])
 * ```
 */
const graph = (
  size: number,
  links: ReadonlyArray<readonly [from: NodeId, to: NodeId]>,
  options: { readonly name?: string; readonly forwarding?: Topology["forwarding"] } = {}
): Topology => {
  atLeast(1, size, "graph")
  refuseLinks(size, links)
  knownOptions("Topology.graph", options, ["name", "forwarding"])
  const neighbours = frozenLists(
    nodes(size).map((node) =>
      links
        .filter(([from]) => from === node)
        .map(([, to]) => to)
        .sort((a, b) => a - b)
    )
  )
  const { forwarding = onward(neighbours), name = "graph" } = options
  const topology = { name, size, neighbours, forwarding }
  refuseTopology("Topology.graph", topology)
  return topology
}

/** Constructors of topologies: `ring`, `star`, `allToAll`, `chain`, and `graph` for any other. */
export const Topology = { allToAll, ring, star, chain, graph }

/** Throws `RangeError` if a link of a graph is not a pair of two different nodes, or occurs twice. */
const refuseLinks = (size: number, links: ReadonlyArray<readonly [number, number]>): void => {
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

/**
 * Throws `RangeError` if a topology's links name a value that is not another node, or its rule for passing on one that
 * is not a neighbour.
 */
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
