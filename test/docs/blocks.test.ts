/** Blocks of the documents are written from their origins. */
import { expect, test } from "vitest"
import { blocksOf, installed, withFreshBlocks } from "./blocks.ts"
import { brokenShellLines, commandsInProse } from "./shell.ts"

const fence = "```"
const page = (origin: string, language = "text") =>
  `Before.\n\n<!-- ${origin} -->\n${fence}${language}\nold\n${fence}\n`
const written = (origin: string, output = "") => blocksOf(withFreshBlocks(page(origin), () => output))[0]?.text

test("a block is the output of its command, in this repository or in a project", () => {
  const runs: Array<unknown> = []
  const run = (words: ReadonlyArray<string>, folder: string | undefined) => {
    runs.push([words, folder])
    return "new\n"
  }
  const fresh = withFreshBlocks(page("plait check race --json") + page("in examples/race: plait check"), run)
  expect(blocksOf(fresh).map(({ text }) => text)).toEqual(["new\n", "new\n"])
  expect(runs).toEqual([
    [["check", "race", "--json"], undefined],
    [["check"], "examples/race"]
  ])
})

test("a block may be some lines of an output, and lines that are not there are an error", () => {
  expect(written(`plait check, from "two" to "three"`, "one\ntwo\n2\nthree\nfour\n")).toBe("two\n2\nthree\n")
  expect(() => written(`plait check, from "two" to "three"`, "one\n")).toThrow(
    'the output of check has no lines from "two" to "three"'
  )
})

test("a block of JSON has one element of each array, and nothing that was measured", () => {
  const output = JSON.stringify({ cases: [{ id: "a: b, c", elapsedMillis: 3 }, { id: "d" }], depth: 2 })
  expect(written("plait check --json, one of each", output)).toBe(`{"cases": [{"id": "a: b, c"}], "depth": 2}\n`)
})

test("a block may be a region of a file, and a region that is not there is an error", () => {
  // #region example
  const example = "const example = 1"
  // #endregion
  expect(written("test/docs/blocks.test.ts#example")).toBe(`const example = "${example}"\n`)
  expect(() => written("test/docs/blocks.test.ts#none")).toThrow("test/docs/blocks.test.ts has no region none")
})

test("a block without an origin, and that of an installed package, stay as they are", () => {
  const others = `${fence}sh\nls\n${fence}\n${page(installed)}`
  expect(withFreshBlocks(others, () => "new")).toBe(others)
  expect(blocksOf(others).map(({ line, origin }) => [line, origin])).toEqual([
    [1, undefined],
    [7, installed]
  ])
})

test("commands that do not exist are found, in blocks and in prose", () => {
  const lines = [
    "npm ci && npm run verify # all",
    "npx plait check race",
    "npm run nonsense",
    "plait verify --nonsense"
  ]
  expect(brokenShellLines([...lines, ...commandsInProse("`plait list`, `plait check --nothing`, `plait`")])).toEqual([
    "npm run nonsense: no script nonsense",
    "plait verify --nonsense: there is no flag --nonsense",
    "plait check --nothing 1: there is no flag --nothing"
  ])
})
