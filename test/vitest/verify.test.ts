/**
 * plait's vitest integration as its users see it: a vitest of its own runs the fixtures beside this file, and what it
 * prints, all of it, is kept in files that people can read. `vitest run test/vitest -u` accepts what is printed now.
 */
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { answers, dishonest, places } from "../answering.ts"
import { explore, Machine, Property, System, Topology } from "../../src/index.ts"
import { toBeViolated } from "../../src/vitest/matchers.ts"
import { verify } from "../../src/vitest/index.ts"

const root = new URL("../..", import.meta.url).pathname
const config = "test/vitest/vitest.config.ts"

/** What vitest prints, without durations and what follows from them, and without the lines of plait itself. */
const printed = (fixture: string, ...flags: ReadonlyArray<string>) => {
  const { FORCE_COLOR: _, ...environment } = process.env
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--config", config, fixture, ...flags],
    { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26, env: { ...environment, NO_COLOR: "1", COLUMNS: "120" } }
  )
  const [tests = "", counts = ""] = (stdout.split("   Start at ")[0] ?? "").split(/(?=^ Test Files)/m)
  const text = `${tests}${stderr}\n${counts}`
    .replace(/^ RUN .*$/m, " RUN")
    .replace(/ +\d+ms$/gm, "")
    .replace(/^ ❯ .*\bsrc\/(?:engine|search)\/.*\n/gm, "")
  return { status, text: text.replace(/\n{3,}/g, "\n\n").trim() }
}

test("what is not as expected fails with its trace, its reason and a line to replay", async () => {
  const { status, text } = printed("race.fixture")
  expect(status).toBe(1)
  await expect(`${text}\n`).toMatchFileSnapshot("race.output.txt")
})

test("what is as expected passes", () => {
  const { status, text } = printed("pass.fixture")
  expect(status).toBe(0)
  expect(
    text
      .split("\n")
      .slice(-2)
      .map((line) => line.trim())
  ).toEqual(["Test Files  1 passed (1)", "Tests  9 passed (9)"])
})

test("where vitest ends the run, the search ends with it, its test does not pass, and how far it came is told", () => {
  const { status, text } = printed("stopped.fixture", "--bail", "1")
  const lines = text.split("\n").map((line) => line.trim())
  const told = lines
    .find((line) => line.startsWith("↓ a property of every state"))
    ?.replace(/ \d+ms|[\d,]+ states, depth \d+/g, (found) => (found.endsWith("ms") ? "" : "N"))
  expect([status, told]).toEqual([
    1,
    "↓ a property of every state [The test run was aborted by the user. grow-only-set was not explored to its end: N.]"
  ])
  expect(lines.filter((line) => line.startsWith("afterAll"))).toEqual(["afterAll: 0 states asked about after the end"])
  expect(lines.slice(-2)).toEqual(["Test Files  1 failed (1)", "Tests  1 failed | 2 skipped (3)"])
})

test("a property that throws fails its test with the line", () => {
  const { status, text } = printed("throwing.fixture")
  const source = readFileSync(new URL("throwing.fixture.ts", import.meta.url), "utf8")
  expect(status).toBe(1)
  for (const [property, thrown] of [
    ["readable", "of an invariant"],
    ["steady", "of a step invariant"],
    ["conditional", "of a premise"]
  ]) {
    const line = source.split(`"${thrown}"`)[0]?.split("\n").length
    expect(text.includes(`${property}: the property threw RangeError: ${thrown}`)).toBe(true)
    expect(text).toMatch(
      new RegExp(`Caused by: RangeError: ${thrown}\\n(?:.*\\n)*? ❯ .*throwing\\.fixture\\.ts:${line}:`)
    )
  }
  const line = source.split('"of an observer"')[0]?.split("\n").length
  expect(text.includes('adding: observer "sums" threw')).toBe(true)
  expect(text).toMatch(
    new RegExp(`Caused by: RangeError: of an observer\\n(?:.*\\n)*? ❯ .*throwing\\.fixture\\.ts:${line}:`)
  )
})

test("code that counts its calls fails each test with its name and both results", () => {
  const { status, text } = printed("dishonest.fixture")
  const lines = text.split("\n").map((line) => line.trim())
  const told = (line: string) => lines.filter((each) => each.includes(line)).length
  expect([status, lines.at(-1)]).toEqual([1, "Tests  6 failed (6)"])
  for (const where of ["handler Tick", "guard Tick", "initial state of n0"]) {
    expect(told(`ticking: machine clock, ${where} is not deterministic`)).toBeGreaterThan(0)
  }
  expect(told("it returned 1 first, and then 11")).toBeGreaterThan(0)
  expect(told("It answered true first, and then false.")).toBeGreaterThan(0)
  expect(told("It was 0 first, and then 1.")).toBeGreaterThan(0)
  expect(text).not.toContain("plait's fault")
})

test("an answer that is neither true nor false, or not of what is shown, fails each test and is named with its place", () => {
  const { status, text } = printed("answering.fixture")
  const neither = Object.keys(answers)
  for (const [place, { unnoticed = [], where }] of Object.entries(places)) {
    const said = (way: string, offence: string) => [way, text.includes(`${place}.${way}: ${where} ${offence}`)]
    const ways = Object.keys(dishonest).filter((way) => !unnoticed.includes(way))
    expect(neither.map((answer) => said(answer, "returned neither true nor false"))).toEqual(
      neither.map((answer) => [answer, true])
    )
    expect(ways.map((way) => said(way, "is not deterministic"))).toEqual(ways.map((way) => [way, true]))
  }
  const noticed = Object.values(places).flatMap(({ unnoticed = [] }) =>
    Object.keys(dishonest).filter((way) => !unnoticed.includes(way))
  )
  const tests = 2 * (Object.keys(places).length * neither.length + noticed.length)
  expect([status, text.split("\n").at(-1)?.trim()]).toEqual([1, `Tests  ${tests} failed (${tests})`])
  expect(text).not.toContain("plait's fault")
})

test("what a limit leaves undecided fails, is skipped where that is allowed, and never passes", () => {
  const { status, text } = printed("undecided.fixture", "--reporter", "verbose")
  const lines = text.split("\n").map((line) => line.trim())
  expect([status, lines.at(-1)]).toEqual([1, "Tests  5 failed | 2 skipped (7)"])
  const skipped = lines.filter((line) => line.startsWith("↓"))
  expect([skipped.length, skipped.every((line) => line.endsWith("[not decided: state limit]"))]).toEqual([2, true])
})

const idle = Machine.make("idle", { state: Schema.Null, initial: () => null }).handlers({})
const system = System.make("idle", { machine: idle, topology: Topology.allToAll(1) })
const property = Property.invariant<unknown>("a property", { holds: () => true })

test("a suite that would test nothing, or something else than it says, is refused where it is declared", () => {
  expect(() => verify(system, [])).toThrow("verify: no property is claimed of idle")
  expect(() => verify(system, [property, property])).toThrow("verify: two properties of idle are named “a property”")
  expect(() => verify(system, [property], { expected: { "a property": "violatd" as never } })).toThrow(
    'verify: the verdict expected of “a property” is "violatd", but it takes one of "holds", "violated"'
  )
  expect(() => verify(system, [property], { expected: { "a property": "inconclusive" } })).toThrow(
    "verify: “a property” cannot be expected to be undecided; allowIncomplete: true skips"
  )
  expect(() => verify(system, [property], { limits: { states: -1 } })).toThrow("verify: limits.states is -1")
  expect(() => verify(system, [property], { expected: { "a clam": "violated" } })).toThrow(
    "verify: a verdict is expected of “a clam”, but the properties of idle are “a property”"
  )
})

test("a violation whose explanation throws passes nowhere, expected or not, and shows its trace", async () => {
  const explain = (): string => {
    throw new RangeError("no words")
  }
  const broken = Property.invariant<unknown>("broken", { holds: () => false, explain })
  const found = await Effect.runPromise(explore(system, [broken]))
  const { message, pass } = toBeViolated(found, { steps: 0 })
  expect([pass, message().split("\n")[3]]).toEqual([false, "  why: The explanation threw RangeError: no words."])
})
