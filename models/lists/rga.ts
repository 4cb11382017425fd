/**
 * RGA, the replicated growable array: a new node comes right after the one it refers to, but behind existing nodes with
 * higher identifiers.
 *
 * Source: Roh, Jeon, Kim and Lee, "Replicated abstract data types: Building blocks for collaborative applications"
 * (2011); the timestamped insertion tree of Attiya et al. (PODC 2016) is the same list. Mutant `no-skip`: a node goes
 * right after the one it refers to, without skipping any.
 */
import { Model } from "plait"
import { compareNames, isSame, type ListAlgorithm } from "./list-node.ts"
import { listParameters, listShown, listSystem } from "./replicated-list.ts"

/** RGA over a list of nodes in document order, correct or mutated. */
export const rga = (mutant: "none" | "no-skip"): ListAlgorithm => ({
  document: (nodes) => nodes,
  place: (_nodes, after) => ({ parent: after, side: "right" }),
  integrate: (nodes, node) => {
    let at = nodes.findIndex(({ name }) => isSame(name, node.parent)) + 1
    for (; mutant !== "no-skip" && at < nodes.length; at++) {
      const next = nodes[at]
      if (next === undefined || compareNames(next.name, node.name) < 0) break
    }
    return nodes.toSpliced(at, 0, node)
  }
})

/** The elements a user sees. */
export const rgaShown = listShown(rga("none"))

/** Replicas of a list under RGA. */
export const rgaModel = Model.make({
  name: "rga",
  about: "A list replicated all-to-all with RGA, whose elements follow the one they were typed after.",
  source: "Roh, Jeon, Kim and Lee 2011",
  parameters: {
    ...listParameters,
    mutant: Model.mutants({
      default: "none",
      values: ["none", "no-skip", "no-tombstones"],
      about: "an element goes right after the one it refers to; a deleted element is removed"
    })
  },
  system: ({ mutant, ...parts }) =>
    listSystem("rga", {
      ...parts,
      algorithm: rga(mutant === "no-skip" ? mutant : "none"),
      tombstones: mutant !== "no-tombstones"
    })
})
