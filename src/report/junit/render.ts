/**
 * JUnit's XML, as Jenkins, GitLab, GitHub Actions and most dashboards read it: a suite for each case, a test case for
 * each property. A property with an unexpected result is a failure with its whole trace and the command to replay it. A
 * property that threw is an error. A property that a limit left undecided is skipped with that message, never passed.
 * Drift from the baseline has a suite of its own.
 *
 * There is no official schema. The document has the common part on which the readers agree: `testsuites`, `testsuite`
 * with its counts and `properties`, `testcase` with `failure`, `error` or `skipped`, or with `system-out`, in which a
 * property that holds has the number of states in which it was checked.
 */
import type { PropertyReport } from "../../suite/CheckCase.ts"
import type { ReportedCase, RunReport } from "../../suite/RunReport.ts"
import { visibleIn } from "../visible.ts"
import { outcomeSentence } from "../issues.ts"
import { askedText } from "../text/asked.ts"
import { replayLine, renderSteps } from "../text/counterexample.ts"
import { xmlAttributes, xmlText } from "../xml.ts"

interface Suite {
  readonly name: string
  readonly seconds: number
  readonly properties: { readonly [name: string]: string | number }
  readonly cases: ReadonlyArray<Case>
}

interface Case {
  readonly name: string
  readonly outcome: "passed" | "failure" | "error" | "skipped"
  readonly message: string
  readonly text: string
}

/** The whole document. */
export const renderJunit = (run: RunReport): string => {
  const report = visibleIn(run)
  const suites = [
    ...report.cases.map((suiteCase) => suiteOf(report.plait, suiteCase)),
    ...(report.drift.length === 0 ? [] : [driftSuite(report.drift)])
  ]
  const cases = suites.flatMap((suite) => suite.cases)
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites${xmlAttributes({ name: "plait", ...countsOf(cases) })}>`,
    ...suites.flatMap(suiteLines),
    `</testsuites>`,
    ""
  ].join("\n")
}

const countsOf = (cases: ReadonlyArray<Case>) => ({
  tests: cases.length,
  failures: cases.filter(({ outcome }) => outcome === "failure").length,
  errors: cases.filter(({ outcome }) => outcome === "error").length,
  skipped: cases.filter(({ outcome }) => outcome === "skipped").length
})

const suiteOf = (plait: string, suiteCase: ReportedCase): Suite => {
  const { complete, depth, distinct, elapsedMillis, id, stopReason, transitions } = suiteCase.result
  return {
    name: id,
    seconds: elapsedMillis / 1000,
    properties: { states: distinct, transitions, depth, complete: complete ? "yes" : `no: ${stopReason}` },
    cases: suiteCase.result.properties.map((property) => caseOf(plait, suiteCase, property))
  }
}

const caseOf = (plait: string, suiteCase: ReportedCase, property: PropertyReport): Case => {
  const { counterexample, name, verdict, why } = property
  const message = outcomeSentence(property)
  if (verdict === "inconclusive") return { name, outcome: "skipped", message: `not decided: ${why}`, text: "" }
  if (!suiteCase.unmet.includes(name)) return { name, outcome: "passed", message, text: askedText(property) }
  const lines = [
    ...renderSteps(suiteCase.steps[name] ?? []),
    ...(counterexample === null || counterexample.because === "" ? [] : [`why: ${counterexample.because}`]),
    ...(counterexample === null ? [] : [replayLine(plait, counterexample.replay)])
  ]
  return { name, outcome: verdict === "failed" ? "error" : "failure", message, text: lines.join("\n") }
}

const driftSuite = (drift: ReadonlyArray<string>): Suite => ({
  name: "baseline",
  seconds: 0,
  properties: {},
  cases: drift.map((sentence) => ({ name: sentence, outcome: "failure", message: sentence, text: "" }))
})

const suiteLines = ({ cases, name, properties, seconds }: Suite): ReadonlyArray<string> => [
  `  <testsuite${xmlAttributes({ name, ...countsOf(cases), time: seconds.toFixed(3) })}>`,
  ...propertyLines(properties),
  ...cases.flatMap((each) => caseLines(name, each)),
  `  </testsuite>`
]

const propertyLines = (properties: Suite["properties"]): ReadonlyArray<string> => {
  const lines = Object.entries(properties).map(([name, value]) => `      <property${xmlAttributes({ name, value })}/>`)
  return lines.length === 0 ? [] : ["    <properties>", ...lines, "    </properties>"]
}

const caseLines = (suite: string, { message, name, outcome, text }: Case): ReadonlyArray<string> => {
  const open = `    <testcase${xmlAttributes({ name, classname: suite, time: "0.000" })}`
  if (outcome === "passed" && text === "") return [`${open}/>`]
  if (outcome === "passed") return [`${open}>`, `      <system-out>${xmlText(text)}</system-out>`, "    </testcase>"]
  const detail =
    outcome === "skipped"
      ? `      <skipped${xmlAttributes({ message })}/>`
      : `      <${outcome}${xmlAttributes({ message, type: outcome === "error" ? "failed" : "unexpected" })}>${xmlText(text)}</${outcome}>`
  return [`${open}>`, detail, "    </testcase>"]
}
