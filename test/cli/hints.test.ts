/**
 * What the real command says of a search that does not end, and of what its time went into.
 */
import { expect, test, vi } from "vitest"
import type { CaseResult } from "../../src/suite/CheckCase.ts"
import { plait } from "./command.ts"

vi.setConfig({ testTimeout: 120_000 })

const config = new URL("hints.config.ts", import.meta.url).pathname

const resultOf = async (words: ReadonlyArray<string>): Promise<CaseResult> => {
  const { stdout } = await plait(["check", ...words, "--json"])
  return (JSON.parse(stdout) as { readonly cases: ReadonlyArray<CaseResult> }).cases[0]!
}

test.concurrent.each([
  ["endless-counter", ["--max-states", "200"], "count: 0 … 199", [{ path: "count", of: "value", from: 0, to: 199 }]],
  [
    "endless-tennis",
    ["--max-depth", "41"],
    "n0.state.log: 0 … 20 elements",
    [
      { path: "n0.state.log", of: "elements", from: 0, to: 20 },
      { path: "n1.state.log", of: "elements", from: 0, to: 20 }
    ]
  ]
])("check of %s with %j says that %s", async (model, limit, said, growing) => {
  const words = [model, "--config", config, ...limit]
  const { status, stdout } = await plait(["check", ...words])
  expect([status, stdout.includes(`\n  it grows on the way to the last state:\n    ${said}\n`)]).toEqual([3, true])
  expect((await resultOf(words)).growing).toEqual(growing)
})

test.concurrent("check --json says how often each action ran, and because of which variables", async () => {
  const counter = await resultOf(["endless-counter", "--config", config, "--max-states", "200"])
  // Once in each state that was expanded, the last of 200 not among them.
  const { costs, handlerRuns } = counter
  expect([costs, handlerRuns]).toEqual([
    [{ action: "up", runs: 199, reads: [{ variable: "count", values: 200 }] }],
    199
  ])
  expect((await resultOf(["endless-tennis", "--config", config, "--max-depth", "5"])).costs).toBe(null)
})

test.concurrent("check of a small model says nothing of time or growth", async () => {
  const { stdout } = await plait(["check", "two-phase-commit"])
  expect([stdout.includes("it is slow"), stdout.includes("it grows")]).toEqual([false, false])
})
