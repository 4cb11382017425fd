/**
 * ARCHITECTURE.md has the directions between the rooms as they are enforced; `npm run docs` writes the table anew. That
 * its links lead to files which hold the names it gives is tested by test/tidy/links.test.ts.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type Direction, directions } from "../tidy/directions.ts"
import { isTypeScript, tree } from "../tidy/tree.ts"

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

/** Names of code that the page gives, as spans: `expandNode`, `Search.expand`, each part by itself. */
const namesIn = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/`([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)(?:\([^`]*\))?`/g)].flatMap(([, name = ""]) =>
    name.endsWith(".ts") ? [] : name.split(".")
  )

test("every name of code on the page is a name of the code", () => {
  const sections = readFileSync(path, "utf8").split(/^(?=## )/m)
  const prose = sections.filter((section) => !section.startsWith("## Vocabulary")).join("")
  const code = tree.filter((file) => isTypeScript(file) && !file.path.startsWith("test/guide/"))
  const words = new Set(code.flatMap((file) => `${file.path}\n${file.text}`.match(/[A-Za-z_$][\w$]*/g) ?? []))
  expect([...new Set(namesIn(prose))].filter((name) => !words.has(name))).toEqual([])
})
