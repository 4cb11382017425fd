/**
 * `plait simulate` and `plait check --random N`: random walks through cells, for what is too large to exhaust.
 */
import { Effect } from "effect"
import { group } from "../../reports/text/table.ts"
import { type Simulation, simulate as walk } from "../explorer/RandomWalks.ts"
import { hopedFor } from "../suite/Baseline.ts"
import { type Cell, selectCells } from "../suite/Suite.ts"
import { encodeReplayId } from "../trace/ReplayId.ts"
import { scheduleOf, type Trace } from "../trace/Trace.ts"
import type { Request } from "./arguments.ts"
import { readBaseline } from "./baseline.ts"
import { openProject } from "./config.ts"
import { makeFolder, writeTraces } from "./files.ts"
import { printedSteps } from "../trace/PrintedStep.ts"

const DEFAULT_WALKS = 1000

/** Runs the command; exit 1 if a walk violated a property that the baseline does not expect to be, or one threw. */
export const simulate = async (request: Request): Promise<number> => {
  const project = await openProject(request)
  const cells = selectCells(project.entries, request.words, request.sets, request.deep)
  const baseline = readBaseline(project.baseline)
  if (request.out !== undefined) makeFolder(request.out)
  const options = {
    walks: request.random ?? DEFAULT_WALKS,
    seed: request.seed ?? 1,
    ...(request.maxDepth === undefined ? {} : { maxSteps: request.maxDepth })
  }
  const found: Array<{ readonly cell: Cell; readonly simulation: Simulation }> = []
  for (const cell of cells) {
    const { properties, system } = cell.entry.build(cell.values)
    const simulation = await Effect.runPromise(walk(system, properties, options))
    if (request.out !== undefined) writeTraces(request.out, cell.id, tracesOf(simulation))
    found.push({ cell, simulation })
  }
  const isUnmet = (cell: Cell, { name, verdict }: Simulation["properties"][number]): boolean =>
    verdict._tag === "failed" ||
    (verdict._tag === "violated" && !(baseline[cell.id]?.properties[name] ?? "holds").startsWith("violated"))
  const unmet = found.some(({ cell, simulation }) => simulation.properties.some((property) => isUnmet(cell, property)))
  const exitCode = unmet ? 1 : 0
  if (request.json) {
    const documents = found.map(({ cell, simulation }) => ({ id: cell.id, mode: "random", ...simulation }))
    process.stdout.write(`${JSON.stringify({ schema: "plait/simulate@1", exitCode, cells: documents })}\n`)
    return exitCode
  }
  for (const { cell, simulation } of found) process.stdout.write(`${describe(cell, simulation)}\n`)
  process.stdout.write("A walk never proves that a property holds; plait check explores everything.\n")
  return exitCode
}

const tracesOf = ({ properties }: Simulation): ReadonlyMap<string, Trace> =>
  new Map(
    properties.flatMap(({ name, verdict }): ReadonlyArray<[string, Trace]> =>
      verdict._tag === "violated" || verdict._tag === "reached" ? [[name, verdict.evidence]] : []
    )
  )

const describe = (cell: Cell, { distinct, properties, seed, steps, walks }: Simulation): string => {
  const lines = properties.flatMap(({ kind, name, path, verdict }) => {
    if (verdict._tag === "inconclusive")
      return [`  ≈ ${name}: no walk decided it (asked in ${group(verdict.checked)} states)`]
    if (verdict._tag !== "violated" && verdict._tag !== "reached") return [`  ! ${name}: ${verdict._tag}`]
    const sign = hopedFor(kind) === verdict._tag ? "✓" : "✗"
    const trace = printedSteps(verdict.evidence).map(({ label, number }) => `      ${number}  ${label}`)
    const again = `      npm run -s plait -- replay '${encodeReplayId(cell.id, scheduleOf(verdict.evidence))}'`
    const shown = verdict._tag === "violated" ? [...trace, again] : []
    return [
      `  ${sign} ${name}: ${verdict._tag} in ${verdict.evidence.steps.length} (seed ${seed}, path ${path})`,
      ...shown
    ]
  })
  return [
    `${cell.id}: ${group(walks)} walks, ${group(steps)} steps, ${group(distinct)} different states`,
    ...lines
  ].join("\n")
}
