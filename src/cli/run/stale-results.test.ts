/**
 * Stored results and their inputs besides the modules of an entry: copies of entries, entries made late, registries,
 * files, environment variables. Each project is verified, changed, and verified again.
 */
import { mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test, vi } from "vitest"
import { runPlait } from "../../../test/own-project.ts"

vi.setConfig({ testTimeout: 180_000 })

const root = realpathSync(new URL("../../..", import.meta.url).pathname)
const api = JSON.stringify(join(root, "src/index.ts"))

const model = `import { Effect, Schema } from "effect"
import { Model, WholeState } from ${api}
export const model = Model.make({ name: "m", about: "a", source: "s", parameters: {}, system: () =>
  WholeState.make("m", { variables: { x: WholeState.variable(Schema.Finite, 0) }, actions: ({ x }) => ({
    up: WholeState.action(Effect.gen(function* () {
      const value = yield* x.get
      yield* WholeState.when(value < 3)
      yield* x.set(value + 1)
    })) }) }) })
`
const properties = `import { Property } from ${api}
import { most } from "./limit.ts"
export const properties = () => [Property.invariant("x is small", { holds: ({ x }) => x <= most })]
`
const base = `import { entry } from ${api}
import { model } from "./model.ts"
export const base = entry(model, { properties: () => [], settings: [{}] })
`
const helper = `import { entry } from ${api}
const made = (model, properties) => entry(model, { properties, settings: [{}] })
export const now = made
export const inTimer = (model, properties) => new Promise((done) => setTimeout(() => done(made(model, properties)), 1))
export const inThen = (model, properties) => Promise.resolve().then(() => made(model, properties))
export const afterAwait = async (model, properties) => { await null; return made(model, properties) }
const put = []
export const put_ = (properties) => { put.push(...properties()) }
export const all = () => put
`
const config = (imports: string, entries: string): string =>
  `${imports}\nexport default { entries: [${entries}], baseline: "pins.json" }\n`

const own =
  'import { model } from "./model.ts"\nimport { properties } from "./properties.ts"\nimport * as helper from "./helper.ts"'
const copied = 'import { base } from "./base.ts"\nimport { properties } from "./properties.ts"'
const built = "build: (values) => ({ ...base.build(values), properties: properties() })"
const limit = (most: number): string => `export const most = ${most}\n`

/** The ways in which the entry gets its property. All of them depend on limit.ts. */
const ways: { readonly [way: string]: { readonly [file: string]: string } } = {
  "made by a helper": { "plait.config.ts": config(own, "helper.now(model, properties)") },
  "made in a timer": { "plait.config.ts": config(own, "await helper.inTimer(model, properties)") },
  "made in a promise's callback": { "plait.config.ts": config(own, "await helper.inThen(model, properties)") },
  "made after an await": { "plait.config.ts": config(own, "await helper.afterAwait(model, properties)") },
  "a copy with properties of its own": { "plait.config.ts": config(copied, `{ ...base, ${built} }`) },
  "made from another by its prototype": {
    "plait.config.ts": config(
      copied,
      `Object.create(base, { build: { value: (values) => ({ ...base.build(values), properties: properties() }) } })`
    )
  },
  "with properties from a list that another module fills": {
    "registry.ts": "export const registry = []\n",
    "fill.ts":
      'import { registry } from "./registry.ts"\nimport { properties } from "./properties.ts"\nregistry.push(...properties())\n',
    "registered.ts": `import { entry } from ${api}\nimport { model } from "./model.ts"\nimport { registry } from "./registry.ts"\nexport const registered = entry(model, { properties: () => registry, settings: [{}] })\n`,
    "plait.config.ts": config('import { registered } from "./registered.ts"\nimport "./fill.ts"', "registered")
  },
  "with properties that another module passes to a function": {
    "registered.ts": `import { entry } from ${api}\nimport { model } from "./model.ts"\nimport { all } from "./helper.ts"\nexport const registered = entry(model, { properties: all, settings: [{}] })\n`,
    "fill.ts": 'import { put_ } from "./helper.ts"\nimport { properties } from "./properties.ts"\nput_(properties)\n',
    "plait.config.ts": config('import { registered } from "./registered.ts"\nimport "./fill.ts"', "registered")
  },
  "with properties by way of a global": {
    "registered.ts": `import { entry } from ${api}\nimport { model } from "./model.ts"\nexport const registered = entry(model, { properties: () => globalThis.theProperties(), settings: [{}] })\n`,
    "fill.ts": 'import { properties } from "./properties.ts"\nglobalThis.theProperties = properties\n',
    "plait.config.ts": config('import "./fill.ts"\nimport { registered } from "./registered.ts"', "registered")
  }
}

const project = (files: { readonly [file: string]: string }): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "plait-stale-")))
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  const usual = {
    "model.ts": model,
    "properties.ts": properties,
    "base.ts": base,
    "helper.ts": helper,
    "limit.ts": limit(5)
  }
  const all = { "package.json": '{ "type": "module" }', ...usual, ...files }
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text)
  return folder
}

/** True if the one case was reused; and the exit code. */
const verified = (folder: string, environment: NodeJS.ProcessEnv = {}): string => {
  const { status, stderr, stdout } = runPlait(folder, ["verify"], { environment })
  if (!stdout.includes("as expected")) return stderr
  return `${stdout.includes("≡ ") ? "reused" : "explored"}, ${status}`
}

describe("a change of what a property imports is seen by an entry", () => {
  test.for(Object.entries(ways))("%s", ([_way, files]) => {
    const folder = project(files)
    expect([verified(folder), verified(folder)]).toEqual(["explored, 0", "reused, 0"])
    writeFileSync(join(folder, "limit.ts"), limit(1))
    expect(verified(folder)).toBe("explored, 1")
  })
})

/**
 * The inputs that a module reads while it is loaded, in place of limit.ts. Each time a file named data.txt or a
 * variable is changed.
 */
const reads: { readonly [what: string]: string } = {
  "a file, at once":
    'import { readFileSync } from "node:fs"\nexport const most = Number(readFileSync("data.txt", "utf8"))\n',
  "a file by its URL, awaited":
    'import fs from "node:fs/promises"\nexport const most = Number(await fs.readFile(new URL("data.txt", import.meta.url), "utf8"))\n',
  "a file, by a callback":
    'import * as fs from "node:fs"\nexport const most = await new Promise((done) => fs.readFile("data.txt", "utf8", (_, text) => done(Number(text))))\n',
  "whether a file is there":
    'import { existsSync } from "node:fs"\nexport const most = existsSync("absent.txt") ? 1 : 5\n',
  "a variable": 'export const most = Number(process.env["MOST"])\n',
  "a variable, by its module": 'import { env } from "node:process"\nexport const most = Number(env.MOST)\n',
  "whether a variable is set": 'export const most = "LEAST" in process.env ? 1 : 5\n',
  "all variables": "const { MOST } = { ...process.env }\nexport const most = Number(MOST)\n"
}

describe("a change is seen of what a module reads:", () => {
  test.for(Object.entries(reads))("%s", ([_what, text]) => {
    const folder = project({ ...ways["made by a helper"], "limit.ts": text })
    writeFileSync(join(folder, "data.txt"), "5")
    expect([verified(folder, { MOST: "5" }), verified(folder, { MOST: "5" })]).toEqual(["explored, 0", "reused, 0"])
    writeFileSync(join(folder, "data.txt"), "1")
    writeFileSync(join(folder, "absent.txt"), "")
    expect(verified(folder, { MOST: "1", LEAST: "1" })).toBe("explored, 1")
  })

  test("a program's output: nothing is reused", () => {
    const text =
      'import { execFileSync } from "node:child_process"\nexport const most = Number(execFileSync("cat", ["data.txt"]))\n'
    const folder = project({ ...ways["made by a helper"], "limit.ts": text })
    writeFileSync(join(folder, "data.txt"), "5")
    expect([verified(folder), verified(folder)]).toEqual(["explored, 0", "explored, 0"])
  })

  test("the clock: nothing is reused, and --verbose says which line read it", () => {
    const folder = project({
      ...ways["made by a helper"],
      "limit.ts": "export const most = Date.now() > 0 ? 5 : 1\n"
    })
    expect([verified(folder), verified(folder)]).toEqual(["explored, 0", "explored, 0"])
    expect(runPlait(folder, ["verify", "--verbose"]).stderr).toBe(
      "plait: no result is reused or stored: limit.ts:1 called Date.now(), which may differ in another run\n"
    )
  })

  test("a file that is read while a property is judged: nothing is reused", () => {
    const text =
      'import { readFileSync } from "node:fs"\nexport const most = { valueOf: () => Number(readFileSync("data.txt", "utf8")) }\n'
    const folder = project({ ...ways["made by a helper"], "limit.ts": text })
    writeFileSync(join(folder, "data.txt"), "5")
    expect([verified(folder), verified(folder)]).toEqual(["explored, 0", "explored, 0"])
  })
})
