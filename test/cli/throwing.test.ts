/**
 * Properties that throw and Effects that fail, through the real command: each is named with its file and line, and the
 * other case has its result.
 */
import { readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { describe, expect, test } from "vitest"
import { folder, plait } from "./command.ts"

const config = new URL("throwing.config.ts", import.meta.url).pathname

const placeOf = (text: string): string => {
  const [before = ""] = readFileSync(config, "utf8").split(text)
  return `${relative(process.cwd(), config)}:${before.split("\n").length}`
}

const run = (part: string, command: string) =>
  plait([command, "--config", config, "--baseline", join(folder(), "pins.json"), "--progress-interval", "100000"], {
    env: { THROWING: part }
  })

const commands = ["check", "verify", "simulate"] as const

const ofAll = <A>(cases: ReadonlyArray<A>) =>
  cases.flatMap((each) => commands.map((command) => [command, each] as const))

describe.concurrent("what throws or fails is named with its line", () => {
  test.for(
    ofAll([
      ["invariant", "of an invariant"],
      ["premise", "of a premise"],
      ["step", "of a step invariant"],
      ["reachable", "of a situation"],
      ["refinement", "of a mapping"],
      ["node", "of every node"]
    ] as const)
  )("%s: a property that throws, %s", async ([command, [part, text]]) => {
    const { status, stderr, stdout } = await run(part, command)
    expect([status, stderr]).toEqual([1, expect.not.stringContaining("plait:")])
    expect(stdout).toContain(`RangeError: ${text} (thrown at ${placeOf(`"${text}"`)})`)
  })

  test.for(commands)("%s: a property that throws what is no error, where it is declared", async (command) => {
    const { stdout } = await run("no error", command)
    const place = placeOf('(): boolean => {\n        throw "a text"')
    expect(stdout).toContain(`a text (thrown by the property declared at ${place})`)
  })

  test.for(
    ofAll([
      ["ends", "of the ends"],
      ["observer", "of an observer"],
      ["tagged", "new Unreadable({ value: amount })"],
      ["defect", "of a defect"],
      ["failing action", "new Unreadable({ value: count })"]
    ] as const)
  )("%s: code of a model that throws or fails, %s", async ([command, [part, source]]) => {
    const { status, stderr, stdout } = await run(part, command)
    expect([status, stderr.split("\n")]).toEqual([2, expect.arrayContaining([`  thrown at ${placeOf(source)}`])])
    expect(stdout).toContain(part === "failing action" || part === "ends" ? "adding" : "counter")
  })

  test.for(
    ofAll([
      ["text that fails", "Add: (state"],
      ["text that dies", "Add: (state"],
      ["text that is thrown", "Add: (state"],
      ["action whose text fails", "Effect.gen(function* () {"],
      ["action whose text dies", "Effect.gen(function* () {"],
      ["action whose text is thrown", "Effect.gen(function* () {"],
      ["no error for sums", "observe: (sum)"],
      ["no error for ends", "when: (): boolean"]
    ] as const)
  )(
    "%s: what throws or fails without a line of its own, where it is declared, %s",
    async ([command, [part, source]]) => {
      const { status, stderr, stdout } = await run(part, command)
      expect([status, stderr.split("\n")]).toEqual([2, expect.arrayContaining([`  declared at ${placeOf(source)}`])])
      expect(stdout).toContain(part.startsWith("action") || part.endsWith("ends") ? "adding" : "counter")
    }
  )
})
