/**
 * Runs StrykerJS over one file: every mutant of it, judged by the file's tests.
 *
 * A mutant that never ends is stopped by Stryker's count of executed mutants, and only where nothing is counted by the
 * clock. TypeScript 7 has no programming interface, so Stryker must neither look for a tsconfig nor check types.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Stryker } from "@stryker-mutator/core"
import { JUDGES, judgesOf } from "./rooms.ts"
import { asWritten, type Judged } from "./survivors.ts"

const root = join(import.meta.dirname, "..", "..")
const place = ".plait/mutation"

const options = (file: string, fresh: boolean) => ({
  mutate: [file],
  testRunner: "judges",
  plugins: [join(import.meta.dirname, "runner.ts")],
  coverageAnalysis: "perTest" as const,
  incremental: true,
  incrementalFile: `${place}/${file.replaceAll("/", "-")}.json`,
  force: fresh,
  tempDirName: `${place}/sandbox`,
  ignorePatterns: ["docs", "examples", "dist", "coverage", "reports/coverage", ".plait"],
  tsconfigFile: "none",
  disableTypeChecks: false,
  concurrency: 2,
  timeoutMS: 20_000,
  timeoutFactor: 3,
  reporters: [],
  // An enumeration of a package that is not ours to depend on; its values are these words.
  logLevel: "error" as never,
  warnings: false
})

/** Every mutant of a file with what became of it; `fresh` forgets what an earlier pass found. */
export const mutantsOf = async (file: string, fresh: boolean): Promise<ReadonlyArray<Judged>> => {
  // Told in the environment, not by Stryker's option testFiles: given that, Stryker 10.1 switches mutants of constants on
  // only when the file that they are in has been loaded.
  process.env[JUDGES] = judgesOf(file).join()
  const results = await new Stryker(options(file, fresh)).runMutationTest()
  const text = readFileSync(join(root, file), "utf8")
  return results.map(({ location, replacement, status }) => ({
    ...asWritten(text, location, replacement),
    line: location.start.line,
    status
  }))
}
