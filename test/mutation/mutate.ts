/**
 * Runs StrykerJS over one file: every mutant of it, judged by the file's tests.
 *
 * A mutant that never ends is stopped by Stryker's count of executed mutants, and only where nothing is counted by the
 * clock. TypeScript 7 has no programming interface, so Stryker must neither look for a tsconfig nor check types.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Stryker } from "@stryker-mutator/core"
import { JUDGES, judgesOf, SHARED } from "./rooms.ts"
import { asWritten, type Judged } from "./survivors.ts"

const root = join(import.meta.dirname, "..", "..")
const place = ".plait/mutation"

const options = (file: string) => ({
  mutate: [file],
  testRunner: "vitest",
  vitest: { configFile: "test/mutation/vitest.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  coverageAnalysis: "perTest" as const,
  incremental: true,
  incrementalFile: `${place}/${file.replaceAll("/", "-")}.json`,
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

// Told in the environment, not by Stryker's option testFiles: given that, Stryker 10.1 switches mutants of constants on
// only when the file that they are in has been loaded.
const pass = async (file: string, shared: boolean, force: boolean) => {
  process.env[JUDGES] = judgesOf(file).join()
  process.env[SHARED] = String(shared)
  return new Stryker({ ...options(file), force, ignoreStatic: shared }).runMutationTest()
}

/**
 * Every mutant of a file with what became of it; `fresh` forgets what an earlier pass found.
 *
 * First those that are switched on while tests run, many to a worker; then, the outcome of those being known, those that
 * act when the file is loaded, as constants and arrow functions do, each in a worker of its own.
 */
export const mutantsOf = async (file: string, fresh: boolean): Promise<ReadonlyArray<Judged>> => {
  const switched = await pass(file, true, fresh)
  const results = switched.some(({ status }) => status === "Ignored") ? await pass(file, false, false) : switched
  const text = readFileSync(join(root, file), "utf8")
  return results.map(({ location, replacement, status }) => ({
    ...asWritten(text, location, replacement),
    line: location.start.line,
    status
  }))
}
