/**
 * `plait check CELL --graph FORMAT`: prints all states of a small cell, and the steps between them, as a drawing.
 */
import { renderStateGraph } from "../../report/graphviz/state-graph.ts"
import { renderStateDiagram } from "../../report/mermaid/state-graph.ts"
import { closest } from "../../suite/closest.ts"
import { selectCells } from "../../suite/Suite.ts"
import { UsageError } from "../../suite/UsageError.ts"
import { type StateGraph, stateGraphOf } from "../../trace/StateGraph.ts"
import type { Request } from "../arguments.ts"
import { openProject } from "../config.ts"

/** States up to which a drawing is still read by a person. */
const MOST_STATES = 200

const formats: { readonly [name: string]: (cell: string, graph: StateGraph) => string } = {
  dot: renderStateGraph,
  mermaid: renderStateDiagram
}

/** Prints the drawing. Throws `UsageError` where there is not one cell, or it has too many states. */
export const graph = async (request: Request): Promise<number> => {
  const name = request.graph ?? ""
  const names = Object.keys(formats)
  const render = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (render === undefined) {
    const advice = `there are ${names.join(" and ")}; did you mean ${closest(name, names) ?? "dot"}?`
    throw new UsageError({ problem: `there is no graph format "${name}"`, advice })
  }
  if (request.json || request.update || request.out !== undefined || request.reporters.length > 0) {
    const advice = "leave out --json, --out, --reporter and -u, or --graph"
    throw new UsageError({ problem: "--graph prints a drawing and checks nothing", advice })
  }
  const { entries } = await openProject(request)
  const [cell, ...others] = selectCells(entries, request.words, request.sets, request.deep)
  if (cell === undefined || others.length > 0) {
    const problem = cell === undefined ? "no cell matched" : `${others.length + 1} cells matched; a graph is of one`
    throw new UsageError({ problem, advice: "plait list shows them all; plait check race/leaders=3 --graph dot" })
  }
  const { properties, system } = cell.entry.build(cell.values)
  const limit = Math.min(MOST_STATES, request.maxStates ?? MOST_STATES)
  const found = stateGraphOf(system, properties, limit)
  if (found === undefined) {
    throw new UsageError({
      problem: `${cell.id} has more than ${limit} states: too many to draw`,
      advice: "smaller parameters have fewer; plait report --html FILE shows its traces"
    })
  }
  process.stdout.write(render(cell.id, found))
  return 0
}
