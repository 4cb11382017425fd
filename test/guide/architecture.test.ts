/**
 * ARCHITECTURE.md has the directions between the rooms as they are enforced; `npm run docs` writes the table anew. That
 * its links lead to files which hold the names it gives is tested by test/tidy/links.test.ts.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type Direction, directions } from "../tidy/directions.ts"

const path = new URL("../../ARCHITECTURE.md", import.meta.url)
const block = /(<!-- directions -->\n)[\s\S]*?(<!-- \/directions -->)/

const joined = (names: ReadonlyArray<string>): string => names.map((name) => `\`${name}\``).join(", ")

const row = ({ packages, room, sees, seesTypesOf = [], statement }: Direction): string => {
  const types = seesTypesOf.length === 0 ? "" : `; types of ${joined(seesTypesOf)}`
  return `| [\`${room}\`](${room}) | ${joined(sees) || "–"}${types} | ${joined(packages) || "–"} | ${statement} |`
}

test("the table of rooms is the table that is enforced", () => {
  const rows = ["| room | imports | packages | rule |", "| --- | --- | --- | --- |", ...directions.map(row)]
  const text = readFileSync(path, "utf8")
  const fresh = text.replace(block, (_all, begin: string, end: string) => `${begin}${rows.join("\n")}\n${end}`)
  if (process.env["README_UPDATE"] !== undefined) writeFileSync(path, fresh)
  expect(readFileSync(path, "utf8")).toBe(fresh)
})

test("each walk, and the picture of the rooms, fits a page", () => {
  const sections = readFileSync(path, "utf8").split(/^## /m)
  const lines = (title: string): number =>
    sections.find((section) => section.startsWith(title))?.split("\n").length ?? Infinity
  expect(["One message", "One property"].filter((title) => lines(title) > 66)).toEqual([])
})
