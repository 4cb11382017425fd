/**
 * The writers of text, given names that would end a line, move a cursor, colour a terminal or change the direction of
 * the following text. Readers see such characters only as numbers.
 */
import { describe, expect, test } from "vitest"
import type { MutationResult } from "../mutation/Mutation.ts"
import type { DrawnGraph } from "../trace/DrawnGraph.ts"
import { exampleReport, stateGraphExample } from "../../test/example-report.ts"
import { summaries } from "../../test/example-traces.ts"
import { run, sources } from "../../test/run-fixture.ts"
import { renderAnnotations } from "./github/annotations.ts"
import { renderSummary } from "./github/summary.ts"
import { renderGitlab } from "./gitlab/render.ts"
import { renderGraphviz } from "./graphviz/digraph.ts"
import { renderStateGraph } from "./graphviz/state-graph.ts"
import { diagramOf } from "./html/diagram.ts"
import { renderHtml } from "./html/page.ts"
import { stateGraphDrawing } from "./html/state-graph.ts"
import { states, stepTable } from "./html/steps.ts"
import { type IstanbulFormat, renderIstanbul } from "./istanbul/render.ts"
import { renderJunit } from "./junit/render.ts"
import { renderMatrixMarkdown } from "./markdown/matrix.ts"
import { renderMermaid } from "./mermaid/sequence.ts"
import { renderStateDiagram } from "./mermaid/state-graph.ts"
import { renderSarif } from "./sarif/render.ts"
import { renderShiViz } from "./shiviz/log.ts"
import { renderCounterexample } from "./text/counterexample.ts"
import { renderCoverage } from "./text/coverage.ts"
import { renderMatrix } from "./text/matrix.ts"
import { renderMutants } from "./text/mutants.ts"
import { renderTable } from "./text/table.ts"
import { renderVitestCase } from "./vitest-case/source.ts"
import { visible, visibleIn, visibleLines, visibleSentence } from "./visible.ts"

/** The data with a word of its texts and fields replaced, wherever it stands. */
const renamed = <A>(data: A, word: string, name: string): A => {
  if (typeof data === "string") return data.replaceAll(word, name) as A
  if (Array.isArray(data)) return data.map((each) => renamed<unknown>(each, word, name)) as A
  if (data instanceof Set) return new Set([...data].map((each) => renamed<unknown>(each, word, name))) as A
  if (typeof data !== "object" || data === null) return data
  return Object.fromEntries(
    Object.entries(data).map(([field, each]) => [field.replaceAll(word, name), renamed<unknown>(each, word, name)])
  ) as A
}

const mutants: MutationResult = {
  id: "NAME/n=1",
  model: "NAME",
  parameters: {},
  distinct: 3,
  mutants: [
    {
      name: "NAME does nothing",
      kind: "nothing",
      fate: "killed",
      why: null,
      distinct: 1,
      killedBy: [{ property: "NAME", outcome: "violated in 3" }],
      silenced: []
    }
  ],
  properties: [{ name: "NAME", verdict: "holds", judged: true, kills: 1, silenced: 0 }],
  score: { killed: 1, of: 1 }
} as unknown as MutationResult

const matrixOf = (name: string) => {
  const [row] = exampleReport.matrix.rows
  const [judged] = row?.guarantees ?? []
  if (row === undefined || judged === undefined) throw new Error("the example has no matrix")
  const rows = [
    {
      ...row,
      part: name,
      design: `a ${name}`,
      setting: `with ${name}`,
      strongest: [name],
      guarantees: [{ ...judged, name, because: `for\n${name}`, schedule: [name], replay: `${name}@0` }]
    }
  ]
  const guarantees = [{ name, label: "ONE", about: name, source: name, implies: [] }]
  return [{ rows, contradictions: [] }, guarantees] as const
}

const summary = (name: string) => {
  const told = renamed(renamed(renamed(summaries["faulty"]!, "store", name), "Put", name), "acknowledged", name)
  return { ...told, because: `for ${name.replace("\n", " ")}`, initial: [{ name, value: name }] }
}

const drawn = (name: string): DrawnGraph => ({
  states: stateGraphExample.states.map((state) => ({ ...state, parts: [name, `of ${name}`] })),
  edges: stateGraphExample.edges.map((edge) => ({ ...edge, labels: [name, `then ${name}`] }))
})

const ran = (name: string) => {
  const named = renamed(renamed(renamed(run, "register/", `${name}/`), "no write is lost", name), "Put", name)
  return { ...named, drift: [`${name}: states 1 → 2`] }
}

const page = (name: string): string => {
  const cases = exampleReport.cases.map((suiteCase) => renamed(renamed(suiteCase, "store", name), "light", name))
  const [matrix, guarantees] = matrixOf(name)
  const [first, ...others] = cases.map((suiteCase) => ({
    ...suiteCase,
    graph: drawn(name),
    drift: [`${name}: drifts`]
  }))
  return renderHtml({
    ...exampleReport,
    cases: first === undefined ? [] : [{ ...first, about: name, source: name, summaries: [summary(name)] }, ...others],
    matrix: { ...matrix, contradictions: [name] },
    guarantees
  })
}

const istanbul = (format: IstanbulFormat) => (name: string) =>
  [
    ...renderIstanbul(
      format,
      ran(name).cases.map(({ coverage }) => coverage),
      sources
    ).values()
  ]
    .filter((file) => typeof file === "string")
    .join("")

const [unmet] = run.cases[0]!.result.properties

const writers: { readonly [name: string]: (name: string) => string } = {
  "the table": (name) =>
    renderTable(
      ran(name).cases.map(({ result }) => result),
      { isExpected: () => false, nameOf: ({ id }) => ({ name: id, leftOut: `${name}=1` }) }
    ),
  "a counterexample": (name) => {
    const steps = [{ number: 1, action: name, label: name, fault: false, changes: [name] }]
    return renderCounterexample(name, renamed(unmet!, "no write", name), steps, { plait: "plait" })
  },
  "coverage as text": (name) =>
    renderCoverage(
      ran(name).cases.map(({ coverage }) => coverage),
      true
    ),
  "the matrix as text": (name) => renderMatrix(...matrixOf(name), 400),
  "the matrix as Markdown": (name) => renderMatrixMarkdown(...matrixOf(name), "plait"),
  mutants: (name) => renderMutants(renamed(mutants, "NAME", name)),
  "GitHub's annotations": (name) => renderAnnotations(ran(name)),
  "GitHub's summary": (name) => renderSummary(ran(name)),
  GitLab: (name) => renderGitlab(ran(name), "pins.json"),
  JUnit: (name) => renderJunit(ran(name)),
  SARIF: (name) => renderSarif(ran(name), "0.0.0"),
  lcov: istanbul("lcovonly"),
  Cobertura: istanbul("cobertura"),
  "Mermaid, a trace": (name) => renderMermaid(summary(name)),
  "Mermaid, a graph": (name) => renderStateDiagram(name, drawn(name)),
  "Graphviz, a trace": (name) => renderGraphviz(summary(name)),
  "Graphviz, a graph": (name) => renderStateGraph(name, drawn(name)),
  ShiViz: (name) => renderShiViz(summary(name)),
  "a test for vitest": (name) => renderVitestCase(summary(name), name),
  "the page": page,
  "the page's diagram": (name) => diagramOf(summary(name))!.text("t"),
  "the page's steps": (name) => stepTable(summary(name)).text("t"),
  "the page's states": (name) => states(summary(name)).text("t"),
  "the page's graph": (name) => stateGraphDrawing(name, drawn(name)).text()
}

const names: ReadonlyArray<readonly [sign: string, name: string]> = [
  ["a line feed", "two\nlines"],
  ["a carriage return", "back\rto the start"],
  ["an escape sequence", "cleared \u001b[2J"],
  ["a C1 control", "red \u009b31m"],
  ["an override of direction", "turned \u202e round"],
  ["an isolate of direction", "apart \u2066 from"],
  ["a mark of direction", "marked \u200f"],
  ["a separator of lines", "parted \u2028 here"],
  ["a mark without width", "no\u200bthing"]
]

const unwanted = /[^\P{Cc}\n]|[\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/u

// The escapes of Mermaid, of strings and of JSON around the number of a sign.
const read = (text: string): string => text.replaceAll("#92;", "\\").replace(/\\+u/g, "\\u")

describe.each(Object.entries(writers))("%s", (writer, write) => {
  test.each(names)("shows %s by its number, in as many lines as any other name", (_, name) => {
    const text = write(name)
    expect([unwanted.exec(text)?.[0], text.split("\n").length]).toEqual([
      undefined,
      write(visible(name)).split("\n").length
    ])
    // A string of JavaScript has its own way to write some.
    const said = writer === "a test for vitest" ? read(text).slice(0, read(text).indexOf("import")) : read(text)
    expect(said.includes(visible(name))).toBe(true)
  })
})

test("a test for vitest has the very names, whatever signs are in them", () => {
  for (const [, name] of names) {
    const text = renderVitestCase(summary(name), "b")
    const literals = [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([literal]) =>
      literal.replace(/\\u\{([0-9a-f]+)\}/g, (_, code: string) => `\\u${code.padStart(4, "0")}`)
    )
    expect(literals.map((literal) => JSON.parse(literal) as string).some((each) => each.includes(name))).toBe(true)
  }
})

test("names are in one line, sentences keep their lines or are joined, other text is as it was", () => {
  expect(visible("a\n\u001b\u2066b")).toBe("a\\u{a}\\u{1b}\\u{2066}b")
  expect(visibleLines("a\n\u001b\u2066b")).toBe("a\n\\u{1b}\\u{2066}b")
  expect(visibleSentence("a \n  \u001bb")).toBe("a \\u{1b}b")
  expect(visibleIn({ "a\n": ["\n", 1, null], why: "a\nb" })).toEqual({ "a\\u{a}": ["\\u{a}", 1, null], why: "a\nb" })
  expect(visible("副本 é 👩‍💻")).toBe("副本 é 👩‍💻")
})
