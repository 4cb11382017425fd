/** `node test/tidy/counts.ts [DIRECTORY…]`: counts of the findings by rule and directory, or the findings themselves. */
import { allowed, byDirectory } from "./allowances.ts"
import { tree } from "./tree.ts"

const wanted = process.argv.slice(2)

for (const { statement, rule, allowances } of allowed) {
  console.log(`${statement}:`)
  for (const [directory, found] of byDirectory(rule, tree)) {
    if (wanted.length === 0)
      console.log(`  ${JSON.stringify(directory)}: ${found.length}, allowed: ${allowances[directory] ?? 0}`)
    else if (wanted.includes(directory)) console.log(found.join("\n"))
  }
}
