/**
 * Reporters, thresholds and shards through the real command: each flag has an effect that is seen in what it writes.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import type { RunReport } from "../../suite/RunReport.ts"

const main = new URL("../main.ts", import.meta.url).pathname
const folder = (): string => mkdtempSync(join(tmpdir(), "plait-"))

const plait = (...words: ReadonlyArray<string>) => {
  const { CI: _, ...env } = process.env
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, ...words], { encoding: "utf8", env })
  return { status, stderr, stdout }
}

const readRun = (path: string): RunReport => JSON.parse(readFileSync(path, "utf8")) as RunReport

/** The line of a file on which a text stands. */
const lineOf = (file: string, text: string): number =>
  readFileSync(file, "utf8")
    .split("\n")
    .findIndex((line) => line.includes(text)) + 1

describe("model coverage stands on the lines where the model declares it", () => {
  const declared = (model: string) => {
    const path = join(folder(), "run.json")
    plait("check", model, "--reporter", `data=${path}`)
    const { coverage } = readRun(path).cases[0]!
    return coverage.actions.map(({ name, places }) => [name, places.map(({ file, line }) => `${file}:${line}`)])
  }
  test("a handler made by Effect.fnUntraced and a plain one", () => {
    const file = "models/crdt/grow-only-set.ts"
    expect(declared("grow-only-set")).toEqual([
      ["invoke Add", [`${file}:${lineOf(file, "Add: Effect.fnUntraced(")}`]],
      ["deliver Added", [`${file}:${lineOf(file, "Added: (elements")}`]]
    ])
  })
  test("a whole-state model's actions, for each value and without one: on the author's function", () => {
    const file = "models/reference/two-phase-commit.ts"
    const after = (text: string, lines: number): ReadonlyArray<string> => [`${file}:${lineOf(file, text) + lines}`]
    expect(declared("two-phase-commit/n=3").slice(0, 3)).toEqual([
      ["managerReceivesPrepared", after("managerReceivesPrepared: WholeState.each(", 2)],
      ["managerCommits", after("managerCommits: WholeState.action(", 1)],
      ["managerAborts", after("managerAborts: WholeState.action(", 1)]
    ])
  })
})

test("lcov has the transitions of the table: 5 additions by 3 replicas take both actions 15,625 times", () => {
  const path = join(folder(), "lcov.info")
  plait("check", "grow-only-set/operations=5", "--reporter", `lcov=${path}`)
  const counts = [...readFileSync(path, "utf8").matchAll(/^FNDA:(\d+),(.*)$/gm)]
  expect(counts.map(([, , name]) => name)).toEqual(["invoke Add", "deliver Added"])
  expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(15_625)
})

describe("an unexpected violation", () => {
  const out = folder()
  const baseline = join(out, "none.json")
  const words = ["junit", "sarif", "gitlab", "github-summary"].flatMap((name) => [
    "--reporter",
    `${name}=${out}/${name}`
  ])
  const run = plait("check", "two-phase-commit-forgetful", "--baseline", baseline, "--reporter", "github", ...words)
  const named = "two-phase-commit-forgetful/n=3: “no resource manager commits what another aborted” violated in 7 steps"
  test("is exit 1 and an annotation of the line of the property", () => {
    const line = lineOf("properties/atomic-commit.ts", "holds:")
    const start = `::error file=properties/atomic-commit.ts,line=${line},col=`
    const annotation = run.stdout.split("\n").find((each) => each.startsWith("::error"))
    expect([run.status, annotation?.startsWith(start), annotation?.includes(named)]).toEqual([1, true, true])
  })
  test.each(["junit", "sarif", "gitlab", "github-summary"])("is told by %s", (name) => {
    expect(readFileSync(join(out, name), "utf8").includes("violated in 7 steps")).toBe(true)
  })
  test("has a code flow of as many places as steps, each on a line of the model", () => {
    const log = JSON.parse(readFileSync(join(out, "sarif"), "utf8")) as {
      runs: [{ results: [{ codeFlows: [{ threadFlows: [{ locations: ReadonlyArray<unknown> }] }] }] }]
    }
    const { locations } = log.runs[0].results[0].codeFlows[0].threadFlows[0]
    const onLine = locations.filter((each) => JSON.stringify(each).includes("models/reference/two-phase-commit.ts"))
    expect([locations.length, onLine.length]).toEqual([7, 7])
  })
})

test("coverage-html is a folder of pages with the model's source in them", () => {
  const out = join(folder(), "html")
  expect(plait("check", "grow-only-set", "--reporter", `coverage-html=${out}`).status).toBe(0)
  const page = readFileSync(join(out, "models/crdt/grow-only-set.ts.html"), "utf8")
  expect([page.includes("Operation-based grow-only set"), existsSync(join(out, "base.css"))]).toEqual([true, true])
})

test("with --json a printed report goes to standard error, and standard output stays one document", () => {
  const { stderr, stdout } = plait("check", "grow-only-set", "--json", "--reporter", "coverage")
  expect((JSON.parse(stdout) as { schema: string }).schema).toBe("plait/check@2")
  expect(stderr.split("\n")[0]?.split(/ +/)).toEqual(["system", "actions", "guards", "premises", "reachability"])
})

describe("thresholds", () => {
  test("that are met are exit 0", () => {
    const run = plait(
      "check",
      "two-phase-commit/n=3",
      "--threshold",
      "actions=100,guards=100,premises=100,reachability=100"
    )
    expect(run.status).toBe(0)
  })
  // Without an operation nothing is sent: of the one action there is, delivery, none is taken.
  test("that are missed are exit 1, and say by how much", () => {
    const run = plait("check", "grow-only-set", "--set", "operations=0", "--threshold", "actions=50")
    const last = run.stdout.trimEnd().split("\n").at(-1)
    expect([run.status, last]).toEqual([1, "actions: 0 of 1 covered, 0 %; at least 50 % was asked for"])
  })
})

describe("shards", () => {
  const out = folder()
  const part = (index: number) => join(out, `${index}.json`)
  const runs = [1, 2].map((index) =>
    plait("check", "race", "--shard", `${index}/2`, "--reporter", `data=${part(index)}`)
  )
  test("are the cases, each once", () => {
    plait("check", "race", "--reporter", `data=${part(0)}`)
    const ids = [0, 1, 2].map((index) => readRun(part(index)).cases.map(({ result }) => result.id))
    expect(runs.map(({ status }) => status)).toEqual([0, 0])
    expect([...ids[1]!, ...ids[2]!].sort()).toEqual([...ids[0]!].sort())
  })
  test("merge into the report of the whole, in whatever order they are given", () => {
    const [whole, merged, turned] = ["whole", "merged", "turned"].map((name) => join(out, name))
    plait("merge-reports", part(0), "--reporter", `lcov=${whole}`)
    expect(plait("merge-reports", part(1), part(2), "--reporter", `lcov=${merged}`).status).toBe(0)
    plait("merge-reports", part(2), part(1), "--reporter", `lcov=${turned}`)
    const [first, second, third] = [whole, merged, turned].map((path) => readFileSync(path!, "utf8"))
    expect([second, third]).toEqual([first, first])
  })
  test("that had a violation nobody expected make the merged run exit 1", () => {
    const path = join(out, "violated.json")
    plait("check", "two-phase-commit-forgetful", "--baseline", join(out, "none"), "--reporter", `data=${path}`)
    expect(plait("merge-reports", path).status).toBe(1)
    expect(plait("merge-reports", part(1), path).status).toBe(2)
  })
})

describe("wrong input is exit 2 and says what to type", () => {
  const strange = join(folder(), "strange.json")
  writeFileSync(strange, "{}")
  test.each([
    [["check", "race", "--reporter", "junt"], 'there is no reporter "junt"', "did you mean junit?"],
    [["check", "race", "--reporter", "junit="], "names no path", "there are coverage"],
    [["check", "race", "--threshold", "action=1"], "did you mean actions?", "takes percentages of actions"],
    [["check", "race", "--threshold", "actions=101"], "actions=101", "takes percentages"],
    [["check", "race", "--shard", "3/2"], "--shard 3/2 is not possible", "the second of five"],
    [["merge-reports"], "needs the files of the parts", "plait verify --shard 1/2"],
    [["merge-reports", strange], "is no report of plait", "--reporter data=FILE writes one"]
  ])("%j", (words, problem, advice) => {
    const { status, stderr, stdout } = plait(...words)
    expect([status, stdout]).toEqual([2, ""])
    expect(stderr.includes(problem) && stderr.includes(advice) ? "said" : stderr).toBe("said")
  })
})
