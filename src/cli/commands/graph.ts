/**
 * `plait check CASE --graph FORMAT`: prints all states of a small case, and the steps between them, as a drawing.
 */
import { renderStateGraph } from "../../report/graphviz/state-graph.ts"
import { renderStateDiagram } from "../../report/mermaid/state-graph.ts"
import { closest } from "../../suite/closest.ts"
import { selectCases } from "../../suite/Suite.ts"
import { UsageError } from "../../suite/UsageError.ts"
import { type DrawnGraph, drawnGraphOf } from "../../trace/DrawnGraph.ts"
import type { Request } from "../arguments.ts"
import { openProject } from "../config.ts"

/** The largest number of states in a readable drawing. */
const MOST_STATES = 200

const formats: { readonly [name: string]: (suiteCase: string, graph: DrawnGraph) => string } = {
  dot: renderStateGraph,
  mermaid: renderStateDiagram
}

/** Prints the drawing. Throws `UsageError` if not exactly one case matches, or if it has too many states. */
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
  const [suiteCase, ...others] = selectCases(entries, request.words, request.sets, request.deep)
  if (suiteCase === undefined || others.length > 0) {
    const problem =
      suiteCase === undefined ? "no case matched" : `${others.length + 1} cases matched; a graph shows one`
    throw new UsageError({ problem, advice: "plait list shows them all; plait check race/leaders=3 --graph dot" })
  }
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  const limit = Math.min(MOST_STATES, request.maxStates ?? MOST_STATES)
  const found = drawnGraphOf(system, properties, limit)
  if (found === undefined) {
    throw new UsageError({
      problem: `${suiteCase.id} has more than ${limit} states: too many to draw`,
      advice: "smaller parameters have fewer; plait report --html FILE shows its traces"
    })
  }
  process.stdout.write(render(suiteCase.id, found))
  return 0
}
