/**
 * Each format as a function of data: one small run in, the whole text out, compared with the file that stands in the
 * format's folder.
 */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import AjvDraft04 from "ajv-draft-04"
import { describe, expect, test } from "vitest"
import { run, sources } from "../../test/run-fixture.ts"
import { renderAnnotations } from "./github/annotations.ts"
import { renderSummary } from "./github/summary.ts"
import { renderGitlab } from "./gitlab/render.ts"
import { type IstanbulFormat, renderIstanbul } from "./istanbul/render.ts"
import { renderJunit } from "./junit/render.ts"
import { renderSarif } from "./sarif/render.ts"
import { renderCoverage } from "./text/coverage.ts"

const systems = run.cases.map(({ coverage }) => coverage)

const istanbul = (format: IstanbulFormat, path: string): string => {
  const file = renderIstanbul(format, systems, sources).get(path)
  return typeof file === "string" ? file : ""
}

const texts = {
  "junit/expected.xml": renderJunit(run),
  "sarif/expected.sarif": renderSarif(run, "0.0.0"),
  "gitlab/expected.codequality": renderGitlab(run, "reports/baseline.json"),
  "github/expected.annotations": renderAnnotations(run),
  "github/expected.summary.md": renderSummary(run),
  "istanbul/expected.lcov": istanbul("lcovonly", "lcov.info"),
  "istanbul/expected.cobertura.xml": istanbul("cobertura", "cobertura-coverage.xml"),
  "istanbul/expected.index.txt": istanbul("html", "index.html"),
  "text/expected.coverage.txt": renderCoverage(systems),
  "text/expected.coverage-details.txt": renderCoverage(systems, true)
}

test.each(Object.entries(texts))("%s is what the format makes of the run", async (path, text) => {
  await expect(text).toMatchFileSnapshot(path)
})

// In the run the reason has two lines and two quotation marks, which each format writes in its own way.
test.each([
  ["junit/expected.xml", "why: n1 never hears of &quot;x&quot;:\nits message is lost."],
  ["sarif/expected.sarif", 'n1 never hears of \\"x\\":\\nits message is lost.'],
  ["gitlab/expected.codequality", 'n1 never hears of \\"x\\":\\nits message is lost.'],
  ["github/expected.annotations", 'n1 never hears of "x":%0Aits message is lost.'],
  ["github/expected.summary.md", 'n1 never hears of "x": its message is lost.']
] as const)("%s says why", (path, why) => {
  expect(texts[path].includes(why)).toBe(true)
})

describe("sarif", () => {
  const schemaPath = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
  const schema = JSON.parse(readFileSync(schemaPath, "utf8")) as object
  // Addresses and dates are not looked at as such: the fixture has none of our own.
  const validate = new AjvDraft04.default({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
    schema
  )
  const log = (): { runs: Array<{ results: Array<Record<string, unknown>> }> } =>
    JSON.parse(renderSarif(run, "0.0.0")) as { runs: Array<{ results: Array<Record<string, unknown>> }> }

  test("is valid against the published schema of SARIF 2.1.0", () => {
    expect([validate(log()), validate.errors]).toEqual([true, null])
    expect(validate(JSON.parse(renderSarif({ ...run, cases: [], drift: [] }, "0.0.0")))).toBe(true)
  })

  test("the schema refuses a result without a message, so that it is worth asking", () => {
    const wrong = log()
    delete wrong.runs[0]!.results[0]!["message"]
    expect(validate(wrong)).toBe(false)
  })
})

test("GitHub shows ten annotations: of eleven findings nine are shown and the rest counted", () => {
  const drift = Array.from({ length: 11 }, (_, index) => `case ${index}: states 1 → 2`)
  const lines = renderAnnotations({ ...run, cases: [], drift })
    .trimEnd()
    .split("\n")
  expect([lines.length, lines.at(-1)]).toEqual([10, "::error title=plait::2 more findings: see the job's summary"])
  expect(renderAnnotations({ ...run, cases: [], drift: drift.slice(1) }).split("::error").length - 1).toBe(10)
})

test("a job's summary stays below GitHub's 1 MiB, and says how many findings it leaves out", () => {
  const long = "x".repeat(400_000)
  const text = renderSummary({ ...run, cases: [], drift: [`a: ${long}`, `b: ${long}`, `c: ${long}`] })
  expect(text.length < 2 ** 20).toBe(true)
  expect(text.split("\n").filter((line) => line.includes("left out"))).toEqual([
    "1 more are left out: the summary would be too long."
  ])
})

test("a control character, which no XML can hold, is shown as its number", () => {
  const text = renderJunit({ ...run, cases: [], drift: ["case: \u0000 & \u001b"] })
  expect(text.split("\n")[3]).toBe('    <testcase name="case: \\u{0} &amp; \\u{1b}" classname="baseline" time="0.000">')
})

test("a property that holds has the number of states in which it was checked, in JUnit and in a job's summary", () => {
  const holding = run.cases.map((suiteCase) => ({
    ...suiteCase,
    unmet: [],
    result: {
      ...suiteCase.result,
      properties: suiteCase.result.properties.map((each, index) => ({
        ...each,
        verdict: "holds" as const,
        checked: 24 + index
      }))
    }
  }))
  const said = (text: string, word: string) => text.split("\n").filter((line) => line.includes(word))
  expect(said(renderJunit({ ...run, cases: holding }), "system-out").map((line) => line.trim())).toEqual(
    [24, 25, 26, 24].map((states) => `<system-out>checked in ${states} states</system-out>`)
  )
  expect(said(renderSummary({ ...run, cases: holding }), "| counter ")).toEqual([
    "| counter | 1,234 | 1,234 | 7 | 1/1 | 24 | 1/1 |"
  ])
})
