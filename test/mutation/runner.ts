/**
 * A test runner for StrykerJS that stays in one process: it loads the judges once, with the harness in the place of
 * vitest, and runs them for one mutant after the other, which takes milliseconds where starting vitest takes half a second.
 *
 * A mutant that acts while files are loaded gets a process of its own from Stryker, which is told here that this one
 * cannot load anything anew.
 */
import { registerHooks } from "node:module"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import type { InstrumenterContext } from "@stryker-mutator/api/core"
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin"
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult
} from "@stryker-mutator/api/test-runner"
import fc from "fast-check"
import { type Collected, loadingFrom, tests } from "./harness.ts"
import { JUDGES } from "./rooms.ts"

const harness = new URL("./harness.ts", import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vitest" && context.parentURL !== harness
      ? { url: harness, shortCircuit: true }
      : next(specifier, context)
})

// The judges, and the models that they import, stand in a sandbox, and so does the plait that these mean.
await import(pathToFileURL(resolve("src/cli/self-reference.ts")).href)

// Random tests draw the same cases for every mutant and in every pass, so that a score is a fact of the code and its
// tests and not of the draw. What fails is not shrunk: a mutant is done with then.
fc.configureGlobal({ seed: 1, endOnFailure: true })

type Instrumented = { [Field in keyof InstrumenterContext]: InstrumenterContext[Field] | undefined }

/** What instrumented code looks at. */
const stryker: Instrumented = ((globalThis as { __stryker__?: Instrumented }).__stryker__ ??= {})

class JudgesRunner implements TestRunner {
  private loaded = false

  capabilities() {
    return { reloadEnvironment: false }
  }

  async dryRun(): Promise<DryRunResult> {
    await this.load()
    const results: Array<TestResult> = []
    for (const test of tests()) {
      stryker.currentTestId = test.name
      results.push(await ranOf(test))
    }
    stryker.currentTestId = undefined
    const { mutantCoverage } = stryker
    return {
      status: DryRunStatus.Complete,
      tests: results,
      ...(mutantCoverage === undefined ? {} : { mutantCoverage })
    }
  }

  async mutantRun({
    activeMutant,
    disableBail,
    hitLimit,
    mutantActivation,
    testFilter
  }: MutantRunOptions): Promise<MutantRunResult> {
    stryker.hitCount = 0
    stryker.hitLimit = hitLimit
    if (mutantActivation === "static") stryker.activeMutant = activeMutant.id
    const results: Array<TestResult> = []
    try {
      await this.load()
      stryker.activeMutant = activeMutant.id
      for (const test of tests()) {
        if (testFilter !== undefined && !testFilter.includes(test.name)) continue
        const result = await ranOf(test)
        results.push(result)
        if (result.status === TestStatus.Failed && !disableBail) break
      }
    } catch (thrown) {
      return toMutantRunResult({ status: DryRunStatus.Error, errorMessage: String(thrown) })
    } finally {
      stryker.activeMutant = undefined
    }
    const endless = determineHitLimitReached(stryker.hitCount, hitLimit)
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: results })
  }

  /** Loads the judges from where Stryker has put the mutated files. */
  private async load(): Promise<void> {
    if (this.loaded) return
    this.loaded = true
    for (const judge of (process.env[JUDGES] ?? "").split(",")) {
      const file = resolve(judge)
      loadingFrom(file)
      await import(pathToFileURL(file).href)
    }
  }
}

const ranOf = async ({ file, name, run }: Collected): Promise<TestResult> => {
  const started = performance.now()
  const result = { id: name, name, fileName: file }
  try {
    await run()
    return { ...result, status: TestStatus.Success, timeSpentMs: performance.now() - started }
  } catch (thrown) {
    const timeSpentMs = performance.now() - started
    return { ...result, status: TestStatus.Failed, failureMessage: String(thrown), timeSpentMs }
  }
}

const makeRunner = Object.assign((): TestRunner => new JudgesRunner(), { inject: [] as [] })

/** What Stryker loads. */
export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, "judges", makeRunner)]
