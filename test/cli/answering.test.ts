/**
 * Code that answers with what is neither true nor false, or with more than what it is shown, at each place where code of a
 * model answers, through the real command: each is refused by name, the exit code is 2, and none has a verdict.
 */
import { join } from "node:path"
import { expect, test } from "vitest"
import { answers, dishonest, places } from "../answering.ts"
import { folder, plait } from "./command.ts"

const config = new URL("answering.config.ts", import.meta.url).pathname

const run = async (kind: string, command: string, ...filters: ReadonlyArray<string>) => {
  const cwd = folder()
  const words = [command, ...filters, "--config", config, "--baseline", join(cwd, "pins.json")]
  const { status, stderr, stdout } = await plait(words, { cwd, env: { ANSWERING: kind } })
  const blocks = stderr.split(/^(?=plait: )/m).map((block) => block.split("\n"))
  /** The first two lines that are said of a case; nothing where it was not refused. */
  const refusalOf = (name: string): ReadonlyArray<string> =>
    blocks.find((lines) => lines.includes(`  while ${name} was checked`))?.slice(0, 2) ?? []
  return { status, stderr, stdout, refusalOf }
}

const isJudged = (command: string, place: string): boolean => command !== "simulate" || places[place]?.isOfRuns !== true

const commands = ["check", "verify", "simulate"]

test.for(commands)("%s refuses each answer that is neither true nor false, at each place", async (command) => {
  const { refusalOf, status, stderr } = await run("answers", command)
  const expected: Record<string, unknown> = {}
  const found: Record<string, unknown> = {}
  for (const [place, { came = "It returned", where }] of Object.entries(places)) {
    for (const [answer, [, said]] of Object.entries(answers)) {
      const name = `${place}.${answer}`
      const [first = "", second = ""] = refusalOf(name)
      found[name] = [first.replace(/^plait: (?:gauge|counter): /, ""), second.trim()]
      expected[name] = isJudged(command, place)
        ? [`${where} returned neither true nor false`, `${came} ${said}, not true or false.`]
        : ["", ""]
    }
  }
  expect(found).toEqual(expected)
  expect([status, stderr.includes("plait's fault")]).toEqual([2, false])
})

test.for(commands)("%s refuses code that keeps something, or reads something else, at each place", async (command) => {
  const { refusalOf, status, stderr } = await run("dishonest", command, "--max-depth", "50")
  const found: Record<string, unknown> = {}
  const expected: Record<string, unknown> = {}
  for (const [place, { unnoticed = [], where }] of Object.entries(places)) {
    for (const way of Object.keys(dishonest)) {
      const name = `${place}.${way}`
      found[name] = (refusalOf(name)[0] ?? "").replace(/^plait: (?:gauge|counter): /, "")
      const isNoticed = isJudged(command, place) && !unnoticed.includes(way)
      expected[name] = isNoticed ? `${where} is not deterministic` : ""
    }
  }
  expect(found).toEqual(expected)
  expect([status, stderr.includes("plait's fault")]).toEqual([2, false])
})

test.for(commands)("%s of one such case alone is exit 2, without a verdict", async (command) => {
  const { status, stdout } = await run("answers", command, "premise.undefined", "--json")
  expect([status, (JSON.parse(stdout) as { readonly cases: unknown }).cases]).toEqual([2, []])
})
