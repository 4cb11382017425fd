/**
 * `plait replay`: takes a trace file or a replay identifier again, and says whether it still shows what it showed.
 */
import { readFileSync } from "node:fs"
import { loopSentence, replayLine } from "../../reports/text/counterexample.ts"
import { catalogue } from "../catalogue/index.ts"
import { cellFromId, UsageError } from "../suite/Suite.ts"
import { parseTrace } from "../trace/Itf.ts"
import { replay as replaySchedule } from "../trace/replay.ts"
import { decodeReplayId } from "../trace/ReplayId.ts"
import type { Schedule, Trace } from "../trace/Trace.ts"
import type { Request } from "./arguments.ts"
import { printedSteps } from "./printed-steps.ts"

interface Wanted {
  readonly cell: string
  readonly schedule: Schedule
  readonly property: string | undefined
  readonly labels: ReadonlyArray<string>
}

const wanted = (word: string): Wanted => {
  const id = decodeReplayId(word)
  if (id !== undefined) return { ...id, property: undefined, labels: [] }
  return parseTrace(word, readFileSync(word, "utf8"))
}

/** Runs the command; exit 0 if the trace still shows a violation or reaches its situation, 1 if not. */
export const replay = async ({ words }: Request): Promise<number> => {
  const [word] = words
  if (word === undefined || words.length > 1) {
    throw new UsageError({
      problem: "replay takes one trace file or replay identifier",
      advice: replayLine("two-phase-commit/n=3@0.0")
    })
  }
  const { cell: id, labels, property, schedule } = wanted(word)
  const cell = cellFromId(catalogue, id)
  if (cell === undefined)
    throw new UsageError({ problem: `no model for the cell "${id}"`, advice: "plait list shows them all" })
  const { properties, system } = cell.entry.build(cell.values)
  const outcome = replaySchedule(system, properties, schedule, labels)
  if (outcome.trace !== undefined) process.stdout.write(`${steps(outcome.trace)}\n`)
  switch (outcome._tag) {
    case "diverged": {
      const instead = outcome.possible.map((label) => `\n    ${label}`).join("")
      process.stdout.write(
        `diverges at step ${outcome.step}: there is no such successor any more; possible are:${instead}\n`
      )
      return 1
    }
    case "changed":
      process.stdout.write(
        `diverges at step ${outcome.step}: it was “${outcome.recorded}”, now it is “${outcome.found}”\n`
      )
      return 1
    case "replayed": {
      const shows = property === undefined ? outcome.decided.length > 0 : outcome.decided.includes(property)
      const names = outcome.decided.map((name) => `“${name}”`).join(", ")
      process.stdout.write(
        shows
          ? `the trace still decides ${names}\n`
          : `the trace no longer decides ${property === undefined ? "any property" : `“${property}”`}\n`
      )
      return shows ? 0 : 1
    }
  }
}

const steps = (trace: Trace): string =>
  [
    ...printedSteps(trace).flatMap(({ changes, fault, label, number }) => [
      `  ${number}  ${label}${fault ? "  (fault)" : ""}`,
      ...changes.map((change) => `       ${change}`)
    ]),
    ...(trace.loop === undefined ? [] : [`  ${loopSentence(trace.steps.length, trace.loop)}`])
  ].join("\n")
