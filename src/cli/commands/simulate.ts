/**
 * `plait simulate` and `plait check --random N`: random walks through cases that are too large to explore. Prints their
 * coverage: the actions taken of all actions, and the share of the states if the baseline has their number. No verdict
 * is ever `holds`.
 */
import { Effect } from "effect"
import { group } from "../../report/text/table.ts"
import { percentOf, percentText } from "../../coverage/Coverage.ts"
import { simulate as walk } from "../../search/random/RandomWalks.ts"
import { judgedOf } from "../../property/no-deadlock.ts"
import type { Simulation, WalkedProperty } from "../../search/random/Simulation.ts"
import { hopedFor } from "../../suite/Baseline.ts"
import { unexplainedOf } from "../../suite/CheckCase.ts"
import { type Case, selectCases } from "../../suite/Suite.ts"
import { encodeReplayId } from "../../trace/ReplayId.ts"
import { scheduleOf, type Trace } from "../../trace/Trace.ts"
import type { Request } from "../arguments.ts"
import { readBaseline } from "../run/baseline.ts"
import { openProject } from "../config.ts"
import { placedError } from "../output/failure.ts"
import { makeFolder, writeTraces } from "../output/files.ts"
import { listen } from "../run/interruption.ts"
import { plait } from "../invocation.ts"
import { explainedInCase, faults, settled } from "../run/own-process.ts"
import { type Measured, ProgressReport, standardError } from "../output/progress.ts"
import { visible, visibleLines } from "../../report/visible.ts"
import { printedSteps } from "../../trace/PrintedStep.ts"

const DEFAULT_WALKS = 1000

/** Runs the command: exit 1 if a walk violated a property against the baseline, or if a property threw. */
export const simulate = async (request: Request): Promise<number> => {
  const project = await openProject(request)
  const cases = selectCases(project.entries, request.words, request.sets, request.deep)
  const baseline = readBaseline(project.baseline)
  if (request.out !== undefined) makeFolder(request.out)
  const interruption = listen()
  const progress = new ProgressReport(standardError(request.progressIntervalSeconds))
  const options = {
    signal: interruption.signal,
    walks: request.random ?? DEFAULT_WALKS,
    seed: request.seed ?? 1,
    ...(request.maxDepth === undefined ? {} : { maxSteps: request.maxDepth })
  }
  const found: Array<Walked> = []
  for (const suiteCase of cases) {
    if (interruption.signal.aborted) break
    const onProgress = (measured: Measured): void => progress.tell(suiteCase.id, measured)
    const onDecided = (walked: WalkedProperty): void => {
      progress.clear()
      for (const line of unshortened(suiteCase, walked)) process.stderr.write(`${line}\n`)
    }
    const walked = await explainedInCase(suiteCase.id, async () => {
      const { properties, system } = suiteCase.entry.build(suiteCase.values)
      const found = await Effect.runPromise(
        walk(system, judgedOf(system, properties), { ...options, onProgress, onDecided })
      )
      return { found, unexplained: unexplainedOf(found) }
    })
    if (walked === undefined) continue
    const simulation = placed(suiteCase, walked.found)
    if (request.out !== undefined) writeTraces(request.out, suiteCase.id, tracesOf(simulation))
    const pinned = baseline[suiteCase.id]
    found.push({ suiteCase, simulation, known: pinned?.complete === true ? pinned.distinct : null })
  }
  const isUnmet = (suiteCase: Case, { name, verdict }: Simulation["properties"][number]): boolean =>
    verdict._tag === "failed" ||
    (verdict._tag === "violated" && !(baseline[suiteCase.id]?.properties[name] ?? "holds").startsWith("violated"))
  const unmet = found.some(({ suiteCase, simulation }) =>
    simulation.properties.some((property) => isUnmet(suiteCase, property))
  )
  progress.clear()
  await settled()
  const exitCode = faults().length > 0 ? 2 : (interruption.exitCode() ?? (unmet ? 1 : 0))
  if (request.json) {
    process.stdout.write(document(found, exitCode))
    return exitCode
  }
  for (const walked of found) process.stdout.write(`${describe(walked)}\n`)
  if (interruption.signal.aborted) {
    process.stdout.write(`interrupted in case ${group(found.length)} of ${group(cases.length)}\n`)
  }
  if (found.length > 0)
    process.stdout.write("Random walks never prove that a property holds; plait check explores every state.\n")
  return exitCode
}

/** The JSON document of a run. */
const document = (found: ReadonlyArray<Walked>, exitCode: number): string => {
  const documents = found.map(({ suiteCase, known, simulation }) => ({
    id: suiteCase.id,
    mode: "random",
    ...simulation,
    allDistinct: known,
    seenPercent: percentSeen(simulation, known),
    actionsTaken: takenOf(simulation).length
  }))
  return `${JSON.stringify({ schema: "plait/simulate@2", exitCode, cases: documents })}\n`
}

/** The simulation, with the place in each error that a property threw. */
const placed = (suiteCase: Case, simulation: Simulation): Simulation => ({
  ...simulation,
  properties: simulation.properties.map((walked) => {
    const { name, verdict } = walked
    if (verdict._tag !== "failed") return walked
    return {
      ...walked,
      verdict: { _tag: "failed", error: placedError(suiteCase, name, verdict.error, verdict.thrown) }
    }
  })
})

/**
 * The lines for a walk that violates a property, printed before it is shortened: the violation, and the command to
 * replay it.
 */
const unshortened = ({ id }: Case, { kind, name, path, verdict }: WalkedProperty): ReadonlyArray<string> => {
  if (verdict._tag !== "violated" || hopedFor(kind) === "violated") return []
  const { steps } = verdict.evidence
  return [
    `✗ ${visible(name)}: violated by a walk of ${group(steps.length)} steps (path ${path}), which is being shortened`,
    `  ${plait} replay '${visible(encodeReplayId(id, scheduleOf(verdict.evidence)))}'`
  ]
}

const tracesOf = ({ properties }: Simulation): ReadonlyMap<string, Trace> =>
  new Map(
    properties.flatMap(({ name, verdict }): ReadonlyArray<[string, Trace]> =>
      verdict._tag === "violated" || verdict._tag === "reached" ? [[name, verdict.evidence]] : []
    )
  )

/** The number of states that an exhaustive search has counted; `null` if none has. */
type Known = number | null

interface Walked {
  readonly suiteCase: Case
  readonly simulation: Simulation
  readonly known: Known
}

/** The share of all states in whole percent, rounded down. */
const percentSeen = ({ distinct }: Simulation, known: Known): number | null =>
  known === null ? null : (percentOf({ covered: distinct, total: known }) ?? null)

const takenOf = ({ actions }: Simulation) => actions.filter(({ taken }) => taken > 0)

const describe = ({ suiteCase, known, simulation }: Walked): string => {
  const { properties, seed } = simulation
  const lines = properties.flatMap(({ isShortest, kind, name: given, path, verdict }) => {
    const name = visible(given)
    if (verdict._tag === "inconclusive") {
      const checked = verdict.checked === 0 ? [] : [`checked in ${group(verdict.checked)} states`]
      const said = [...checked, ...(verdict.why === "interrupted" ? ["interrupted"] : [])].join(", ")
      return [`  ≈ ${name}: no walk decided it${said === "" ? "" : ` (${said})`}`]
    }
    if (verdict._tag === "failed") return [`  ! ${name}: failed`, `      why: ${visibleLines(verdict.error)}`]
    if (verdict._tag !== "violated" && verdict._tag !== "reached") return [`  ! ${name}: ${verdict._tag}`]
    const sign = hopedFor(kind) === verdict._tag ? "✓" : "✗"
    const trace = printedSteps(verdict.evidence).map(({ label, number }) => `      ${number}  ${visible(label)}`)
    const again = `      ${plait} replay '${visible(encodeReplayId(suiteCase.id, scheduleOf(verdict.evidence)))}'`
    const why = verdict.because === "" ? [] : [`      why: ${visibleLines(verdict.because)}`]
    const shown = verdict._tag === "violated" ? [...trace, ...why, again] : []
    const length = `${verdict.evidence.steps.length}${isShortest === false ? ", the fewest found so far" : ""}`
    return [`  ${sign} ${name}: ${verdict._tag} in ${length} (seed ${seed}, path ${path})`, ...shown]
  })
  return [`${visible(suiteCase.id)}: ${measured(simulation, known)}`, ...lines].join("\n")
}

/** The coverage, such as `50 walks, 523 steps, 190 of 288 states (65 %), 6 of 7 actions; never managerCommits`. */
const measured = (simulation: Simulation, known: Known): string => {
  const { actions, distinct, interrupted, steps, walks } = simulation
  const states =
    known === null
      ? `${group(distinct)} distinct states of an unknown number`
      : `${group(distinct)} of ${group(known)} states (${percentText({ covered: distinct, total: known })})`
  const never = actions.filter(({ taken }) => taken === 0).map(({ name }) => visible(name))
  const all = `${takenOf(simulation).length} of ${actions.length} actions${never.length === 0 ? "" : `; never ${never.join(", ")}`}`
  return `${interrupted ? "interrupted after " : ""}${group(walks)} walks, ${group(steps)} steps, ${states}, ${all}`
}
