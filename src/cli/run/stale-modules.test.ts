/**
 * Kept results and the ways in which a module comes to another one's content: each project is verified twice, changed
 * there, and verified again.
 */
import { mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test, vi } from "vitest"
import { runPlait } from "../../../test/own-project.ts"

vi.setConfig({ testTimeout: 180_000 })

const root = realpathSync(new URL("../../..", import.meta.url).pathname)
const api = JSON.stringify(join(root, "src/index.ts"))

const config = `import { Effect, Schema } from "effect"
import { entry, Model, Property, WholeState } from ${api}
import { most } from "./limit.ts"
const model = Model.make({ name: "m", about: "a", source: "s", parameters: {}, system: () =>
  WholeState.make("m", { variables: { x: WholeState.variable(Schema.Finite, 0) }, actions: ({ x }) => ({
    up: WholeState.action(Effect.gen(function* () {
      const value = yield* x.get
      yield* WholeState.when(value < 3)
      yield* x.set(value + 1)
    })) }) }) })
const properties = () => [Property.invariant("x is small", { holds: ({ x }) => x <= most() })]
export default { entries: [entry(model, { properties, settings: [{}] })], baseline: "pins.json" }
`

const required = 'import { createRequire } from "node:module"\nconst require = createRequire(import.meta.url)\n'

interface Way {
  /** The text of limit.ts. */
  readonly limit: string
  /** Other files. */
  readonly files?: { readonly [name: string]: string }
  readonly prepare?: (folder: string) => void
  /** Makes 1 of the limit, which was 5. */
  readonly change: (folder: string) => void
}

const json = {
  files: { "data.json": "5" },
  change: (folder: string) => writeFileSync(join(folder, "data.json"), "1")
}
const script = {
  files: { "data.js": "export default 5" },
  change: (folder: string) => writeFileSync(join(folder, "data.js"), "export default 1")
}

const ways: { readonly [way: string]: Way } = {
  "require of JSON": {
    ...json,
    limit: `${required}const data = require("./data.json")\nexport const most = () => data\n`
  },
  "import of JSON with its attribute": {
    ...json,
    limit: 'import data from "./data.json" with { type: "json" }\nexport const most = () => data\n'
  },
  "an address that is resolved and read": {
    ...json,
    limit:
      'import { readFileSync } from "node:fs"\nconst data = Number(readFileSync(new URL(import.meta.resolve("./data.json"))))\nexport const most = () => data\n'
  },
  "a package that is resolved": {
    files: {},
    limit: 'let most_ = 1\ntry { import.meta.resolve("sizes") } catch { most_ = 5 }\nexport const most = () => most_\n',
    change: (folder) => {
      writeFileSync(join(folder, "package.json"), '{ "type": "module", "name": "sizes", "exports": "./limit.ts" }')
    }
  },
  "a path that is resolved": {
    files: {},
    limit: `${required}let most_ = 1\ntry { require.resolve("./data.cjs") } catch { most_ = 5 }\nexport const most = () => most_\n`,
    change: (folder) => writeFileSync(join(folder, "data.cjs"), "")
  },
  "a file that a module of a data: address imports": {
    ...script,
    limit:
      'const address = new URL("data.js", import.meta.url).href\nconst text = `export { default } from ${JSON.stringify(address)}`\nconst { default: data } = await import(`data:text/javascript,${encodeURIComponent(text)}`)\nexport const most = () => data\n'
  },
  "a module that is imported late": {
    ...script,
    limit:
      'let data = 9\nsetTimeout(async () => { data = (await import("./data.js")).default }, 0)\nawait new Promise((done) => setTimeout(done, 50))\nexport const most = () => data\n'
  },
  "the kind of a module, which package.json tells": {
    files: { "package.json": "{}", "data.js": "exports.size = typeof module === 'object' ? 5 : 1" },
    limit: `${required}let data = 1\ntry { data = require("./data.js").size ?? 1 } catch {}\nexport const most = () => data\n`,
    change: (folder) => writeFileSync(join(folder, "package.json"), '{ "type": "module" }')
  },
  "a link to another module": {
    files: { "one.js": "export default 1", "five.js": "export default 5" },
    limit: 'import data from "./data.js"\nexport const most = () => data\n',
    prepare: (folder) => symlinkSync("five.js", join(folder, "data.js")),
    change: (folder) => {
      rmSync(join(folder, "data.js"))
      symlinkSync("one.js", join(folder, "data.js"))
    }
  },
  "names of modules that package.json swaps": {
    files: {
      "one.js": "export default 1",
      "five.js": "export default 5",
      "package.json": '{ "type": "module", "imports": { "#a": "./five.js", "#b": "./one.js" } }'
    },
    limit: 'import data from "#a"\nimport "#b"\nexport const most = () => data\n',
    change: (folder) => {
      const swapped = '{ "type": "module", "imports": { "#a": "./one.js", "#b": "./five.js" } }'
      writeFileSync(join(folder, "package.json"), swapped)
    }
  },
  "a linked module whose target is another file": {
    files: { "one.js": "export default 1", "five.js": "export default 5" },
    limit: 'import data from "./data.js"\nexport const most = () => data\n',
    prepare: (folder) => symlinkSync("five.js", join(folder, "data.js")),
    change: (folder) => renameSync(join(folder, "one.js"), join(folder, "five.js"))
  }
}

const project = ({ files = {}, limit, prepare = () => {} }: Way): string => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "plait-modules-")))
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  const all = { "package.json": '{ "type": "module" }', "plait.config.ts": config, "limit.ts": limit, ...files }
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text)
  prepare(folder)
  return folder
}

/** The exit code, and whether the one case was reused. */
const verified = (folder: string): string => {
  const { status, stderr, stdout } = runPlait(folder, ["verify"])
  if (!stdout.includes("as expected")) return stderr
  return `${stdout.includes("≡ ") ? "reused" : "explored"}, ${status}`
}

describe("a change is seen of", () => {
  test.for(Object.entries(ways))("%s", ([_way, way]) => {
    const folder = project(way)
    expect([verified(folder), verified(folder)]).toEqual([
      "explored, 0",
      expect.stringMatching(/^(?:reused|explored), 0$/)
    ])
    way.change(folder)
    expect(verified(folder)).toBe("explored, 1")
  })
})
