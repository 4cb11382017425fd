/**
 * The public surface is documented, and its examples compile and run. docs/reference/api.md shows it, as test/docs checks.
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { examplesOf, moduleOf } from "./examples.ts"
import { type Declared, surfaceOf } from "./surface.ts"

const root = new URL("../..", import.meta.url).pathname
const folder = join(root, ".plait", "examples")

const all = ["src/index.ts", "src/vitest/index.ts"].flatMap(surfaceOf)

/** What one of the repository's tools prints. */
const run = (...words: ReadonlyArray<string>): string => {
  const { FORCE_COLOR: _, ...environment } = process.env
  const env = { ...environment, NO_COLOR: "1" }
  const { stderr, stdout } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8", env })
  return `${stdout}${stderr}`
}
const withMembers = (declared: Declared): ReadonlyArray<Declared> => [declared, ...declared.members]

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
