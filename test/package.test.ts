/**
 * plait as it is published: packed, installed into projects outside of this repository, and used from there by its
 * command line, by vitest and by the type checker. What npm asks for is served by its cache where it can be.
 */
import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"

const root = new URL("..", import.meta.url).pathname
const outside = mkdtempSync(join(tmpdir(), "plait-package-"))
const example = join(outside, "examples", "own-protocol")
const empty = join(outside, "empty")

/** Runs a program of a project as its own scripts would. */
const run = (folder: string, program: string, ...words: ReadonlyArray<string>) => {
  const { CI: _ci, FORCE_COLOR: _color, ...environment } = process.env
  const { status, stderr, stdout } = spawnSync(program, words, {
    cwd: folder,
    encoding: "utf8",
    env: { ...environment, NO_COLOR: "1", npm_config_prefer_offline: "true" }
  })
  return { status, stdout, text: `${stdout}${stderr}` }
}

const succeed = (folder: string, program: string, ...words: ReadonlyArray<string>): string => {
  const { status, stdout, text } = run(folder, program, ...words)
  if (status !== 0) throw new Error(`${program} ${words.join(" ")} is exit ${status}\n${text}`)
  return stdout
}

const page = join(root, "docs/guide/modelling.md")
const shownInit = /(<!-- in an empty project: plait init -->\n```text\n)[\s\S]*?(```)/

/** What `plait init` prints, without times and folders, and without the tests that vitest lists since they took long. */
const steady = (text: string): string => {
  const [own = "", tests = ""] = text.split(/(?=^\$ npx vitest)/m)
  const ran = tests
    .replace(/^ RUN .*\n\n?/m, "")
    .replace(/^ {3,}✓ .*\n/gm, "")
    .replace(/ +\d+ms$/gm, "")
    .replace(/^ +Start at[\s\S]*?(?=^next:)/m, "\n")
  return `${own.replace(/, \d+\.\d s$/gm, "")}${ran}`.replace(/\n{3,}/g, "\n\n").trim()
}

/** The first line that contains a word. */
const lineWith = (text: string, word: string): string | undefined =>
  text
    .split("\n")
    .find((line) => line.includes(word))
    ?.trim()

const tarball = join(outside, "plait-0.1.0.tgz")

beforeAll(() => {
  succeed(root, "npm", "pack", "--pack-destination", outside)
  cpSync(join(root, "examples", "own-protocol"), example, {
    recursive: true,
    filter: (path) => !/node_modules|package-lock\.json$/.test(path)
  })
  succeed(example, "npm", "install", "--no-audit", "--no-fund")
})

afterAll(() => rmSync(outside, { recursive: true, force: true }))

test("publint finds nothing to say about the package", () => {
  expect(succeed(root, "npx", "publint", "--strict", tarball).trim().split("\n").at(-1)).toBe("All good!")
})

test("attw: every entry resolves, with its types, for an importer of modules", () => {
  const words = [tarball, "--profile", "esm-only", "--format", "json"]
  const { analysis, problems } = JSON.parse(succeed(root, "npx", "attw", ...words)) as {
    readonly analysis: { readonly entrypoints: { readonly [name: string]: unknown } }
    readonly problems?: { readonly [kind: string]: ReadonlyArray<{ readonly resolutionKind?: string }> }
  }
  expect(Object.keys(analysis.entrypoints)).toEqual([".", "./vitest", "./models/*", "./properties/*", "./package.json"])
  const found = Object.entries(problems ?? {}).flatMap(([kind, each]) =>
    each.filter(({ resolutionKind }) => resolutionKind === "node16-esm" || resolutionKind === "bundler").map(() => kind)
  )
  expect(found).toEqual([])
})

test("the package brings what its entries name, and neither tests nor sources of plait itself", () => {
  const files = succeed(outside, "tar", "tzf", tarball).trim().split("\n")
  expect(files.filter((file) => /\.test\.|^package\/src\/|(?:^package|\/reports)\/coverage\//.test(file))).toEqual([
    "package/examples/own-protocol/protocols/max-register.test.ts"
  ])
  const entries = ["dist/src/index.d.ts", "dist/src/vitest/index.js", "models/crdt/or-set.ts", "README.md"]
  expect(entries.filter((file) => !files.includes(`package/${file}`))).toEqual([])
})

test("the example project passes: its cases, its tests and its types", () => {
  expect(run(example, "npx", "plait", "verify").status).toBe(0)
  expect(existsSync(join(example, "reports", "baseline.json"))).toBe(true)
  expect(lineWith(run(example, "npx", "vitest", "run").text, "Tests ")).toBe("Tests  5 passed (5)")
  expect(run(example, "npx", "tsc")).toEqual({ status: 0, stdout: "", text: "" })
  const lost = run(example, "npx", "plait", "check", "max-register", "--set", "lose=1")
  expect(lost.status).toBe(1)
  expect(lineWith(lost.stdout, "why:")).toBe("why: Nothing is left to happen, and yet n0 has 3, n1 has 2, n2 has 3.")
})

test("the types need nothing from the importer: its type checker reads all of them", () => {
  const { text } = run(example, "npx", "tsc", "--skipLibCheck", "false")
  expect(text.split("\n").filter((line) => line.includes("node_modules/plait/"))).toEqual([])
})

test("models that are copied into a project run as they are: a case of each family", () => {
  const project = join(outside, "copied")
  mkdirSync(project)
  cpSync(join(root, "models"), join(project, "models"), {
    recursive: true,
    filter: (path) => !path.endsWith(".test.ts")
  })
  cpSync(join(root, "plait.config.ts"), join(project, "plait.config.ts"))
  writeFileSync(join(project, "package.json"), `{ "name": "copied", "private": true, "type": "module" }\n`)
  succeed(project, "npm", "install", "--no-audit", "--no-fund", "--save-dev", tarball)
  const cases = [
    "event-clocks/clock=lamport",
    "g-counter/style=operation",
    "rga/replicas=2",
    "gossip-counter/nodes=2,bound=3",
    "cart-merge/replicas=2",
    "race/leaders=3",
    "two-phase-commit/n=3",
    "dvv/servers=1",
    "single-leader-store/replication=asynchronous"
  ]
  const { stdout } = run(
    project,
    "npx",
    "plait",
    "check",
    "--json",
    "--max-states",
    "20000",
    "--allow-incomplete",
    ...cases
  )
  const { cases: checked } = JSON.parse(stdout) as { readonly cases: ReadonlyArray<{ readonly model: string }> }
  expect([...new Set(checked.map(({ model }) => model))]).toHaveLength(cases.length)
})

test("plait init writes the example into an empty project and runs it, once", () => {
  mkdirSync(empty)
  const init = () =>
    run(empty, process.execPath, join(example, "node_modules", "plait", "dist", "src", "cli", "main.js"), "init")
  expect([init().status, init().text.split("\n")[0]]).toEqual([2, "plait: there is no package.json here"])
  writeFileSync(join(empty, "package.json"), `{ "name": "empty", "private": true }\n`)
  expect(init().text).toBe(
    `plait: package.json does not say "type": "module", which plait.config.ts needs\n  npm pkg set type=module\n`
  )
  succeed(empty, "npm", "pkg", "set", "type=module")
  expect(init().text).toBe("plait: plait is not installed in this project\n  npm install plait effect\n")
  succeed(empty, "npm", "install", "--no-audit", "--no-fund", "--save-dev", tarball, "vitest@5.1.1", "typescript@7.0.2")
  const made = run(empty, "npx", "plait", "init")
  expect([made.status, lineWith(made.text, "cases:"), lineWith(made.text, "Tests ")]).toEqual([
    0,
    expect.stringMatching(/^2 cases: 6 of 6 properties as expected, no drift/),
    "Tests  5 passed (5)"
  ])
  const text = readFileSync(page, "utf8")
  const fresh = text.replace(shownInit, `$1${steady(made.stdout)}\n$2`)
  if (process.env["DOCS_UPDATE"] !== undefined) writeFileSync(page, fresh)
  expect(readFileSync(page, "utf8")).toBe(fresh)
  for (const file of ["protocols/max-register.ts", "plait.config.ts", "tsconfig.json"])
    expect(readFileSync(join(empty, file), "utf8")).toBe(readFileSync(join(example, file), "utf8"))
  expect(succeed(empty, "npx", "tsc")).toBe("")
  expect(succeed(empty, "npm", "run", "-s", "verify").length).toBeGreaterThan(0)
  expect([run(empty, "npx", "plait", "init").status, existsSync(join(empty, "protocols", "properties.ts"))]).toEqual([
    2,
    true
  ])
})
