/**
 * Conditions under which replicated parent pointers are a tree: no node is its own ancestor, and every node is in it
 * once.
 *
 * Source: Kleppmann, Mulligan, Gomes and Beresford, "A highly-available move operation for replicated trees" (2021),
 * "Tree invariants": the parent relation is acyclic, and no node has two parents.
 *
 * Formulas: ∀ x: (x, x) ∉ parent⁺; ∀ x: |{p : parent(x, p)}| = 1. Observes nothing and adds no states; costs a walk up
 * the tree per distinct state of a node.
 */
import { type NodeInvariant, type NodesView, Property } from "plait"

interface Edge {
  readonly child: string
  readonly parent: string
}

/** The pairs of child and parent that a replica shows. */
export interface TreeOptions<State> {
  readonly tree: (state: State) => ReadonlyArray<Edge>
}

/** All ancestors of a node, itself included if it is its own ancestor. */
const ancestors = (edges: ReadonlyArray<Edge>, node: string): ReadonlySet<string> => {
  const above = new Set(edges.filter(({ child }) => child === node).map(({ parent }) => parent))
  for (const each of above) {
    for (const { child, parent } of edges) if (child === each) above.add(parent)
  }
  return above
}

/** No replica shows a folder inside itself: ∀ node, x: x ∉ ancestors(x). */
export const noOwnAncestor = <State>({ tree }: TreeOptions<State>): NodeInvariant<NodesView<State>> => {
  const inside = (state: State) => {
    const edges = tree(state)
    return [...new Set(edges.map(({ child }) => child))].filter((child) => ancestors(edges, child).has(child))
  }
  return Property.onEveryNode<State>("nothing is its own ancestor", {
    premise: ({ state }) => tree(state).length > 0,
    holds: ({ state }) => inside(state).length === 0,
    explain: ({ nodes }) =>
      nodes
        .filter(({ state }) => inside(state).length > 0)
        .map(
          ({ id, state }) => `n${id} shows ${inside(state).join(" and ")} inside one another, cut off from the root.`
        )
        .join(" ")
  })
}

/**
 * Every replica shows each of the nodes exactly once.
 *
 * **Details** Does not imply that the node can be reached from a root; with `noOwnAncestor` it can.
 */
export const hangsOnce = <State>(
  options: TreeOptions<State> & { readonly things: ReadonlyArray<string> }
): NodeInvariant<NodesView<State>> => {
  const { things, tree } = options
  const places = (state: State, thing: string) => tree(state).filter(({ child }) => child === thing)
  const wrong = (state: State) => things.filter((thing) => places(state, thing).length !== 1)
  return Property.onEveryNode<State>("everything hangs in the tree once", {
    holds: ({ state }) => wrong(state).length === 0,
    explain: ({ nodes }) =>
      nodes
        .flatMap(({ id, state }) =>
          wrong(state).map((thing) => {
            const parents = places(state, thing).map(({ parent }) => parent)
            return `n${id} shows ${thing} ${parents.length === 0 ? "nowhere" : `in ${parents.join(" and in ")}`}.`
          })
        )
        .join(" ")
  })
}
