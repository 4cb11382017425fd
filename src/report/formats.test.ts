/**
 * The text formats of a trace: the whole text of fixed traces, the text of hostile values, and the schedule read back
 * from it.
 */
import { describe, expect, test } from "vitest"
import { readRecorded } from "../trace/formats/Recorded.ts"
import { catalogue } from "../../test/catalogue.ts"
import { caseFromId } from "../suite/Suite.ts"
import { replay } from "../trace/replay.ts"
import { decodeReplayId } from "../trace/ReplayId.ts"
import { traceSummaryOf, type TraceSummary } from "../trace/TraceSummary.ts"
import { stateGraphExample } from "../../test/example-report.ts"
import { blinking, faulty, hostile, hostileText, summaries } from "../../test/example-traces.ts"
import { printTrace } from "../trace/formats/Itf.ts"
import { scheduleOf } from "../trace/Trace.ts"
import { renderGraphviz } from "./graphviz/digraph.ts"
import { renderStateGraph } from "./graphviz/state-graph.ts"
import { renderJson } from "./json/document.ts"
import { renderMermaid } from "./mermaid/sequence.ts"
import { renderStateDiagram } from "./mermaid/state-graph.ts"
import { renderShiViz } from "./shiviz/log.ts"
import { renderVitestCase } from "./vitest-case/source.ts"

const traces = { faulty, blinking, hostile }
const formats: { readonly [name: string]: readonly [file: string, render: (summary: TraceSummary) => string] } = {
  mermaid: ["mmd", renderMermaid],
  shiviz: ["log", renderShiViz],
  graphviz: ["dot", renderGraphviz],
  json: ["json.txt", renderJson],
  vitest: ["test.txt", (summary) => renderVitestCase(summary, "./plait.config.ts")]
}

const cases = Object.entries(formats).flatMap(([format, [file, render]]) =>
  Object.entries(traces).map(([name, trace]) => ({ format, name, trace, file, text: render(summaries[name]!) }))
)

test.each(cases)("$format of the $name trace is, whole, what is kept", async ({ file, name, text }) => {
  await expect(text).toMatchFileSnapshot(`../../test/fixtures/${name}.${file}`)
})

test.each([
  ["states.dot.txt", renderStateGraph],
  ["states.mmd.txt", renderStateDiagram]
])("a small state graph as %s is, whole, what is kept, and a hostile text adds no line", async (file, render) => {
  const hostileGraph = { states: [{ depth: 0, quiescent: true, parts: [hostileText] }], edges: [] }
  const calmGraph = { states: [{ depth: 0, quiescent: true, parts: ["calm"] }], edges: [] }
  expect(render(hostileText, hostileGraph).split("\n").length).toBe(render("calm", calmGraph).split("\n").length)
  await expect(render("race", stateGraphExample)).toMatchFileSnapshot(`../../test/fixtures/${file}`)
})

test.each(cases.filter(({ name }) => name === "faulty"))("the $format says why", ({ text }) => {
  expect(text.includes("n0 acknowledged x in step 1, and n2 never has it.")).toBe(true)
})

test.each(cases)("the schedule comes back from the $format of the $name trace", ({ name, text, trace }) => {
  const { caseId, schedule } = readRecorded("file", text)
  expect({ caseId, schedule }).toEqual({ caseId: summaries[name]!.caseId, schedule: scheduleOf(trace) })
})

test("the ITF of each trace gives its schedule, case and property back", () => {
  for (const [name, trace] of Object.entries(traces)) {
    const { caseId, property } = summaries[name]!
    const read = readRecorded("file", printTrace(trace, { caseId, property }))
    expect([read.caseId, read.property, read.schedule]).toEqual([caseId, property, scheduleOf(trace)])
  }
})

test("the test generated for the race is one that this run takes too", async () => {
  const id = "race/leaders=3,delivery=any-order@0.0.0.0.2"
  const { schedule } = decodeReplayId(id)!
  const suiteCase = caseFromId(catalogue, "race/leaders=3,delivery=any-order")!
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  const outcome = replay(system, properties, schedule)
  const [property = ""] = outcome._tag === "replayed" ? outcome.decided : []
  const because = outcome._tag === "replayed" ? outcome.because.get(property)! : ""
  const summary = traceSummaryOf(outcome.trace!, { caseId: suiteCase.id, property, verdict: "violated", because })
  const text = renderVitestCase(summary, "../../../plait.config.ts")
  await expect(text).toMatchFileSnapshot("vitest-case/race.test.ts")
})

describe("hostile values", () => {
  const lines = (format: string) => cases.find((each) => each.format === format && each.name === "hostile")!.text

  test("Mermaid: one participant, one note for each of heading, step and verdict, and nothing else", () => {
    const shapes = lines("mermaid")
      .trim()
      .split("\n")
      .map((line) => line.trim().split(" ").slice(0, 2).join(" "))
    expect(shapes).toEqual([
      "sequenceDiagram",
      "%% plait:",
      "participant system",
      "Note over",
      "Note over",
      "Note over"
    ])
    // Outside the comment no sign is left that Mermaid gives a meaning to.
    const texts = [...lines("mermaid").matchAll(/Note over system: (.*)/g)].map(([, text = ""]) =>
      text.replace(/#\d+;/g, "")
    )
    expect(texts.filter((text) => /[;#%<>&\\`$]/.test(text))).toEqual([])
  })

  test("ShiViz: its own expression finds three events, each with a clock of one host", () => {
    const [expression = "", , ...log] = lines("shiviz").split("\n")
    const events = [...log.join("\n").matchAll(new RegExp(expression, "gm"))].map(({ groups }) => groups)
    expect(events.map((event) => [event?.["host"], event?.["clock"]])).toEqual([
      ["system", '{"system":1}'],
      ["system", '{"system":2}'],
      ["system", '{"system":3}']
    ])
  })

  test("Graphviz: without its strings nothing is left but plait's own words", () => {
    const bare = lines("graphviz").replace(/"(?:[^"\\]|\\[\s\S])*"/g, "S")
    expect(bare.split("\n").slice(1)).toEqual([
      "digraph trace {",
      "  label=S",
      "  start [shape=plaintext, label=S]",
      "  s1 [shape=octagon, label=S]",
      "  start -> s1 [style=bold]",
      "}",
      ""
    ])
  })

  test("vitest: without its strings and comments nothing is left but plait's own words", () => {
    const bare = lines("vitest")
      .replace(/^\/\*\*[\s\S]*?\*\//, "")
      .replace(/^\/\/.*$/m, "")
      .replace(/"(?:[^"\\]|\\.)*"/g, "S")
    expect(bare.trim().split("\n")).toEqual([
      "import { expect, test } from S",
      "import { replayCase } from S",
      "import config from S",
      "",
      "test(S, () => {",
      "  const { decided, steps } = replayCase(config.entries, S)",
      "  expect(steps).toEqual([",
      "    S",
      "  ])",
      "  expect(decided).toContain(S)",
      "})"
    ])
  })
})
