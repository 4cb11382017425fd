/**
 * That mutants are put in and judged: the real command over the smallest file with a score of its own. `npm run mutation`
 * takes all of them.
 */
import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { expect, test } from "vitest"
import { pinsOf } from "./pins.ts"

test("every mutant of a small file is judged anew, and as many are killed as are pinned", async () => {
  const file = "src/search/conservation.ts"
  const pins = pinsOf(file)
  const main = join(import.meta.dirname, "main.ts")
  const { stderr } = await promisify(execFile)(process.execPath, [main, "--fresh", file])
  expect(stderr).toBe(`${file}: ${pins?.killed} of ${pins?.mutants} killed\n`)
})
