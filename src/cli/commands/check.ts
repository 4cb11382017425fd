/**
 * `plait check` and `plait verify`: prepares a run of cases. The parts that record the loading of modules, or that
 * start a process for each run, are started here, before the engine and the models are loaded.
 */
import type { Request } from "../arguments.ts"
import { reuses } from "../run/reuse.ts"

/** Runs the command and returns the exit code. */
export const check = async (request: Request): Promise<number> => {
  if (request.graph !== undefined) return (await import("./graph.ts")).graph(request)
  if (request.watch) return (await import("./watch.ts")).watch(request)
  const isPart = request.shard !== undefined || request.onlyChanged !== undefined
  const needsModules = isPart || reuses(request, process.env)
  const graph = needsModules ? (await import("../run/module-graph.ts")).ModuleGraph.record() : undefined
  const { runCases } = await import("../run/run-cases.ts")
  return runCases(request, graph)
}
