/**
 * `npm run trust`, or `npm run trust -- [--quick | --mutation] [systems] [seed]`: prints the table, and writes the page
 * when all of it was run. Exit 1 if anything disagrees; what does is printed in words, and a random system as a test to
 * paste. Only with --mutation are faults put into the checker itself.
 */
import { writeFileSync } from "node:fs"
import { page } from "./page.ts"
import { runTrust } from "./trust.ts"

const given = process.argv.slice(2)
const quick = given.includes("--quick")
const [systems = quick ? 100 : 10_000, seed = 1] = given.filter((each) => !each.startsWith("--")).map(Number)

const onProgress = (what: string) => console.error(what)
const { disagreements, table } = await runTrust({
  quick,
  mutation: given.includes("--mutation"),
  systems,
  seed,
  onProgress
})
console.log(table)
for (const disagreement of disagreements) console.error(disagreement)
if (disagreements.length > 0) process.exitCode = 1
else if (!quick)
  writeFileSync(
    new URL("../../docs/why-believe-it.md", import.meta.url),
    page(table, `npm run trust -- ${systems} ${seed}`)
  )
