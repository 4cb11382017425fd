/**
 * `npm run mutation`, or `npm run mutation -- [-u] [--fresh] [filter…]`: faults put into the code by StrykerJS, file by
 * file. Prints each survivor that nobody explained, and the table of scores; exit 1 if there is one, or if a score fell.
 * With -u scores that rose are pinned. With --fresh nothing is taken over from an earlier pass, as it must be after a
 * change to a file that is neither the mutated one nor a judge of it.
 */
import { pin, scoresTable } from "./pins.ts"
import { mutatedFiles } from "./rooms.ts"
import { passOver } from "./run.ts"

const given = process.argv.slice(2)
const filters = given.filter((each) => !each.startsWith("-"))
const files = mutatedFiles().filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
if (files.length === 0) {
  console.error(`no mutated file matches ${filters.join(" ")}`)
  process.exit(2)
}

const { scores, wrong } = await passOver(files, {
  fresh: given.includes("--fresh"),
  onFile: (file, score, said) => {
    for (const each of said) console.log(each)
    if (said.length === 0 && given.includes("-u")) pin(file, score)
    console.error(`${file}: ${score.killed} of ${score.mutants} killed`)
  }
})
console.log(scoresTable(scores))
if (wrong.length > 0) process.exitCode = 1
