/**
 * The walks of ARCHITECTURE.md are short, and its names are in the code. test/docs checks its table, and
 * test/tidy/links.test.ts its links.
 */
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { isTypeScript, tree } from "../tidy/tree.ts"

const path = new URL("../../ARCHITECTURE.md", import.meta.url)

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
