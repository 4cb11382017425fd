/**
 * Fugue: nodes form a tree in which each has children on its left and on its right; the document is the tree read from
 * left to right. A new element becomes a right child of the one before it if that has none, and otherwise a left child
 * of the one after it, so that elements of others do not come between.
 *
 * Source: Weidner and Kleppmann, "The Art of the Fugue: Minimizing Interleaving in Collaborative Text Editing" (2023),
 * algorithm 1. Mutants: `right-only` makes every element a right child of the one before it; `arrival-order` leaves
 * siblings in the order of arrival.
 */
import { Model } from "plait"
import { compareNames, isSame, type ListAlgorithm, type ListNode, type NodeName } from "./list-node.ts"
import { listParameters, listShown, listSystem } from "./replicated-list.ts"

const childrenOf = (nodes: ReadonlyArray<ListNode>, parent: NodeName | null, side: ListNode["side"]) =>
  nodes.filter((node) => isSame(node.parent, parent) && node.side === side)

const traverse = (nodes: ReadonlyArray<ListNode>, node: ListNode): ReadonlyArray<ListNode> => [
  ...childrenOf(nodes, node.name, "left").flatMap((child) => traverse(nodes, child)),
  node,
  ...childrenOf(nodes, node.name, "right").flatMap((child) => traverse(nodes, child))
]

const document = (nodes: ReadonlyArray<ListNode>): ReadonlyArray<ListNode> =>
  childrenOf(nodes, null, "right").flatMap((child) => traverse(nodes, child))

/** Fugue over nodes sorted by identifier, correct or mutated. */
export const fugue = (mutant: "none" | "right-only" | "arrival-order"): ListAlgorithm => ({
  document,
  place: (nodes, after) => {
    if (mutant === "right-only" || childrenOf(nodes, after, "right").length === 0) {
      return { parent: after, side: "right" }
    }
    const inOrder = document(nodes)
    const next = inOrder[inOrder.findIndex(({ name }) => isSame(name, after)) + 1]
    return { parent: next?.name ?? null, side: "left" }
  },
  integrate: (nodes, node) =>
    mutant === "arrival-order" ? [...nodes, node] : [...nodes, node].sort((a, b) => compareNames(a.name, b.name))
})

/** The elements a user sees. */
export const fugueShown = listShown(fugue("none"))

/** Replicas of a list under Fugue. */
export const fugueModel = Model.make({
  name: "fugue",
  about: "A list replicated all-to-all with Fugue, which keeps together what one user typed, forward or backward.",
  source: "Weidner and Kleppmann 2023",
  parameters: {
    ...listParameters,
    mutant: Model.mutants({
      default: "none",
      values: ["none", "right-only", "arrival-order", "no-tombstones"],
      about: "no left children; siblings as they arrive; a deleted element is removed"
    })
  },
  system: ({ mutant, ...parts }) =>
    listSystem("fugue", {
      ...parts,
      algorithm: fugue(mutant === "no-tombstones" ? "none" : mutant),
      tombstones: mutant !== "no-tombstones"
    })
})
