/**
 * `plait report --html` with random walks, through the real command.
 */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"

const main = new URL("../main.ts", import.meta.url).pathname

const report = (...words: ReadonlyArray<string>) => {
  const path = join(mkdtempSync(join(tmpdir(), "plait-")), "report.html")
  const { status, stderr } = spawnSync(process.execPath, [main, "report", "--html", path, ...words], {
    encoding: "utf8"
  })
  return { status, stderr, text: () => readFileSync(path, "utf8") }
}

test("walks through 288 states stand in the page with their seed and share, and no property of theirs holds", () => {
  const { status, text } = report("two-phase-commit/n=3", "--random", "20", "--seed", "7")
  const page = text()
  const labels = [...page.matchAll(/<td><(?:a|span) class="sign [^>]*aria-label="([^"]*)"/g)].map(([, label]) => label)
  expect(labels[0]?.split(",")[0]).toBe("inconclusive: random walks")
  expect([status, /random walks, seed 7</.test(page), / of 288, \d+ %</.test(page)]).toEqual([0, true, true])
})

test.each([
  [["race", "--seed", "7"], "an exhaustive search is not random: --seed needs --random N"],
  [["race", "--random", "5", "--allow-incomplete"], "random walks are never complete"],
  [["race", "--random", "5", "--max-states", "9"], "--random N limits the walks, --max-depth N their steps"]
])("%j is refused, and says why", (words, problem) => {
  const { status, stderr } = report(...words)
  expect([status, stderr.split("\n")[0]]).toEqual([2, `plait: ${problem}`])
})
