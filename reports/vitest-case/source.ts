/**
 * A trace as a test for vitest that takes it again and expects the same steps and the same verdict: a regression test
 * while a model is mended, and documentation of a violation that is expected.
 */
import type { Story } from "../../src/trace/Story.ts"
import { visible, visibleSentence } from "../visible.ts"

/** Where the generated test finds what it needs. */
export interface CaseImports {
  /** The module of the models' entries, and the expression that gives them. */
  readonly entriesFrom: string
  readonly importEntries: string
  readonly entries: string
  /** The module of `replayCell`. */
  readonly plait: string
}

/** A string literal; JSON's, in which no sign is left that would make the source look like another. */
const literal = (text: string): string => visible(JSON.stringify(text))

/** Words in a comment: one line, and nothing that ends it. */
const commented = (text: string): string => visible(text).replaceAll("*/", "* /")

/** The test's source. */
export const renderVitestCase = (story: Story, imports: CaseImports): string => {
  const { because, cell, property, replay, steps, verdict } = story
  const words = because === "" ? [] : [` * ${commented(visibleSentence(because))}`]
  return [
    "/**",
    ` * “${commented(property)}” is ${verdict} in ${steps.length} ${steps.length === 1 ? "step" : "steps"} by ${commented(cell)}.`,
    ...words,
    " */",
    `// plait: ${commented(replay)}`,
    'import { expect, test } from "vitest"',
    `import ${imports.importEntries} from ${literal(imports.entriesFrom)}`,
    `import { replayCell } from ${literal(imports.plait)}`,
    "",
    `test(${literal(`${cell}: “${property}” is ${verdict}`)}, () => {`,
    `  const { decided, steps } = replayCell(${imports.entries}, ${literal(replay)})`,
    "  expect(steps).toEqual([",
    steps.map(({ label }) => `    ${literal(label)}`).join(",\n"),
    "  ])",
    `  expect(decided).toContain(${literal(property)})`,
    "})",
    ""
  ].join("\n")
}
