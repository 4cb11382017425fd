/**
 * All states of a small system as a Graphviz digraph: a node for each state with its parts, and an edge with the steps
 * between two states. Initial states are bold, quiescent ones have a double outline. States are numbered in the order
 * in which they are found, so the same system gives the same text.
 */
import type { DrawnGraph } from "../../trace/DrawnGraph.ts"
import { quoted } from "./quoted.ts"

/** The digraph. */
export const renderStateGraph = (caseId: string, { edges, states }: DrawnGraph): string =>
  [
    "digraph states {",
    "  rankdir=LR",
    `  label=${quoted(`all ${states.length} states of ${caseId}`)}`,
    "  node [shape=box]",
    ...states.map(({ depth, parts, quiescent }, state) => {
      const signs = `${depth === 0 ? ", style=bold" : ""}${quiescent ? ", peripheries=2" : ""}`
      return `  ${state} [label=${quoted(String(state), ...parts)}${signs}]`
    }),
    ...edges.map(({ from, labels, to }) => `  ${from} -> ${to} [label=${quoted(...labels)}]`),
    "}",
    ""
  ].join("\n")
