/** The documents show what the tool prints and what the code says. `npm run docs` writes them anew. */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { commands } from "../../src/cli/commands.ts"
import { type Block, blocksOf, installed } from "./blocks.ts"
import { brokenShellLines, commandsInProse } from "./shell.ts"
import { freshPage } from "./fresh-page.ts"
import { Outputs } from "./outputs.ts"
import { pages, textOf } from "./pages.ts"

const root = join(import.meta.dirname, "..", "..")
const outputs = new Outputs({ fresh: false })

afterAll(() => outputs.keep())

const guide = pages.filter((page) => page === "README.md" || page.startsWith("docs/guide/"))
const isShell = ({ language }: Block) => language === "sh"

describe.each(pages)("%s", (page) => {
  test("shows output and code as they are", () => {
    expect(freshPage(page, textOf(page), outputs.of)).toBe(textOf(page))
  })

  test("shows commands and flags that exist", () => {
    const lines = blocksOf(textOf(page))
      .filter(isShell)
      .flatMap(({ text }) => text.split("\n"))
    expect(brokenShellLines([...lines, ...commandsInProse(textOf(page))])).toEqual([])
  })
})

test("every block of the README and the guide names its origin", () => {
  const nameless = guide.flatMap((page) =>
    blocksOf(textOf(page))
      .filter((block) => block.origin === undefined && !isShell(block))
      .map(({ line }) => `${page}:${line}`)
  )
  expect(nameless).toEqual([])
})

test("the output of plait init is shown once", () => {
  const shown = pages.filter((page) => blocksOf(textOf(page)).some(({ origin }) => origin === installed))
  expect(shown).toEqual(["docs/guide/modelling.md"])
})

test("the README fits on three screens", () => {
  expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(150)
})

test("the reference of the command line has the help of every command", () => {
  const shown = blocksOf(textOf("docs/reference/command-line.md")).map(({ origin }) => origin)
  const expected = ["plait --help", ...Object.keys(commands).map((name) => `plait ${name} --help`)]
  expect(shown.filter((origin) => origin?.endsWith("--help")).toSorted()).toEqual(expected.toSorted())
})

test("the package has every page that a page of it links to", () => {
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: ReadonlyArray<string> }
  expect(files.filter((file) => file.startsWith("docs/") && !existsSync(join(root, file)))).toEqual([])
})
