/**
 * A trace as a test for vitest that replays it and expects the same steps and the same verdict: a regression test while
 * a model is repaired, and documentation of an expected violation.
 */
import type { TraceSummary } from "../../trace/TraceSummary.ts"
import { visible, visibleSentence } from "../visible.ts"

/** A string literal as JSON, in which no character can make the source look like another. */
const literal = (text: string): string => visible(JSON.stringify(text))

/** Words in a comment: one line, without characters that end the comment. */
const commented = (text: string): string => visible(text).replaceAll("*/", "* /")

/** The source of the test. `config` is the module of the configuration, as the test imports it. */
export const renderVitestCase = (summary: TraceSummary, config: string): string => {
  const { because, caseId, property, replay, steps, verdict } = summary
  const words = because === "" ? [] : [` * ${commented(visibleSentence(because))}`]
  return [
    "/**",
    ` * “${commented(property)}” is ${verdict} in ${steps.length} ${steps.length === 1 ? "step" : "steps"} by ${commented(caseId)}.`,
    ...words,
    " */",
    `// plait: ${commented(replay)}`,
    'import { expect, test } from "vitest"',
    'import { replayCase } from "plait"',
    `import config from ${literal(config)}`,
    "",
    `test(${literal(`${caseId}: “${property}” is ${verdict}`)}, () => {`,
    `  const { decided, steps } = replayCase(config.entries, ${literal(replay)})`,
    "  expect(steps).toEqual([",
    steps.map(({ label }) => `    ${literal(label)}`).join(",\n"),
    "  ])",
    `  expect(decided).toContain(${literal(property)})`,
    "})",
    ""
  ].join("\n")
}
