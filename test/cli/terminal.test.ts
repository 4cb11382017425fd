/**
 * The command on a real terminal: a pseudo-terminal made by `script` of util-linux, which Debian always has (package
 * bsdutils). Where it is missing these tests are skipped and say so; where the environment has CI they fail instead.
 */
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { endless, folder, hostile, main, Running } from "./command.ts"

const { stdout: version } = spawnSync("script", ["--version"], { encoding: "utf8" })
const isMissing = !(version ?? "").includes("util-linux") && process.env["CI"] === undefined
if (isMissing) process.stderr.write("skipped: the tests on a terminal need script of util-linux (Debian: bsdutils)\n")

const CTRL_C = "\u0003"
const ESCAPE = "\u001b"
const REWRITE = `\r${ESCAPE}[2K`
const COLOUR = new RegExp(`${ESCAPE}\\[\\d+m`)
const GREEN = `${ESCAPE}[32m✓`

/** Starts plait on a terminal of so many columns. */
const terminal = (columns: number, words: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}, more = "") => {
  const command = [process.execPath, main, ...words].map((word) => `'${word}'`).join(" ")
  const script = `stty cols ${columns} rows 24; exec ${command} ${more}`
  return new Running("script", ["-qefc", script, "/dev/null"], { env: { SHELL: "/bin/sh", TERM: "xterm", ...env } })
}

const type = ({ child }: Running, keys: string): void => void child.stdin?.write(keys)

/** The texts that were drawn over one another. */
const drawn = (stdout: string): ReadonlyArray<string> =>
  stdout.split(REWRITE).filter((text) => text.includes(": ") && !text.includes("\n"))

describe.skipIf(isMissing)("a terminal", { concurrent: true }, () => {
  test.for([
    [80, /^grow-only-set\/.*: [\d,]+ states/],
    [40, /^[^…]*…: [\d,]+ states/]
  ] as const)(
    "of %i columns: progress is one line, drawn over itself and taken away in the end",
    async ([columns, figures]) => {
      const running = terminal(columns, endless)
      await running.said(REWRITE, 3)
      type(running, CTRL_C)
      const { status, stdout } = await running.ended
      const lines = drawn(stdout)
      expect([status, lines.length >= 2]).toEqual([130, true])
      expect(lines.filter((line) => !figures.test(line) || line.replace("^C", "").length >= columns)).toEqual([])
      // Whatever was drawn is gone before the table is printed.
      const [before = "", table] = stdout.split("system ")
      expect([before.endsWith(REWRITE), table?.includes(REWRITE)]).toEqual([true, false])
    }
  )

  test("Ctrl-C typed twice ends at once", async () => {
    const running = terminal(80, ["check", "explains-for-ever", "--config", hostile])
    await running.said(" states")
    type(running, CTRL_C)
    await running.said("Ctrl-C again ends plait at once")
    type(running, CTRL_C)
    const { status, stdout } = await running.ended
    expect([status, stdout.includes("system ")]).toEqual([130, false])
  })

  test.for([
    ["is coloured", { TERM: "xterm" }, true],
    ["is not with NO_COLOR", { TERM: "xterm", NO_COLOR: "1" }, false],
    ["is with NO_COLOR and FORCE_COLOR", { TERM: "xterm", NO_COLOR: "1", FORCE_COLOR: "1" }, true],
    ["is not with FORCE_COLOR=0", { TERM: "xterm", FORCE_COLOR: "0" }, false],
    ["is not where TERM is dumb, and nothing is drawn over", { TERM: "dumb" }, false]
  ] as const)("%s", async ([_what, env, coloured]) => {
    const { status, stdout } = await terminal(80, ["check", "race/leaders=3", "--progress-interval", "0"], env).ended
    expect([status, stdout.includes(GREEN), COLOUR.test(stdout)]).toEqual([0, coloured, coloured])
    const drawsOver = stdout.includes(REWRITE)
    const tellsInLines = /: [\d,]+ states.*\r\n/.test(stdout)
    expect(env.TERM === "dumb" ? [drawsOver, tellsInLines] : "drawn").toEqual(
      env.TERM === "dumb" ? [false, true] : "drawn"
    )
  })

  test.for([
    ["q without Enter", "q", 0],
    ["Ctrl-C", CTRL_C, 130]
  ] as const)("under --watch is cleared for each run; %s ends the watching", async ([_what, key, exitCode]) => {
    const running = terminal(80, ["check", "race/leaders=3", "--watch"])
    await running.said("q quit")
    type(running, "\r")
    await running.said("q quit", 2)
    type(running, key)
    const { status, stdout } = await running.ended
    expect([status, stdout.split(`${ESCAPE}[2J${ESCAPE}[3J${ESCAPE}[H`).length]).toEqual([exitCode, 3])
  })

  test("what goes into a file is not coloured, though progress is drawn on the terminal", async () => {
    const file = join(folder(), "out")
    const running = terminal(80, endless, {}, `> '${file}'`)
    await running.said(REWRITE, 2)
    type(running, CTRL_C)
    const { status } = await running.ended
    const text = readFileSync(file, "utf8")
    expect([status, text.startsWith("system "), text.includes(ESCAPE)]).toEqual([130, true, false])
  })
})
