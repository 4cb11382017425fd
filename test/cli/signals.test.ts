/**
 * Ctrl-C and termination through the real command: what is known is printed, the verdicts say that the run was stopped,
 * and a second signal ends at once. A signal is sent when the command has said something that shows where it is; nothing
 * waits for a time.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { endless, folder, hostile, start } from "./command.ts"

const progress = ["--progress-interval", "0"]
const stopping = "stopping to print the results so far; Ctrl-C again ends plait at once\n"

interface Document {
  readonly exitCode: number
  readonly cases: ReadonlyArray<{
    readonly complete?: boolean
    readonly stopReason?: string
    readonly interrupted?: boolean
    readonly properties: ReadonlyArray<{ readonly verdict: unknown; readonly why?: string }>
  }>
}

/** Signals a command once its search is under way; what it printed, as a document, and its exit code. */
const stopped = async (words: ReadonlyArray<string>, signal: NodeJS.Signals) => {
  const running = start([...words, ...progress, "--json"])
  await running.said(" states")
  running.child.kill(signal)
  const { status, stdout } = await running.ended
  return { status, document: JSON.parse(stdout) as Document }
}

const signals = [
  ["SIGINT", 130],
  ["SIGTERM", 143]
] as const

describe.concurrent.each(signals)("%s", (signal, exitCode) => {
  test("to check: an interrupted search decides nothing that it did not see", async () => {
    const { document, status } = await stopped(endless, signal)
    const [suiteCase] = document.cases
    expect([status, document.exitCode, suiteCase?.complete, suiteCase?.stopReason]).toEqual([
      exitCode,
      exitCode,
      false,
      "interrupted"
    ])
    expect(suiteCase?.properties.map(({ verdict, why }) => [verdict, why])).toEqual([
      ["inconclusive", "interrupted"],
      ["inconclusive", "interrupted"]
    ])
  })

  test("to verify: cases before it keep their verdicts, nothing is compared, nothing is pinned", async () => {
    const pins = join(folder(), "baseline.json")
    const words = ["verify", "counter", "endless", "--config", hostile, "--baseline", pins, "--verbose"]
    const running = start([...words, ...progress])
    await running.said("2/2 endless/")
    running.child.kill(signal)
    const { status, stdout } = await running.ended
    expect([status, existsSync(pins)]).toEqual([exitCode, false])
    const lines = stdout.split("\n")
    expect(lines.filter((line) => line.includes("a node counts"))).toEqual([
      "    ✓ a node counts to the end: reached in 4"
    ])
    expect(lines.at(-2)?.split(" incomplete, ")[0]).toBe(
      "interrupted in case 2 of 2: 2 of 3 properties as expected, 1 undecided, 1"
    )
  })

  test("to simulate: the walks that were taken are told, and no walk decided what they did not", async () => {
    const { document, status } = await stopped(["simulate", "two-phase-commit/n=8", "--random", "1000000"], signal)
    const [suiteCase] = document.cases
    expect([status, document.exitCode, document.cases.length, suiteCase?.interrupted]).toEqual([
      exitCode,
      exitCode,
      1,
      true
    ])
    expect(suiteCase?.properties.map(({ verdict }) => verdict)).toMatchObject([
      { _tag: "inconclusive", why: "interrupted" },
      { _tag: "inconclusive", why: "interrupted" },
      { _tag: "inconclusive", why: "interrupted" }
    ])
  })
})

describe.concurrent("Ctrl-C again", () => {
  // The property's explanation never comes back: after the first signal nothing but the second can end the command.
  test("ends at once, whatever is going on", async () => {
    const running = start(["check", "explains-for-ever", "--config", hostile, ...progress])
    await running.said(" states")
    running.child.kill("SIGINT")
    await running.said(stopping)
    running.child.kill("SIGINT")
    expect(await running.ended).toMatchObject({ status: null, signal: "SIGINT", stdout: "" })
  })

  // The property's explanation sends the second signal, before anything is printed.
  test.each([
    ["outside of npm ends", {}, [null, "SIGINT", false]],
    ["under npm is taken for npm's echo of the first", { npm_command: "run" }, [130, null, true]]
  ] as const)("at the same moment: %s", async (_what, env, expected) => {
    const running = start(["check", "interrupts-itself", "--config", hostile, ...progress], { env })
    await running.said(" states")
    running.child.kill("SIGINT")
    const { signal, status, stdout } = await running.ended
    expect([status, signal, stdout.includes("It was interrupted while it said this.")]).toEqual(expected)
  })
})
