/**
 * Code of a model that keeps something from call to call, through the real command: it is named with both of its results,
 * the exit code is 2, and never is it plait's fault.
 */
import { describe, expect, test } from "vitest"
import { folder, plait } from "./command.ts"

const config = new URL("dishonest.config.ts", import.meta.url).pathname

const run = (code: string, ...words: ReadonlyArray<string>) =>
  plait([...words, "--config", config], { env: { DISHONEST: code }, cwd: folder() })

const advice =
  "  Two runs with the same state, input and answers differed. Look for Math.random, Date.now, or variables outside the handler."

const results = {
  handler: ["machine clock, handler Tick", /^ {2}it returned \d+ first, and then \d+$/],
  guard: ["machine clock, guard Tick", /^ {2}It answered (?:true first, and then false|false first, and then true)\.$/],
  initial: ["machine clock, initial state of n0", /^ {2}It was \d+ first, and then \d+\.$/],
  property: ['property "small"', /^ {2}It came to (?:true first, and then to false|false first, and then to true)\.$/]
} as const

const commands = [["check"], ["check", "--check-determinism"], ["verify"], ["simulate"]] as const

const cases = Object.entries(results).flatMap(([code, result]) =>
  commands.map((words) => [`${code}, ${words.join(" ")}`, code, words, result] as const)
)

describe.concurrent("code that counts its calls is named with both results", () => {
  test.for(cases)("%s", async ([, code, words, [where, detail]]) => {
    const { status, stderr, stdout } = await run(code, ...words)
    const lines = stderr.split("\n")
    const place = lines.indexOf(`plait: ticking: ${where} is not deterministic`)
    expect([status, place >= 0]).toEqual([2, true])
    expect(lines[place + 1]).toMatch(detail)
    expect(lines.slice(place)).toContain(advice)
    expect(stderr + stdout).not.toContain("plait's fault")
  })

  test("honest code has its verdict", async () => {
    expect((await run("none", "check", "--check-determinism")).status).toBe(0)
  })
})
