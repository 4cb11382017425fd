/**
 * The command line's edges through the real command: flags that have no effect on a command, configurations,
 * colour, progress, a reader that goes away.
 */
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { UsageError } from "../suite/UsageError.ts"
import { parseArguments } from "./arguments.ts"
import { isColoured } from "./output/colour.ts"
import { type Command, commands } from "./commands.ts"
import { type FlagName, flags, isFlagName } from "./flags.ts"
import { folder, main, plait } from "../../test/cli/command.ts"
import { ProgressReport } from "./output/progress.ts"

const foreign = Object.entries<Command>(commands).flatMap(([name, command]) =>
  Object.keys(flags)
    .filter(isFlagName)
    .filter((flag) => flag !== "help" && flag !== "version" && !command.flags.includes(flag))
    .map((flag): readonly [string, FlagName] => [name, flag])
)

/** The answer of the command line to a flag, without running a command. */
const refusalOf = (name: string, flag: FlagName): string => {
  try {
    parseArguments([name, flags[flag].type === "string" ? `--${flag}=1` : `--${flag}`])
    return "taken"
  } catch (error) {
    return error instanceof UsageError ? error.problem : String(error)
  }
}

test.each(foreign)("plait %s refuses --%s with the reason", (name, flag) => {
  const start = `plait ${name} does not take --${flag}: `
  const problem = refusalOf(name, flag)
  expect([problem.slice(0, start.length), problem.length > start.length]).toEqual([start, true])
})

// The first of each command through the real command.
const first = foreign.filter(([name], index) => foreign.findIndex(([command]) => command === name) === index)

test.concurrent.for(first)("plait %s --%s is exit 2, and says nothing on standard output", async ([name, flag]) => {
  const { status, stderr, stdout } = await plait([name, flags[flag].type === "string" ? `--${flag}=1` : `--${flag}`])
  expect([status, stdout, stderr.split("\n")[0]]).toEqual([2, "", `plait: ${refusalOf(name, flag)}`])
})

describe("a configuration", () => {
  const cases = [
    ["export default {\n  entries: [ ;\n}\n", "plait.config.ts:2: "],
    ["\nthrow new Error('boom')\n", "plait.config.ts:2: Error: boom"],
    ["\nimport './nowhere.ts'\n", "plait.config.ts:2: "],
    ["export const entries = []\n", "it has no default export"],
    ["export default { entries: [1] }\n", "entries[0] is not made by entry("],
    ["export default { entries: [], basline: 'b' }\n", "did you mean baseline?"],
    ["export default { entries: [] }\n", "nothing to check: plait.config.ts has no entries"]
  ] as const
  test.concurrent.each(cases)("%j is exit 2 and named with its cause", async (text, cause) => {
    const cwd = folder()
    writeFileSync(join(cwd, "plait.config.ts"), text)
    const { status, stderr, stdout } = await plait(["check"], { cwd })
    expect([status, stdout, stderr.includes(cause) ? "said" : stderr]).toEqual([2, "", "said"])
  })
  test("that names a model makes it checked by name, and pinned beside it", async () => {
    const cwd = folder()
    const catalogue = new URL("../../models/reference/suite.ts", import.meta.url).href
    writeFileSync(
      join(cwd, "plait.config.ts"),
      `import { reference } from ${JSON.stringify(catalogue)}\nexport default { entries: reference.filter(({ name }) => name === "two-phase-commit-forgetful"), baseline: "pins.json" }\n`
    )
    const { status } = await plait(["verify"], { cwd })
    expect([status, readFileSync(join(cwd, "pins.json"), "utf8").includes("violated in 7")]).toEqual([1, true])
    expect((await plait(["check", "race"], { cwd })).status).toBe(2)
  })
  test("that is not there leaves nothing to check outside of plait's own folder", async () => {
    const { status, stderr } = await plait(["check"], { cwd: folder() })
    expect([status, stderr.split("\n")[0]]).toEqual([2, "plait: nothing to check: there is no plait.config.ts here"])
  })
})

test("values that do not go together are refused with a sentence", async () => {
  const { status, stderr } = await plait(["check", "broadcast", "--set", "origin=5"])
  expect([status, stderr.includes("the origin 5 is none of the nodes 0 to 3")]).toEqual([2, true])
})

test("colour: FORCE_COLOR decides, then NO_COLOR, then TERM=dumb, then the terminal", async () => {
  expect([isColoured(true, {}), isColoured(false, {}), isColoured(true, { NO_COLOR: "1" })]).toEqual([
    true,
    false,
    false
  ])
  expect([isColoured(true, { TERM: "dumb" }), isColoured(false, { FORCE_COLOR: "1", NO_COLOR: "1" })]).toEqual([
    false,
    true
  ])
  const piped = await plait(["check", "race/leaders=3"])
  const forced = await plait(["check", "race/leaders=3"], { env: { FORCE_COLOR: "1" } })
  const escape = String.fromCharCode(27)
  expect([piped.stdout.includes(escape), forced.stdout.includes(`${escape}[32m✓`)]).toEqual([false, true])
})

test("progress is one rewritten line on a terminal and lines elsewhere", () => {
  const told = (columns: number | undefined) => {
    const lines: Array<string> = []
    let now = 0
    const report = new ProgressReport({
      write: (text) => lines.push(text),
      columns,
      intervalMillis: 10,
      now: () => now
    })
    for (now of [5, 10, 15, 20]) report.tell("a", { distinct: 2000, depth: 3, queue: 4, elapsedMillis: 1000 })
    report.clear()
    return lines
  }
  const line = "a: 2,000 states, 2,000/s, depth 3, queue 4"
  expect(told(undefined)).toEqual([`${line}\n`, `${line}\n`])
  expect(told(12)).toEqual(["\r\u001b[2K…: 2,000 st", "\r\u001b[2K…: 2,000 st", "\r\u001b[2K"])
})

test("a search whose progress is piped says it in lines, without colour or a line rewritten", async () => {
  const words = ["check", "two-phase-commit", "--progress-interval", "0"]
  const { status, stderr, stdout } = await plait(words)
  const lines = stderr.split("\n").slice(0, -1)
  const escapes = (stderr + stdout).split("").filter((character) => character === "\r" || character === "\u001B")
  expect([status, lines.length > 0, lines.filter((line) => !line.includes(" states")), escapes]).toEqual([
    0,
    true,
    [],
    []
  ])
})

test("a reader that goes away ends a long listing quietly", () => {
  const { status, stderr, stdout } = spawnSync("sh", ["-c", `"$0" "$1" list | head -1`, process.execPath, main], {
    encoding: "utf8"
  })
  expect([status, stdout, stderr]).toEqual([0, "two-phase-commit\n", ""])
})

test.each([
  [["verify", "--cache", "--no-cache"], "--cache and --no-cache do not go together\n  give only one of them"],
  [
    ["check", "--cache", "--check-determinism"],
    "--cache and --check-determinism do not go together\n  a cached result runs no handlers"
  ],
  [
    ["check", "--watch", "--json"],
    "--watch and --json do not go together\n  each run would print a document of its own"
  ],
  [
    ["verify", "--watch", "-u"],
    "--watch and --update do not go together\n  the results of every change would be accepted unread"
  ]
])("%j is refused with the reason", (words, reason) => {
  expect(() => parseArguments(words)).toThrow(reason)
})

test("--only-changed means the last commit, and takes another one only after a =", () => {
  const asked = (...words: ReadonlyArray<string>) => {
    const question = parseArguments(["verify", ...words])
    return question._tag === "request" ? [question.request.onlyChanged, question.request.words] : []
  }
  expect(asked("--only-changed", "race")).toEqual(["HEAD", ["race"]])
  expect(asked("--only-changed=main", "race")).toEqual(["main", ["race"]])
})
