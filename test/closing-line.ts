/**
 * Closes a run with one plain line, "tests: 12 passed, 0 failed, 0 skipped", that a program can read: the summary for
 * people is coloured and laid out anew with each version of the runner. A run that tested nothing says 0 passed.
 */
import type { Reporter, TestModule, TestCase } from "vitest/node"

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<unknown>) {
    const ended = (state: ReturnType<TestCase["result"]>["state"]) =>
      modules.reduce((count, module) => count + [...module.children.allTests(state)].length, 0)
    // A file that fails before its first test, and an error outside of any test, fail the run too.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length
    console.log(`\ntests: ${ended("passed")} passed, ${ended("failed") + broken} failed, ${ended("skipped")} skipped`)
  }
}
