/**
 * The tests that judge mutants: the quick ones of the rooms that are mutated. Which of them judge which file is said in
 * rooms.ts and handed over by the runner.
 *
 * A worker is shared by the mutants that are switched on while tests run: loading Effect anew is most of the time.
 */
import { BaseSequencer, type TestSpecification } from "vitest/node"
import { defineConfig } from "vitest/config"
import { JUDGES, SHARED } from "./rooms.ts"

const judges = (process.env[JUDGES] ?? "").split(",")

/** The quick files first: a mutant is done with at the first test that fails. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    const rank = ({ moduleId }: TestSpecification) => judges.findIndex((path) => moduleId.endsWith(`/${path}`))
    return files.toSorted((left, right) => rank(left) - rank(right))
  }
}

export default defineConfig({
  test: {
    include: judges,
    setupFiles: ["test/mutation/fixed-seed.ts"],
    testTimeout: 60_000,
    isolate: process.env[SHARED] !== "true",
    fileParallelism: false,
    sequence: { sequencer: QuickestFirst }
  }
})
