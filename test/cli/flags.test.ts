/**
 * Every flag that a command accepts changes something that can be seen, through the real command. The table is checked
 * against the commands' own: a flag without a row fails.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { beforeAll, expect, test } from "vitest"
import { type Command, commands } from "../../src/cli/commands.ts"
import { plait } from "./command.ts"
import { flagCases, type Observed, observed, preparation, shownElsewhere } from "./flag-cases.ts"

beforeAll(async () => {
  const { cutting, disprove, drifting, falsify, pinning, pins, unproved, untrue } = preparation
  await plait(pinning)
  writeFileSync(untrue, falsify(readFileSync(pins, "utf8")))
  writeFileSync(unproved, disprove(readFileSync(pins, "utf8")))
  await plait(drifting)
  await plait(cutting)
})

/** Runs without a flag are shared by the rows that have the same words. */
const shared = new Map<string, Promise<Observed>>()

const sharedRun = (words: ReadonlyArray<string>): Promise<Observed> => {
  const key = words.join(" ")
  const known = shared.get(key) ?? observed(words)
  shared.set(key, known)
  return known
}

test("there is a row for each flag of each command, and for nothing else", () => {
  const taken = Object.entries<Command>(commands).flatMap(([name, { flags }]) => flags.map((flag) => `${name} ${flag}`))
  const shown = flagCases.map(({ command, flag }) => `${command} ${flag}`)
  const elsewhere = taken.filter((each) => Object.hasOwn(shownElsewhere, each.split(" ")[1] ?? ""))
  expect([...shown, ...elsewhere].sort()).toEqual([...taken].sort())
})

test.for(Object.entries(shownElsewhere))("--%s is used in %s", ([flag, file]) => {
  expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8").includes(`"--${flag}"`)).toBe(true)
})

test.concurrent.for(flagCases.map((each) => [each.command, each.flag, each] as const))(
  "plait %s --%s changes what is seen",
  async ([_command, _flag, { look, seen, without, with: words }]) => {
    expect(seen[0]).not.toEqual(seen[1])
    const [before, after] = await Promise.all([sharedRun(without), observed(words)])
    expect([look(before), look(after)]).toEqual(seen)
  }
)
