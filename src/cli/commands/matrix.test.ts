/**
 * `plait matrix` through the real command, on a project with two small cases of the catalogue.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"

const main = new URL("../main.ts", import.meta.url).pathname

const project = (): string => {
  const cwd = mkdtempSync(join(tmpdir(), "plait-"))
  const from = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href)
  writeFileSync(
    join(cwd, "plait.config.ts"),
    `import { stores } from ${from("../../../models/stores/suite.ts")}
const [store] = stores
const isAsked = ({ probe, delivery, resolution, clients }) =>
  probe === "updates" && delivery === "causal" && resolution === "latest-lamport" && clients === "roaming" ||
  probe === "write order" && clients === "sticky"
export default { entries: [{ ...store, settings: store.settings.filter(isAsked) }] }
`
  )
  return cwd
}

const plait = (cwd: string, words: ReadonlyArray<string>, more: NodeJS.ProcessEnv = {}) => {
  const { CI: _ci, FORCE_COLOR: _colour, ...env } = process.env
  return spawnSync(process.execPath, [main, "matrix", ...words], { cwd, encoding: "utf8", env: { ...env, ...more } })
}

interface Document {
  readonly schema: string
  readonly exitCode: number
  readonly rows: ReadonlyArray<{
    readonly design: string
    readonly setting: string
    readonly guarantees: ReadonlyArray<{
      readonly name: string
      readonly verdict: string
      readonly steps: number | null
    }>
    readonly strongest: ReadonlyArray<string>
    readonly weakestViolated: ReadonlyArray<string>
  }>
}

test("--json is one document: rows of designs and settings, each guarantee with its verdict and steps", () => {
  const { status, stdout } = plait(project(), ["--json"])
  const { exitCode, rows, schema } = JSON.parse(stdout) as Document
  expect([status, exitCode, schema]).toEqual([0, 0, "plait/matrix@2"])
  expect(
    rows.map(({ design, guarantees, setting, strongest, weakestViolated }) => ({
      row: `${design}; ${setting}`,
      judged: guarantees
        .filter(({ verdict }) => verdict !== "vacuous")
        .map(({ name, steps, verdict }) => [name, verdict, steps]),
      strongest,
      weakestViolated
    }))
  ).toEqual([
    {
      row: "multi-leader, causal delivery, latest-lamport; sticky clients",
      judged: [
        ["causal memory (CM)", "holds", null],
        ["causal convergence (CCv)", "holds", null],
        ["causal consistency (CC)", "holds", null],
        ["monotonic writes", "holds", null]
      ],
      strongest: ["causal memory (CM)", "causal convergence (CCv)"],
      weakestViolated: []
    },
    {
      row: "multi-leader, causal delivery, latest-lamport; roaming clients",
      judged: [["no update is lost", "violated", 6]],
      strongest: [],
      weakestViolated: ["no update is lost"]
    }
  ])
})

test("text and Markdown show the same signs", () => {
  const cwd = project()
  expect(plait(cwd, []).stdout.split("\n").slice(0, 6)).toEqual([
    "Replicated stores under client sessions",
    "",
    "  setting          CM  CCv  CC  MW  NLU",
    "multi-leader, causal delivery, latest-lamport",
    "  sticky clients   ✓   ✓    ✓   ✓   –",
    "  roaming clients  –   –    –   –   ✗6"
  ])
  const markdown = plait(cwd, ["--markdown"]).stdout.split("\n")
  expect(markdown.filter((line) => line.includes(" clients |"))).toEqual([
    "| multi-leader, causal delivery, latest-lamport | sticky clients | ✓ | ✓ | ✓ | ✓ | – |",
    "|  | roaming clients | – | – | – | – | ✗6 |"
  ])
})

test("what was found is kept beside the baseline; drift from it is said in words and fails; -u accepts it", () => {
  const cwd = project()
  const path = join(cwd, "reports", "matrix.json")
  expect([plait(cwd, [], { CI: "true" }).status, existsSync(path)]).toEqual([1, false])
  expect([plait(cwd, []).status, existsSync(path)]).toEqual([0, true])
  const kept = readFileSync(path, "utf8")
  writeFileSync(path, kept.replace('"steps": 6', '"steps": 5'))
  const drifted = plait(cwd, [], { CI: "true" })
  expect([drifted.status, drifted.stdout.trim().split("\n").at(-1)]).toEqual([
    1,
    "  multi-leader, causal delivery, latest-lamport; roaming clients; no update is lost: violated in 5 → violated in 6"
  ])
  expect([plait(cwd, ["-u"]).status, readFileSync(path, "utf8")]).toEqual([0, kept])
})

test("a search that a limit ended shows ◐, is no ✓, and is never kept", () => {
  const cwd = project()
  const { stdout } = plait(cwd, ["--max-states", "5"])
  expect(stdout.split("\n").filter((line) => line.includes(" clients "))).toEqual([
    "  sticky clients   ◐   ◐    ◐   ◐   –",
    "  roaming clients  –   –    –   –   ◐"
  ])
  expect(existsSync(join(cwd, "reports", "matrix.json"))).toBe(false)
})

test("without a case that has a place it is exit 2 and says so", () => {
  const { status, stderr, stdout } = plait(process.cwd(), ["two-phase-commit/n=3"])
  expect([status, stdout, stderr.split("\n")[0]]).toEqual([2, "", "plait: no case of the guarantee matrix matched"])
})
