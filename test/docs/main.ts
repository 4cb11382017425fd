/**
 * `npm run docs` writes the documents anew: output and code in blocks, contents, the API reference, and the part of
 * docs/evidence.md that follows from data. It runs only the commands whose inputs changed. `npm run docs -- --all` runs
 * all of them, and installs the package for the block of `plait init`.
 */
import { spawnSync } from "node:child_process"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Outputs } from "./outputs.ts"
import { pages, textOf } from "./pages.ts"
import { freshPage } from "./fresh-page.ts"

const root = join(import.meta.dirname, "..", "..")
const all = process.argv.includes("--all")
const outputs = new Outputs({ fresh: all })

try {
  for (const page of pages) {
    const text = textOf(page)
    const fresh = freshPage(page, text, outputs.of)
    if (fresh === text) continue
    writeFileSync(join(root, page), fresh)
    console.log(`wrote ${page}`)
  }
} finally {
  outputs.keep()
}
console.log(`${pages.length} pages are up to date; ${outputs.runs} commands run`)
if (all) {
  const { status } = spawnSync("npx", ["vitest", "run", "test/package.test.ts"], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, DOCS_UPDATE: "1" }
  })
  process.exitCode = status ?? 1
}
