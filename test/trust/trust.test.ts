/**
 * The quick part of `npm run trust`, and that a wrong count is noticed. test/docs checks that the page is fresh.
 */
import { expect, test } from "vitest"
import { compareCount } from "./compare-counts.ts"
import { countsTable } from "./page.ts"
import { publishedCounts } from "./published-counts.ts"
import { runTrust } from "./trust.ts"

test("the small published counts are reproduced and a hundred random systems agree, in 100 columns", async () => {
  const report = await runTrust({ quick: true, mutation: false, systems: 100, seed: 1, onProgress: () => {} })
  expect(report.disagreements).toEqual([])
  const small = publishedCounts.filter(({ slow }) => slow !== true).length
  expect(report.table).toMatch(`${small} of ${small} reproduced`)
  expect(report.table.split("\n").filter((line) => line.length > 100)).toEqual([])
})

test("a figure that is off by one is noticed: 288, 1,146 and 10 are two-phase commit's", async () => {
  const right = {
    caseId: "two-phase-commit/n=3",
    distinct: 288,
    generated: 1146,
    depth: 10,
    source: "TLA+ Examples"
  }
  const judged = async (row: typeof right) => (await compareCount(row)).isSame
  expect(await judged(right)).toBe(true)
  expect(await judged({ ...right, distinct: 289 })).toBe(false)
  expect(await judged({ ...right, generated: 1145 })).toBe(false)
  expect(await judged({ ...right, depth: 11 })).toBe(false)
  const found = await compareCount({ ...right, distinct: 289 })
  expect(countsTable([found])[1]).toMatch(/289 \/ 1,146 \/ 10 .* 288 \/ 1,146 \/ 10 {2}✗$/)
})
