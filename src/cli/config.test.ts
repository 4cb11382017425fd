/**
 * Configurations that Node cannot load for a reason that surprises people who compile their TypeScript.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"

const command = new URL("main.ts", import.meta.url).pathname
const folder = realpathSync(mkdtempSync(join(tmpdir(), "plait-config-")))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The last line of what plait says of a configuration, beside a file `bag.ts` that exports the type Bag. */
const saidOf = (config: string, type: string) => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type }))
  writeFileSync(join(folder, "bag.ts"), "export interface Bag {}\n")
  writeFileSync(join(folder, "plait.config.ts"), config)
  const { status, stderr } = spawnSync(process.execPath, [command], { cwd: folder, encoding: "utf8" })
  return [status, stderr.trim().split("\n").at(-1)?.trim()]
}

test.each([
  [
    "a file without its extension",
    `import "./bag"\n`,
    "module",
    `Node needs the whole name of a file: import … from "./bag.ts"`
  ],
  [
    "a type that is imported as a value",
    `import { Bag } from "./bag.ts"\n`,
    "module",
    "Node removes types file by file: if Bag is a type, import { type Bag }"
  ],
  ["a package of scripts", `import "./bag.ts"\n`, "commonjs", "npm pkg set type=module"]
])("%s is exit 2, and what to type instead is said", (_what, config, type, advice) => {
  expect(saidOf(config, type)).toEqual([2, advice])
})

test("a setting that --set would refuse is exit 2, with the file, the entry and what is allowed", () => {
  const main = new URL("../index.ts", import.meta.url).href
  const parameter = `{ kind: "integer", default: 1, least: 1, most: 2, about: "" }`
  const part = `name: "m", about: "", source: "", parameters: { n: ${parameter} }`
  const made = (entry: string) => `import { defineConfig, entry } from "${main}"
export default defineConfig({ entries: [${entry}] })
`
  const settings = `settings: [{ n: 3 }]`
  const problem = "entry m: settings[0] sets n to 3, but it takes a whole number from 1 to 2"
  const whole = (config: string) => {
    saidOf(config, "module")
    return spawnSync(process.execPath, [command], { cwd: folder, encoding: "utf8" }).stderr.trim().split("\n")
  }
  expect(whole(made(`entry({ ${part}, system: () => null }, { properties: () => [], ${settings} })`))).toEqual([
    "plait: plait.config.ts cannot be loaded",
    `  plait.config.ts:2: RangeError: ${problem}`
  ])
  const byHand = `{ ${part}, ${settings}, deep: [], requires: () => undefined, build: () => null }`
  expect(whole(made(byHand))[0]).toBe(`plait: plait.config.ts cannot be used: ${problem}`)
})
