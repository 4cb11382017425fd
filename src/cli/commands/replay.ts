/**
 * `plait replay`: replays a trace file or a replay identifier, and checks that it still decides its property.
 */
import { readFileSync } from "node:fs"
import { loopSentence, renderSteps, replayLine } from "../../report/text/counterexample.ts"
import { correspondenceFor } from "../../../models/reference/foreign-traces.ts"
import { caseFromId, type Entry } from "../../suite/Suite.ts"
import { UsageError } from "../../suite/UsageError.ts"
import { replay as replaySchedule, type Replayed } from "../../trace/replay.ts"
import { matchStates, parseForeignTrace } from "../../trace/formats/ForeignItf.ts"
import { readRecorded, type Recorded } from "../../trace/formats/Recorded.ts"
import { decodeReplayId } from "../../trace/ReplayId.ts"
import type { Request } from "../arguments.ts"
import { paintOfOutput } from "../output/colour.ts"
import { openProject } from "../config.ts"
import { plait } from "../invocation.ts"
import { noteFault } from "../run/own-process.ts"
import { visible } from "../../report/visible.ts"
import { printedSteps } from "../../trace/PrintedStep.ts"
import { printAs, requireFormat } from "../output/trace-formats.ts"

const wanted = (word: string): Recorded => {
  const id = decodeReplayId(word)
  if (id !== undefined) return { ...id, property: undefined, labels: [] }
  return readRecorded(word, readFileSync(word, "utf8"))
}

/** The run of a model that has the states of the trace of another tool. */
const foreign = (entries: ReadonlyArray<Entry>, model: string, path: string): Recorded => {
  const suiteCase = caseFromId(entries, model)
  if (suiteCase === undefined)
    throw new UsageError({ problem: `no model for the case "${model}"`, advice: "plait list shows them all" })
  const states = parseForeignTrace(path, readFileSync(path, "utf8"))
  const matched = matchStates(
    suiteCase.entry.build(suiteCase.values).system,
    states,
    correspondenceFor(suiteCase.entry)
  )
  if (matched._tag === "matched") {
    return { caseId: suiteCase.id, schedule: matched.schedule, property: undefined, labels: [] }
  }
  throw new UsageError({
    problem: `${path} is not a run of ${suiteCase.id}: no run agrees with it up to its state ${matched.state}, ${matched.wanted}`,
    advice: `plait list ${suiteCase.entry.name} shows the parameters that another case has`
  })
}

/** Runs the command: exit 0 if the trace still violates its property or reaches its state, 1 if not. */
export const replay = async (request: Request): Promise<number> => {
  const [word] = request.words
  if (word === undefined || request.words.length > 1) {
    throw new UsageError({
      problem: "replay takes one trace file or replay identifier",
      advice: replayLine(plait, "two-phase-commit/n=3@0.0")
    })
  }
  if (request.format !== undefined) requireFormat(request.format)
  const { entries, path } = await openProject(request)
  const {
    caseId: id,
    labels,
    property,
    schedule
  } = request.model === undefined ? wanted(word) : foreign(entries, request.model, word)
  const suiteCase = caseFromId(entries, id)
  if (suiteCase === undefined)
    throw new UsageError({ problem: `no model for the case "${id}"`, advice: "plait list shows them all" })
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  const outcome = replaySchedule(system, properties, schedule, labels)
  const unexplained = outcome._tag === "replayed" ? outcome.unexplained : []
  for (const failed of unexplained) noteFault(failed, suiteCase.id)
  const isStill = isShown(outcome, property)
  const exitCode = unexplained.length > 0 ? 2 : isStill ? 0 : 1
  const said = inWords(outcome, property)
  if (request.format !== undefined && outcome._tag === "replayed" && isStill) {
    const decided = property ?? outcome.decided[0] ?? ""
    const kind = properties.find(({ name }) => name === decided)?.kind
    const verdict = kind === "reachable" ? "reached" : "violated"
    const head = { caseId: suiteCase.id, property: decided, verdict, because: outcome.because.get(decided) ?? "" }
    process.stdout.write(printAs(request.format, outcome.trace, head, path))
    return exitCode
  }
  const steps = outcome.trace === undefined ? [] : printedSteps(outcome.trace)
  if (request.json) {
    const decided = outcome._tag === "replayed" ? outcome.decided : []
    const document = {
      schema: "plait/replay@2",
      exitCode,
      id: suiteCase.id,
      outcome: outcome._tag,
      decided,
      said,
      steps
    }
    process.stdout.write(`${JSON.stringify(document)}\n`)
    return exitCode
  }
  const loop = outcome.trace?.loop
  const ending = loop === undefined ? [] : [`  ${loopSentence(steps.length, loop)}`]
  process.stdout.write(`${[...renderSteps(steps, paintOfOutput()), ...ending, said].join("\n")}\n`)
  return exitCode
}

const isShown = (outcome: Replayed, property: string | undefined): boolean =>
  outcome._tag === "replayed" &&
  (property === undefined ? outcome.decided.length > 0 : outcome.decided.includes(property))

const inWords = (outcome: Replayed, property: string | undefined): string => {
  switch (outcome._tag) {
    case "diverged": {
      const instead = outcome.possible.map((label) => `\n    ${visible(label)}`).join("")
      return `diverges at step ${outcome.step}: the step is no longer possible; possible steps:${instead}`
    }
    case "changed":
      return `diverges at step ${outcome.step}: it was “${visible(outcome.recorded)}”, now it is “${visible(outcome.found)}”`
    case "replayed": {
      const names = outcome.decided.map((name) => `“${visible(name)}”`).join(", ")
      if (isShown(outcome, property)) return `the trace still decides ${names}`
      return `the trace no longer decides ${property === undefined ? "any property" : `“${visible(property)}”`}`
    }
  }
}
