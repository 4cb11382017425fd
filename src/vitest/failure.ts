/**
 * The message of a test that failed with an unexpected verdict: the result, at most twelve steps with the paths they
 * changed, the reason, and a line to paste. The message is complete in itself: it reaches the terminal, annotations and
 * JUnit.
 */
import { lengthOf, loopSentence, renderSteps } from "../report/text/counterexample.ts"
import { plain } from "../report/text/paint.ts"
import { group } from "../report/text/table.ts"
import { visible, visibleLines } from "../report/visible.ts"
import type { Exploration, PropertyResult } from "../search/Exploration.ts"
import type { Verdict } from "../property/index.ts"
import { printedSteps } from "../trace/PrintedStep.ts"
import { encodeSchedule } from "../trace/ReplayId.ts"
import { faultsIn, scheduleOf, type Trace } from "../trace/Trace.ts"

/** Most steps in a message: the first and the last of a longer trace. */
const MOST_STEPS = 12

/** Error of a test for a verdict that was not expected. */
export class UnexpectedVerdict extends Error {
  override readonly name = "UnexpectedVerdict"

  /**
   * `site`: an error made at the declaration of the test, whose stack takes the place of plait's own. `cause`: the
   * error that the property threw.
   */
  constructor(message: string, site: Error, options?: ErrorOptions) {
    super(message, options)
    const frames = (site.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
    this.stack = [`${this.name}: ${message}`, ...frames].join("\n")
  }
}

/** The result of one property, in a line. */
export const headline = ({ name: given, verdict }: PropertyResult): string => {
  const name = visible(given)
  switch (verdict._tag) {
    case "holds":
      return `${name}: holds in every reachable state`
    case "vacuous":
      return `${name}: vacuous, its premise was never true: the property says nothing about this system`
    case "unreached":
      return `${name}: unreached, and every reachable state was visited`
    case "failed":
      return `${name}: the property threw ${visibleLines(verdict.error)}`
    case "inconclusive":
      return `${name}: not decided, the search ended early: ${verdict.why}`
    case "violated":
    case "reached":
      return `${name}: ${verdict._tag} ${length(verdict.evidence)}`
  }
}

/** True if an explanation of the verdict threw or returned no text: no verdict passes then, expected or not. */
export const isUnexplained = ({ verdict }: PropertyResult): boolean =>
  (verdict._tag === "violated" || verdict._tag === "reached") && verdict.unexplained !== undefined

const length = (trace: Trace): string => {
  const faults = faultsIn(trace)
  const said = lengthOf({ length: trace.steps.length, loop: trace.loop ?? null })
  return faults === 0 ? said : `${said}, ${faults} of them faults`
}

/** The message about one property: headline, expectation, trace, reason and the line to replay. */
export const describeResult = (exploration: Exploration, result: PropertyResult, expected: string): string =>
  [
    headline(result),
    `  expected: ${expected}`,
    `  in ${visible(exploration.system)}: ${extent(exploration)}`,
    ...traceLines(result.verdict)
  ].join("\n")

const extent = ({ complete, depth, distinct, stopReason }: Exploration): string =>
  `${group(distinct)} states, ${complete ? `all there are, depth ${depth}` : `not all: ${stopReason}`}`

const traceLines = (verdict: Verdict<Trace>): ReadonlyArray<string> => {
  if (verdict._tag !== "violated" && verdict._tag !== "reached") return []
  const { because, evidence: trace } = verdict
  return [
    ...shownSteps(trace),
    ...(trace.loop === undefined ? [] : [`  ${loopSentence(trace.steps.length, trace.loop)}`]),
    ...(because === "" ? [] : [`  why: ${visibleLines(because)}`]),
    `  again: replay(system, [property], "${encodeSchedule(scheduleOf(trace))}")`
  ]
}

const shownSteps = (trace: Trace): ReadonlyArray<string> => {
  const steps = printedSteps(trace)
  if (steps.length <= MOST_STEPS) return renderSteps(steps)
  const half = MOST_STEPS / 2
  const [first, last] = [half + 1, steps.length - half]
  const width = String(steps.length).length
  return [
    ...renderSteps(steps.slice(0, half), plain, width),
    `  ${"…".padStart(width)}  ${first === last ? `step ${first}` : `steps ${first} to ${last}`}: replay has them all`,
    ...renderSteps(steps.slice(-half), plain, width)
  ]
}
