/**
 * The HTML report as text: its size, its sections, the text of hostile values. The file browser.test.ts tests it in a
 * browser.
 */
import { createHash } from "node:crypto"
import { describe, expect, test } from "vitest"
import { exampleReport, stateGraphExample } from "../../../test/example-report.ts"
import { hostileText, summaries } from "../../../test/example-traces.ts"
import { anchorsOf } from "./anchors.ts"
import { diagramOf } from "./diagram.ts"
import { html } from "./markup.ts"
import { outcomeIn } from "./outcome.ts"
import { renderHtml } from "./page.ts"
import { script } from "./script.ts"
import { stateGraphDrawing } from "./state-graph.ts"
import { stepTable } from "./steps.ts"

test("an empty report is under 60 KB: the rest is data", () => {
  const empty = { ...exampleReport, cases: [], matrix: { rows: [], contradictions: [] } }
  expect(Buffer.byteLength(renderHtml(empty))).toBeLessThan(60_000)
})

test("each part of the guarantee matrix is a table with a heading of its own", () => {
  const [row] = exampleReport.matrix.rows
  expect(row).toBeDefined()
  const inParts = {
    rows: ["Sets", "Maps"].flatMap((part) => (row === undefined ? [] : [{ ...row, part }])),
    contradictions: []
  }
  const text = renderHtml({ ...exampleReport, matrix: inParts })
  expect([...text.matchAll(/<caption class="part">\s*(\S*)\s*<\/caption>/g)].map(([, title]) => title)).toEqual([
    "Sets",
    "Maps"
  ])
  expect([...text.matchAll(/aria-label="(Sets|Maps)"/g)].map(([, label]) => label)).toEqual(["Sets", "Maps"])
})

test("the page allows its own script by its hash and no other, and no request", () => {
  const text = renderHtml(exampleReport)
  const own = createHash("sha256").update(script).digest("base64")
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]?.replaceAll("&#39;", "'")
  expect(policy).toBe(
    `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-${own}'; base-uri 'none'; form-action 'none'`
  )
  expect([...text.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, inner]) => inner)).toEqual([script])
  expect([...text.matchAll(/(?:src|href)="(?!#|data:,)[^"]*"/g)].map(([found]) => found)).toEqual([])
})

test("the diagram of a trace with every fault is, whole, what is kept", async () => {
  const markup = diagramOf(summaries["faulty"]!)!
  await expect(`${markup.text("t")}\n`).toMatchFileSnapshot("../../../test/fixtures/faulty.svg.txt")
})

test("the steps of a trace are, whole, what is kept", async () => {
  await expect(`${stepTable(summaries["blinking"]!).text("t")}\n`).toMatchFileSnapshot(
    "../../../test/fixtures/steps.html.txt"
  )
})

test("a small state graph is, whole, what is kept", async () => {
  await expect(`${stateGraphDrawing("race", stateGraphExample).text()}\n`).toMatchFileSnapshot(
    "../../../test/fixtures/graph.svg.txt"
  )
})

describe("outcomes", () => {
  const outcomes = exampleReport.cases.map((suiteCase) =>
    suiteCase.result.properties.map((each) => outcomeIn(suiteCase, each))
  )

  test("a proof, a known and a new violation, a limit, drift and vacuity are told apart", () => {
    expect(outcomes).toEqual([
      ["known", "proved"],
      ["new", "limit"],
      ["drift", "vacuous"]
    ])
  })
})

test("a case that was walked at random says so, with seed and share, and nothing of it is proved", () => {
  const [first] = exampleReport.cases
  const result = {
    ...first!.result,
    mode: "random" as const,
    complete: false,
    distinct: 190,
    properties: first!.result.properties.map((each) =>
      each.verdict === "holds" ? { ...each, verdict: "inconclusive" as const, why: "random walks" } : each
    )
  }
  const walked = { ...first!, result, walked: { count: 1000, seed: 7, allDistinct: 288 }, graph: undefined }
  expect(result.properties.map((each) => outcomeIn(walked, each))).toEqual(["known", "walks"])
  const text = renderHtml({ ...exampleReport, cases: [walked], matrix: { rows: [], contradictions: [] } })
  const row = /<tr id="store-nodes=3".*?<\/tr>/s.exec(text)?.[0].replaceAll(/<[^>]*>/g, " ") ?? ""
  // Of 288 states 190 are 65.97 percent, rounded down.
  expect(row.replaceAll(/\s+/g, " ").trim()).toBe(
    "as it stands ≈ 1,000 random walks, seed 7 ✕ ≈ 190 of 288, 65 % 4,999 – 1/2*"
  )
  const unknown = { ...walked, walked: { ...walked.walked, allDistinct: undefined } }
  expect(renderHtml({ ...exampleReport, cases: [unknown] }).includes("190 met")).toBe(true)
})

describe("hostile text", () => {
  test("is escaped wherever a template takes it", () => {
    expect(html`<a title="${`"'<>&`}">${["\u0001<b>", html`<i>${"&"}</i>`, undefined, 3]}</a>`.text()).toBe(
      '<a title="&quot;&#39;&lt;&gt;&amp;">\\u{1}&lt;b&gt;<i>&amp;</i>3</a>'
    )
  })

  test("adds no element and no attribute to the page", () => {
    const shape = (text: string): ReadonlyArray<string> =>
      [...text.matchAll(/<\/?[a-z][^>]*>/gi)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
    const page = (word: string): string => {
      const swap = (value: unknown): unknown =>
        JSON.parse(JSON.stringify(value).replaceAll('"SWAP"', JSON.stringify(word)))
      const [first] = exampleReport.cases
      const summary = { ...summaries["hostile"]!, spaceTime: undefined, loop: undefined }
      const told = JSON.parse(
        JSON.stringify(summary).replaceAll(JSON.stringify(hostileText), '"SWAP"')
      ) as typeof summary
      return renderHtml({
        ...exampleReport,
        cases: [{ ...first!, about: word, source: word, summaries: [swap(told) as typeof summary] }]
      })
    }
    expect(shape(page(hostileText))).toEqual(shape(page("calm")))
  })
})

test("anchors are made of names, and names that would share one are told apart", () => {
  const [first] = exampleReport.cases
  const twins = { ...first!, summaries: ["A b", "a, b!"].map((property) => ({ ...first!.summaries[0]!, property })) }
  const anchors = anchorsOf({ ...exampleReport, cases: [twins] })
  expect([
    anchors.suiteCase("store/nodes=3"),
    anchors.trace("store/nodes=3", "A b"),
    anchors.trace("store/nodes=3", "none")
  ]).toEqual(["store-nodes=3", "store-nodes=3-a-b", undefined])
  expect(anchors.trace("store/nodes=3", "a, b!")).toBe("store-nodes=3-a,-b")
})
