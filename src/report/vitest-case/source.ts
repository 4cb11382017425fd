/**
 * A trace as a test for vitest that takes it again and expects the same steps and the same verdict: a regression test
 * while a model is mended, and documentation of a violation that is expected.
 */
import type { TraceSummary } from "../../trace/TraceSummary.ts"
import { visible, visibleSentence } from "../visible.ts"

/** A string literal; JSON's, in which no sign is left that would make the source look like another. */
const literal = (text: string): string => visible(JSON.stringify(text))

/** Words in a comment: one line, and nothing that ends it. */
const commented = (text: string): string => visible(text).replaceAll("*/", "* /")

/** The test's source; `config` is the module of the configuration, as the test imports it. */
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
