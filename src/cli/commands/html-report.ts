/**
 * `plait report --html FILE`: explores cases and writes the results as one HTML file.
 */
import { createHash } from "node:crypto"
import { existsSync, statSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { caseCount } from "../../report/text/table.ts"
import { renderHtml } from "../../report/html/page.ts"
import type { ShownCase } from "../../report/html/Report.ts"
import { guarantees } from "../../../models/stores/guarantees.ts"
import { type Baseline, driftOf, expectedOf, isIncomplete, isUndecided, meets } from "../../suite/Baseline.ts"
import { checkCase, type CheckedCase, type PropertyReport } from "../../suite/CheckCase.ts"
import { matrixOf } from "../../suite/Matrix.ts"
import { type Case, selectCases } from "../../suite/Suite.ts"
import { UsageError } from "../../suite/UsageError.ts"
import { walkCase, type WalkedCase } from "../../suite/WalkCase.ts"
import { drawnGraphOf } from "../../trace/DrawnGraph.ts"
import { traceSummaryOf } from "../../trace/TraceSummary.ts"
import type { Request } from "../arguments.ts"
import { readBaseline } from "../run/baseline.ts"
import { openProject } from "../config.ts"
import { writeAtomically } from "../output/files.ts"
import { listen } from "../run/interruption.ts"
import { plait } from "../invocation.ts"
import { limitsOf } from "../run/limits.ts"
import { explainedInCase } from "../run/own-process.ts"
import { type Measured, ProgressReport, standardError } from "../output/progress.ts"
import { version } from "../version.ts"

/** The largest number of states that is drawn. */
const DRAWN_STATES = 32

/** Runs the command: exit 1 if a result differs from the baseline, 3 if a search was incomplete. */
export const htmlReport = async (request: Request): Promise<number> => {
  const { html } = request
  if (html === undefined)
    throw new UsageError({ problem: "report needs --html FILE", advice: "plait report --html report.html" })
  const walks = walksOf(request)
  const project = await openProject(request)
  const cases = selectCases(project.entries, request.words, request.sets, request.deep)
  if (cases.length === 0) throw new UsageError({ problem: "no case matched", advice: "plait list shows them all" })
  const baseline = readBaseline(project.baseline)
  const interruption = listen()
  const progress = new ProgressReport(standardError(request.progressIntervalSeconds))
  const reported: Array<{ readonly suiteCase: Case; readonly reported: ShownCase }> = []
  for (const [index, suiteCase] of cases.entries()) {
    if (interruption.signal.aborted) break
    const name = `${index + 1}/${cases.length} ${suiteCase.id}`
    const onProgress = (measured: Measured): void => progress.tell(name, measured)
    const { signal } = interruption
    const found = await explainedInCase(suiteCase.id, async () => {
      const checked =
        walks === undefined
          ? await Effect.runPromise(checkCase(suiteCase, { limits: limitsOf(request), signal, onProgress }))
          : await Effect.runPromise(walkCase(suiteCase, { ...walks, signal, onProgress }))
      return { suiteCase, reported: reportedCase(suiteCase, checked, baseline), unexplained: checked.unexplained ?? [] }
    })
    if (found !== undefined) reported.push(found)
  }
  progress.clear()
  const path = existsSync(html) && statSync(html).isDirectory() ? join(html, "index.html") : html
  const placed = reported.flatMap(({ suiteCase, reported: { result } }) => {
    const place = suiteCase.entry.place(suiteCase.values)
    // The guarantee matrix shows proofs only.
    return place === undefined || result.mode === "random" ? [] : [{ place, result }]
  })
  const text = renderHtml({
    by: `plait ${version}`,
    baseline: project.baseline,
    command: plait,
    cases: reported.map((each) => each.reported),
    matrix: matrixOf(placed, guarantees),
    guarantees,
    digest: (script) => createHash("sha256").update(script).digest("base64")
  })
  writeAtomically(path, text)
  process.stderr.write(`${caseCount(reported.length)} written to ${path}\n`)
  const isGood = reported.every(({ reported: { drift, unexpected } }) => drift.length === 0 && unexpected.size === 0)
  // A walk is never complete.
  const isOpen = reported.some(({ reported: { result } }) => result.mode === "exhaustive" && isIncomplete(result))
  return interruption.exitCode() ?? (isGood ? (isOpen && !request.allowIncomplete ? 3 : 0) : 1)
}

/** Options of the random walks, if they were requested. Throws `UsageError` for a flag that would have no effect. */
const walksOf = ({ allowIncomplete, maxDepth, maxStates, memoryMebibytes, random, seed, timeoutSeconds }: Request) => {
  if (random === undefined) {
    if (seed === undefined) return undefined
    throw new UsageError({ problem: "an exhaustive search is not random: --seed needs --random N", advice: "" })
  }
  if (maxStates !== undefined || timeoutSeconds !== undefined || memoryMebibytes !== undefined) {
    const advice = "leave out --max-states, --timeout and --memory, or --random"
    throw new UsageError({ problem: "--random N limits the walks, --max-depth N their steps", advice })
  }
  if (allowIncomplete) {
    throw new UsageError({ problem: "random walks are never complete", advice: "leave out --allow-incomplete" })
  }
  return { walks: random, seed: seed ?? 1, ...(maxDepth === undefined ? {} : { maxSteps: maxDepth }) }
}

const reportedCase = (suiteCase: Case, checked: CheckedCase | WalkedCase, baseline: Baseline): ShownCase => {
  const { result, traces } = checked
  const pinned = baseline[suiteCase.id]
  const reports = result.properties.map((property) => ({
    ...property,
    expected: expectedOf(property, pinned)
  }))
  const unexpected = reports.filter((property) => !isUndecided(property) && !isExpected(property, result.mode))
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  return {
    result: { ...result, properties: reports },
    about: suiteCase.entry.about,
    source: suiteCase.entry.source,
    drift: pinned === undefined || !result.complete ? [] : driftOf(result, pinned),
    unexpected: new Set(unexpected.map(({ name }) => name)),
    summaries: [...traces].map(([property, trace]) => {
      const report = reports.find(({ name }) => name === property)
      const because = report?.counterexample?.because ?? ""
      return traceSummaryOf(trace, { caseId: suiteCase.id, property, verdict: report?.verdict ?? "", because })
    }),
    walked:
      "walks" in checked
        ? { ...checked.walks, allDistinct: pinned?.complete === true ? pinned.distinct : undefined }
        : undefined,
    graph:
      result.complete && result.distinct <= DRAWN_STATES ? drawnGraphOf(system, properties, DRAWN_STATES) : undefined
  }
}

/**
 * True if the verdict is the expected one. The trace of a walk need not be the shortest, so its length is not compared.
 */
const isExpected = (property: PropertyReport & { readonly expected: string }, mode: "exhaustive" | "random"): boolean =>
  mode === "random" ? property.expected.split(" ")[0] === property.verdict : meets(property, property.expected)
