/**
 * `plait mutate` through the real command: its output, its pins, and exit code 1 for a property that detects fewer
 * mutants.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"

const command = new URL("../main.ts", import.meta.url).pathname
const suiteCase = "grow-only-set/replicas=2,operations=2"

/** In a folder of its own, so that the pins of the repository stay as they are. */
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), "plait-"))
  const words = ["mutate", suiteCase, "--baseline", join(path, "baseline.json")]
  const run = (...more: ReadonlyArray<string>) => {
    const { CI: _, ...own } = process.env
    return spawnSync(process.execPath, [command, ...words, ...more], { encoding: "utf8", env: own })
  }
  return { pins: join(path, "mutants.json"), run }
}

test("four of the five mutants of a set are noticed, and a second copy of a message is not: exit 0, nothing pinned", () => {
  const { pins, run } = folder()
  const { status, stdout } = run()
  const lines = stdout.trimEnd().split("\n")
  expect([status, lines.at(-1)]).toEqual([0, "1 case: 4 of 5 (80%) mutants killed, 0 of 1 properties never falsified"])
  expect(lines.filter((line) => line.startsWith("  ✗"))).toEqual(["  ✗ Add sends Added twice: survived"])
  expect(existsSync(pins)).toBe(false)
})

test("--json prints one document with the score, every mutant's fate, and the mutants that each property detects", () => {
  const { status, stdout } = folder().run("--json")
  const { cases, ...rest } = JSON.parse(stdout) as {
    readonly cases: ReadonlyArray<{
      readonly id: string
      readonly mutants: ReadonlyArray<{ readonly fate: string }>
      readonly properties: ReadonlyArray<{ readonly name: string; readonly kills: number; readonly silenced: number }>
    }>
  }
  expect([status, rest]).toEqual([0, { schema: "plait/mutate@2", exitCode: 0, drift: [], score: { killed: 4, of: 5 } }])
  expect(cases.map(({ id }) => id)).toEqual([suiteCase])
  expect(cases[0]?.mutants.map(({ fate }) => fate).sort()).toEqual(["killed", "killed", "killed", "killed", "survived"])
  expect(cases[0]?.properties.map(({ kills, name, silenced }) => [name, kills, silenced])).toEqual([
    ["replicas converge", 3, 1]
  ])
})

test("-u pins; a mutant that was killed and survives now is exit 1, and -u accepts it", () => {
  const { pins, run } = folder()
  expect(run("-u").status).toBe(0)
  const pinned = readFileSync(pins, "utf8")
  expect([run().status, pinned.includes('"score": "4 of 5"')]).toEqual([0, true])
  writeFileSync(pins, pinned.replace('"killed":4', '"killed":5').replace('"Add sends Added twice"', ""))
  const drifted = run()
  const said = drifted.stdout.split("\n").filter((line) => line.startsWith(`  ${suiteCase}: `))
  expect([drifted.status, said]).toEqual([
    1,
    [`  ${suiteCase}: killed 5 → 4`, `  ${suiteCase}: “Add sends Added twice”: survived now`]
  ])
  expect(run("-u").status).toBe(0)
  expect(readFileSync(pins, "utf8")).toBe(pinned)
})

test("a filter that matches nothing is exit 2", () => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [command, "mutate", "no-such-model"], {
    encoding: "utf8"
  })
  expect([status, stdout, stderr.includes("plait list")]).toEqual([2, "", true])
})
