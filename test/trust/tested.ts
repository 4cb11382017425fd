/**
 * Tests that argue for the checker by themselves and are run as they are, for a line each in the table of `npm run trust`.
 */
import { startVitest } from "vitest/node"
import type { TrustLine } from "./page.ts"

const tests: ReadonlyArray<{ readonly what: string; readonly file: string }> = [
  { what: "testers of histories, all orders", file: "properties/history/testers.test.ts" },
  { what: "ways in which checkers have lied", file: "test/trust/lies.test.ts" },
  { what: "faults the second explorer finds", file: "test/trust/oracle.test.ts" }
]

/** The lines when the tests are not run. */
export const untested: ReadonlyArray<TrustLine> = tests.map(({ what }) => ({ what, found: "part of npm test" }))

/** Runs the tests; the line of each file, and the names of those that failed. */
export const tested = async (): Promise<{
  readonly lines: ReadonlyArray<TrustLine>
  readonly disagreements: ReadonlyArray<string>
}> => {
  const vitest = await startVitest(
    "test",
    tests.map(({ file }) => file),
    { watch: false, reporters: [] }
  )
  const results = tests.map(({ file, what }) => {
    const modules = vitest.state.getTestModules().filter(({ moduleId }) => moduleId.endsWith(file))
    const all = modules.flatMap(({ children }) => [...children.allTests()])
    const failed = all.filter((test) => test.result().state !== "passed")
    const line = {
      what,
      found: `${all.length - failed.length} of ${all.length} tests pass`,
      isAsExpected: all.length > 0 && failed.length === 0
    }
    return { line, failed: failed.map(({ fullName }) => `${file}: ${fullName}`) }
  })
  await vitest.close()
  return { lines: results.map(({ line }) => line), disagreements: results.flatMap(({ failed }) => failed) }
}
