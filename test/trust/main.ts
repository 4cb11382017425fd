/**
 * `npm run trust`, or `npm run trust -- [--quick | --pinned-mutation] [systems] [seed]`: prints the table, and writes the
 * page unless it was quick. Exit 1 if anything disagrees; what does is printed in words, and a random system as a test to
 * paste. With --pinned-mutation no faults are put into the checker itself, which is most of the time that it takes.
 */
import { writeFileSync } from "node:fs"
import { page } from "./page.ts"
import { runTrust } from "./trust.ts"

const given = process.argv.slice(2)
const quick = given.includes("--quick")
const pinned = "--pinned-mutation"
const [systems = quick ? 100 : 10_000, seed = 1] = given.filter((each) => !each.startsWith("--")).map(Number)

const onProgress = (what: string) => console.error(what)
const { disagreements, table } = await runTrust({
  quick,
  mutation: !quick && !given.includes(pinned),
  systems,
  seed,
  onProgress
})
console.log(table)
for (const disagreement of disagreements) console.error(disagreement)
if (disagreements.length > 0) process.exitCode = 1
else if (!quick)
  writeFileSync(
    new URL("../../docs/evidence.md", import.meta.url),
    page(table, `npm run trust -- ${given.includes(pinned) ? `${pinned} ` : ""}${systems} ${seed}`)
  )
