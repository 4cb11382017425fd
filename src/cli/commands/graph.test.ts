/**
 * The state graph of a small case through the real command.
 */
import { spawnSync } from "node:child_process"
import { expect, test } from "vitest"

const main = new URL("../main.ts", import.meta.url).pathname

const plait = (...words: ReadonlyArray<string>) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, "check", ...words], { encoding: "utf8" })
  return { status, stderr, stdout }
}

test("two leaders under causal delivery go one way: five states, one after another", () => {
  const { status, stdout } = plait("race/leaders=2,delivery=causal", "--graph", "dot")
  const edges = stdout.split("\n").filter((line) => line.includes("->"))
  expect([status, edges]).toEqual([
    0,
    [
      '  0 -> 1 [label="n0 is asked to Insert"]',
      '  1 -> 2 [label="n1 receives Inserted from n0"]',
      '  2 -> 3 [label="n1 is asked to Update"]',
      '  3 -> 4 [label="n0 receives Updated from n1"]'
    ]
  ])
})

test.each([
  [["two-phase-commit/n=3", "--graph", "mermaid"], "two-phase-commit/n=3 has more than 200 states: too many to draw"],
  [["race", "--graph", "dot"], "4 cases matched; a graph shows one"],
  [["race/leaders=3", "--graph", "dto"], 'there is no graph format "dto"'],
  [["race/leaders=3", "--graph", "dot", "--json"], "--graph prints a drawing and checks nothing"]
])("%j is refused, and says why", (words, problem) => {
  const { status, stderr, stdout } = plait(...words)
  expect([status, stdout, stderr.split("\n")[0]]).toEqual([2, "", `plait: ${problem}`])
})
