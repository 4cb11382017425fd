/**
 * `plait check` and `plait verify`: prepares a run of cases. What has to see modules being loaded, or starts a process of
 * its own for each run, does so here, before the engine and the models are.
 */
import type { Request } from "../arguments.ts"
import { reuses } from "../run/reuse.ts"

/** Runs the command; the exit code. */
export const check = async (request: Request): Promise<number> => {
  if (request.graph !== undefined) return (await import("./graph.ts")).graph(request)
  if (request.watch) return (await import("./watch.ts")).watch(request)
  const isPart = request.shard !== undefined || request.onlyChanged !== undefined
  const needsModules = isPart || reuses(request, process.env)
  const graph = needsModules ? (await import("../run/module-graph.ts")).ModuleGraph.record() : undefined
  const { runCases } = await import("../run/run-cases.ts")
  return runCases(request, graph)
}
