/**
 * The HTML report in a real browser, from a file: clicks, keys, filters, links, no script, no network, hostile text,
 * accessibility (axe), print. Debian's package chromium gives the browser; where it is absent nothing here is run, except
 * in continuous integration, where that fails.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { exampleReport } from "../../../test/example-report.ts"
import { anchorsOf } from "./anchors.ts"
import { renderHtml } from "./page.ts"
import { visible as shown } from "../visible.ts"

const executablePath = "/usr/bin/chromium"
const isThere = existsSync(executablePath)
const args = [
  "--no-sandbox --disable-gpu --disable-quic --no-first-run",
  "--disable-background-networking --disable-component-update --disable-sync"
].flatMap((words) => words.split(" "))

test("continuous integration has a browser (apt-get install chromium)", () => {
  expect(isThere || process.env["CI"] === undefined).toBe(true)
})

describe.runIf(isThere)(`in a browser, which needs ${executablePath}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "plait-"))
  const address = `file://${join(folder, "report.html")}`
  const trace = "store-nodes=3-no-acknowledged-write-is-lost"
  let browser: Browser
  beforeAll(async () => {
    writeFileSync(join(folder, "report.html"), renderHtml(exampleReport))
    browser = await chromium.launch({ executablePath, args })
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true })
  })

  const open = async <A>(hash: string, ask: (page: Page) => Promise<A>, options: BrowserContextOptions = {}) => {
    const context = await browser.newContext(options)
    const page = await context.newPage()
    const troubles: Array<string> = []
    page.on("console", (message) => troubles.push(message.text()))
    page.on("pageerror", (error) => troubles.push(error.message))
    page.on("request", (request) => {
      if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) troubles.push(request.url())
    })
    try {
      await page.goto(address + hash)
      return { answer: await ask(page), troubles }
    } finally {
      await context.close()
    }
  }

  const shownCases = (page: Page) =>
    page.locator(".model .cases tbody tr:not([data-hidden])").evaluateAll((rows) => rows.map(({ id }) => id))
  const focused = (page: Page) => page.evaluate("document.activeElement.id")
  const isOpen = (page: Page, id: string) =>
    page.evaluate(`String(document.getElementById(${JSON.stringify(id)}).closest("details").open)`)

  test("nothing is requested, nothing goes wrong, and hostile text runs nothing", async () => {
    const { answer, troubles } = await open("", async (page) => [
      await page.evaluate("typeof window.broken"),
      await page.locator("script:not([type])").count(),
      await page.locator("img").count()
    ])
    expect([answer, troubles]).toEqual([["undefined", 1, 0], []])
  })

  test("every state of every trace is, once its fold is opened, the trace's own, and each hostile text runs nothing", async () => {
    const { answer, troubles } = await open("", async (page) => {
      await page.evaluate("document.querySelectorAll('.trace').forEach((each) => { each.open = true })")
      await page.locator(".trace [data-piece]").first().waitFor({ state: "detached" })
      const shown = await page.locator(".trace .state").evaluateAll((states) =>
        states.map((state) => {
          const texts = (selector: string) => [...state.querySelectorAll(selector)].map((each) => each.textContent)
          return { id: state.id, names: texts("dt"), values: texts("dd") }
        })
      )
      return { shown, broken: await page.evaluate("typeof window.broken") }
    })
    const anchors = anchorsOf(exampleReport)
    const told = exampleReport.cases
      .flatMap(({ summaries }) => summaries)
      .flatMap(({ caseId, initial, property, steps }) =>
        [initial, ...steps.map(({ state }) => state)].map((parts, number) => ({
          id: `${anchors.trace(caseId, property)}-state-${number}`,
          names: parts.map(({ name }) => shown(name)),
          values: parts.map(({ value }) => shown(value))
        }))
      )
    const byId = (left: { id: string }, right: { id: string }): number => (left.id < right.id ? -1 : 1)
    expect(answer.shown.toSorted(byId)).toEqual(told.toSorted(byId))
    expect([answer.broken, troubles]).toEqual(["undefined", []])
  })

  test("a sign leads to its trace, which opens; the link stays good when the page is opened with it", async () => {
    const { answer, troubles } = await open("", async (page) => {
      const before = await isOpen(page, trace)
      await page.locator(`.model a.sign[href="#${trace}"]`).click()
      // The page follows its address a moment after the click.
      await page.locator(`[id="${trace}"]:focus`).waitFor()
      return [before, await isOpen(page, trace), await focused(page)]
    })
    expect([answer, troubles]).toEqual([["false", "true", trace], []])
    const linked = await open(`#${trace}`, async (page) => [await isOpen(page, trace), await focused(page)])
    expect(linked).toEqual({ answer: ["true", trace], troubles: [] })
  })

  test("j and k walk the steps and light the diagram; s opens the full state", async () => {
    const { answer } = await open(`#${trace}`, async (page) => {
      const places: Array<unknown> = []
      for (const key of ["j", "j", "j", "k"]) {
        await page.keyboard.press(key)
        places.push(await focused(page))
      }
      const lit = await page.locator(".diagram .on").getAttribute("data-step")
      await page.keyboard.press("s")
      return { places, lit, state: await page.locator(`[id="${trace}-state-2"]`).getAttribute("open") }
    })
    const step = (number: number): string => `${trace}-${number}`
    expect(answer).toEqual({ places: [step(1), step(2), step(3), step(2)], lit: step(2), state: "" })
  })

  test("n and p go from trace to trace, and the address follows", async () => {
    const { answer } = await open("", async (page) => {
      const places: Array<string> = []
      for (const key of ["n", "n", "n", "p"]) {
        await page.keyboard.press(key)
        places.push(decodeURIComponent(new URL(page.url()).hash).slice(1, 10))
      }
      return places
    })
    // What needs an action first: the new violation, then drift, then what is known.
    expect(answer).toEqual(["store-nod", "light-the", "store-nod", "light-the"])
  })

  test("the filters live in the address, and come back from it", async () => {
    const { answer } = await open("", async (page) => {
      await page.keyboard.press("/")
      await page.keyboard.type("nodes=4")
      const typed = [await shownCases(page), new URL(page.url()).hash]
      await page.keyboard.press("Escape")
      await page.locator(".tiles a", { hasText: "new violation" }).click()
      const clicked = [await shownCases(page), await page.locator("select[name=only]").inputValue()]
      return { typed, clicked, said: await page.locator(".status").textContent() }
    })
    expect(answer).toEqual({
      typed: [["store-nodes=4"], "#?q=nodes%3D4"],
      clicked: [["store-nodes=4"], "new"],
      said: "1 case"
    })
    const again = await open("#?q=store&only=known", async (page) => shownCases(page))
    expect(again).toEqual({ answer: ["store-nodes=3"], troubles: [] })
  })

  test("the line to replay is copied", async () => {
    const { answer } = await open(`#${trace}`, async (page) => {
      const button = page.locator(`[id="${trace}"] .copy`)
      await button.click()
      await page.locator(`[id="${trace}"] .copy`, { hasText: "copied" }).waitFor()
      await page.locator("input[name=q]").focus()
      await page.keyboard.press("Control+V")
      return page.locator("input[name=q]").inputValue()
    })
    expect(answer).toBe("plait replay 'store/nodes=3@0.1.2.3.4.5.6.7.8'")
  })

  test("without a script every row is there, and a trace with its reason and what takes it again", async () => {
    const { answer, troubles } = await open(
      `#${trace}`,
      async (page) => [
        await page.locator(".model .cases tbody tr").count(),
        await page.locator(`[id="${trace}"] .because`).isVisible(),
        await page.locator(`[id="${trace}"] code`).isVisible(),
        await page.locator(".trace[data-outcome=drift] li").allTextContents(),
        await page.locator(".filters").isVisible(),
        await page.locator(".copy").count()
      ],
      { javaScriptEnabled: false }
    )
    expect([answer, troubles.filter((each) => !each.includes("Blocked script"))]).toEqual([
      [3, true, true, ["switch", "dim", "shine"], false, 0],
      []
    ])
  })

  test("each step's mark stands in the middle of its row", async () => {
    const { answer } = await open(`#${trace}`, async (page) => {
      const gaps: Array<number> = []
      for (let number = 1; number <= 8; number++) {
        const row = await page.locator(`[id="${trace}-${number}"]`).boundingBox()
        const mark = await page
          .locator(`[data-step="${trace}-${number}"] :is(circle, rect, .end)`)
          .first()
          .boundingBox()
        gaps.push(Math.abs(row!.y + row!.height / 2 - (mark!.y + mark!.height / 2)))
      }
      return Math.max(...gaps)
    })
    expect(answer).toBeLessThan(4)
  })

  const views: ReadonlyArray<readonly [string, BrowserContextOptions]> = [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["narrow", { viewport: { width: 380, height: 700 } }]
  ]
  test.each(views)("axe finds nothing wrong in the %s page with every trace open", async (_, options) => {
    const { answer } = await open(
      "",
      async (page) => {
        await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        // Through the debugger, which the page's policy does not concern.
        await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"))
        return page.evaluate(
          "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html.slice(0, 160)).join(' | ')))"
        )
      },
      options
    )
    expect(answer).toEqual([])
  })

  test("a narrow window is never wider than itself", async () => {
    const { answer } = await open(
      `#${trace}`,
      (page) => page.evaluate("document.documentElement.scrollWidth - innerWidth"),
      { viewport: { width: 380, height: 700 } }
    )
    expect(answer).toBeLessThanOrEqual(0)
  })

  test("on paper every trace is open, and the filters are not there", async () => {
    const { answer } = await open("", async (page) => {
      await page.emulateMedia({ media: "print" })
      const visible = page.locator(`[id="${trace}-8"]`)
      // The page unfolds its traces when it hears that it is to be on paper.
      await visible.waitFor()
      return [await visible.isVisible(), await page.locator(".filters").isVisible()]
    })
    expect(answer).toEqual([true, false])
  })
})
