/**
 * docs/api.md is what the doc comments say, and their examples compile and run. `npm run docs` writes the page anew.
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { examplesOf, moduleOf } from "./examples.ts"
import { reference } from "./reference.ts"
import { type Declared, surfaceOf } from "./surface.ts"

const root = new URL("../..", import.meta.url).pathname
const folder = join(root, ".plait", "examples")
const page = new URL("../../docs/api.md", import.meta.url)

const entries = [
  { specifier: "plait", surface: surfaceOf("src/index.ts") },
  { specifier: "plait/vitest", surface: surfaceOf("src/vitest/index.ts") }
]
const all = entries.flatMap(({ surface }) => surface)

/** What one of the repository's tools prints. */
const run = (...words: ReadonlyArray<string>): string => {
  const { FORCE_COLOR: _, ...environment } = process.env
  const env = { ...environment, NO_COLOR: "1" }
  const { stderr, stdout } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8", env })
  return `${stdout}${stderr}`
}
const withMembers = (declared: Declared): ReadonlyArray<Declared> => [declared, ...declared.members]

test("the API reference is what the doc comments say", () => {
  const fresh = reference(entries)
  if (process.env["README_UPDATE"] !== undefined) writeFileSync(page, fresh)
  expect(readFileSync(page, "utf8")).toBe(fresh)
})

test("every public value is documented, and so is every member of it", () => {
  const undocumented = all.flatMap(withMembers).filter(({ doc, isType }) => doc === "" && !isType)
  expect(undocumented.map(({ name }) => name)).toEqual([])
})

test("the examples compile, and run", () => {
  const examples = examplesOf(all)
  expect(examples.length).toBeGreaterThan(10)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [index, example] of examples.entries())
    writeFileSync(join(folder, `${index}-${example.of}.fixture.ts`), moduleOf(example))
  const settings = {
    extends: "../../tsconfig.json",
    compilerOptions: { noUnusedLocals: false },
    include: ["*.ts"],
    exclude: []
  }
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings))
  expect(run("node_modules/typescript/bin/tsc", "-p", folder)).toBe("")
  const config = { resolve: { tsconfigPaths: true }, test: { include: [".plait/examples/*.fixture.ts"] } }
  writeFileSync(join(folder, "vitest.config.js"), `export default ${JSON.stringify(config)}`)
  const ran = run("node_modules/vitest/vitest.mjs", "run", "--config", join(folder, "vitest.config.js"))
  expect(/^ *Test Files .*$/m.exec(ran)?.[0].trim()).toBe(`Test Files  ${examples.length} passed (${examples.length})`)
})
