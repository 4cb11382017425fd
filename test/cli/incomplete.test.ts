/**
 * A search that a limit ended, through the real command: its properties are undecided, and no output and no exit code
 * takes them for what was expected.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test, vi } from "vitest"
import type { RunReport } from "../../src/suite/RunReport.ts"
import { folder, plait, start } from "./command.ts"

vi.setConfig({ testTimeout: 120_000 })

const config = new URL("small.config.ts", import.meta.url).pathname
const suiteCase = "small/most=3"
const limited = [suiteCase, "--config", config, "--max-states", "2"]

interface Document {
  readonly exitCode: number
  readonly cases: ReadonlyArray<{
    readonly properties: ReadonlyArray<{ readonly verdict: unknown; readonly expected?: string }>
  }>
}

/** Pins of the case, as they were found, changed by a text's edit. */
const pinned = async (edit: (text: string) => string = (text) => text): Promise<string> => {
  const path = join(folder(), "pins.json")
  await plait(["check", suiteCase, "--config", config, "-u", "--baseline", path])
  writeFileSync(path, edit(readFileSync(path, "utf8")))
  return path
}

/** The pins of an incomplete search of which nothing was decided. */
const undecidedPins = (): Promise<string> =>
  pinned((text) =>
    text.replaceAll('"complete":true', '"complete":false').replaceAll(/"(?:holds|reached in \d+)"/g, '"inconclusive"')
  )

describe.concurrent("the exit code", () => {
  test.each(["check", "verify"])("of %s is 3, and 0 where that is allowed", async (command) => {
    const baseline = await undecidedPins()
    const words = [command, ...limited, "--baseline", baseline]
    expect((await plait(words)).status).toBe(3)
    expect((await plait([...words, "--allow-incomplete"])).status).toBe(0)
  })

  test("of a lost proof is that of drift, allowed or not", async () => {
    const words = ["verify", ...limited, "--baseline", await pinned()]
    expect((await plait(words)).status).toBe(1)
    const allowed = await plait([...words, "--allow-incomplete"])
    expect([allowed.status, allowed.stdout.includes(`${suiteCase}: lost completeness (state limit)`)]).toEqual([
      1,
      true
    ])
  })

  test("of a violation beside a limit is that of the violation", async () => {
    const words = ["check", "two-phase-commit-forgetful", "--max-depth", "8", "--baseline", join(folder(), "none.json")]
    const { status, stdout } = await plait(words)
    expect([status, stdout.includes("incomplete: depth limit")]).toEqual([1, true])
    expect((await plait([...words, "--allow-incomplete"])).status).toBe(1)
    expect((await plait([...words, "--bail"])).status).toBe(1)
  })

  test("of a limit behind an expected violation is 3, though that was decided", async () => {
    const words = ["check", "two-phase-commit-forgetful", "--max-depth", "8"]
    expect((await plait(words)).status).toBe(3)
  })

  test("of what cannot be accepted is 3: nothing of it is pinned", async () => {
    const path = join(folder(), "new.json")
    const { status, stderr } = await plait(["check", ...limited, "-u", "--baseline", path])
    expect([status, stderr.includes(`${suiteCase} is not pinned: state limit`)]).toEqual([3, true])
  })

  test("of the matrix and of a report is 3, of random walks 0", async () => {
    const cwd = folder()
    expect((await plait(["matrix", ...limited], { cwd })).status).toBe(3)
    expect((await plait(["report", ...limited, "--html", "page.html"], { cwd })).status).toBe(3)
    const walks = ["report", suiteCase, "--config", config, "--html", "page.html", "--random", "3"]
    expect((await plait(walks, { cwd })).status).toBe(0)
    const walked = await plait(["simulate", suiteCase, "--config", config], { cwd })
    expect([walked.status, walked.stdout.includes("as expected")]).toEqual([0, false])
  })
})

describe.concurrent("the text", () => {
  test("counts no undecided property as expected, and says how to go on", async () => {
    const { stdout } = await plait(["verify", ...limited, "--baseline", await undecidedPins(), "--no-cache"])
    const lines = stdout.trimEnd().split("\n")
    const row = lines.find((line) => line.startsWith("small"))
    const total = Number(/0\/(\d+)$/.exec(row ?? "")?.[1])
    expect(total).toBeGreaterThanOrEqual(2)
    expect(lines.at(-1)?.split(", no drift")[0]).toBe(
      `1 case: 0 of ${total} properties as expected, ${total} undecided, 1 incomplete`
    )
    expect(lines.at(-3)).toBe(
      "not explored to the end, so nothing is proved: 1 case; raise the limit, or accept this with --allow-incomplete (otherwise exit code 3)"
    )
  })

  test("counts the same where an incomplete search is allowed", async () => {
    const words = ["verify", ...limited, "--baseline", await undecidedPins(), "--allow-incomplete"]
    const { stdout } = await plait(words)
    expect(/: 0 of (\d+) properties as expected, \1 undecided, 1 incomplete, no drift/.test(stdout)).toBe(true)
  })
})

test("in JSON nothing undecided equals what is expected of it, not even where the baseline pins it", async () => {
  const words = [...limited, "--json", "--baseline"]
  for (const baseline of [await undecidedPins(), await pinned(), join(folder(), "none.json")]) {
    const { exitCode, cases } = JSON.parse((await plait(["check", ...words, baseline])).stdout) as Document
    const properties = cases.flatMap((each) => each.properties)
    expect([exitCode, properties.every(({ verdict }) => verdict === "inconclusive")]).toEqual([3, true])
    expect(properties.filter(({ expected, verdict }) => expected === verdict || expected === undefined)).toEqual([])
  }
})

describe("the reports of an incomplete run, and of the merged one", async () => {
  const out = folder()
  const formats = ["junit", "sarif", "github-summary", "gitlab", "coverage", "github"]
  const reporters = (part: string) => formats.flatMap((name) => ["--reporter", `${name}=${out}/${part}-${name}`])
  const data = join(out, "run.json")
  await plait(["check", ...limited, ...reporters("run"), "--reporter", `data=${data}`])
  const merged = await plait(["merge-reports", data, ...reporters("merged")])
  const total = (JSON.parse(readFileSync(data, "utf8")) as RunReport).cases[0]!.result.properties.length
  const read = (part: string, name: string): string => readFileSync(join(out, `${part}-${name}`), "utf8")

  test("merging exits 3, and its table expects nothing of what is undecided", () => {
    expect([merged.status, merged.stdout.includes(`0/${total}`)]).toEqual([3, true])
  })

  describe.each(["run", "merged"])("%s", (part) => {
    test("JUnit skips each undecided property, and its totals say so", () => {
      const totals = `tests="${total}" failures="0" errors="0" skipped="${total}"`
      expect(read(part, "junit").split(totals).length).toBe(3)
      expect(read(part, "junit").split('<skipped message="not decided: state limit"/>').length).toBe(total + 1)
    })
    test("SARIF has an open result for each", () => {
      const { runs } = JSON.parse(read(part, "sarif")) as {
        runs: [{ results: ReadonlyArray<Record<string, unknown>> }]
      }
      expect(runs[0].results.map(({ kind, level }) => [kind, level])).toEqual(
        Array.from({ length: total }, () => ["open", "none"])
      )
    })
    test("GitHub's summary has no tick, and its annotations are warnings", () => {
      expect(read(part, "github-summary").split("\n")[0]).toBe(`## ◐ plait: 0 of ${total} properties as expected`)
      const lines = read(part, "github").trimEnd().split("\n")
      expect([lines.length, lines.every((line) => line.startsWith("::warning "))]).toEqual([total, true])
    })
    test("GitLab has an issue for each", () => {
      const issues = JSON.parse(read(part, "gitlab")) as ReadonlyArray<{ readonly severity: string }>
      expect(issues.map(({ severity }) => severity)).toEqual(Array.from({ length: total }, () => "major"))
    })
    test("coverage says that what is not covered is so up to the limit", () => {
      expect(read(part, "coverage").includes("    incomplete: state limit; ")).toBe(true)
    })
  })
})

test("in the HTML report nothing undecided is proved or calm", async () => {
  const cwd = folder()
  await plait(["report", ...limited, "--html", "page.html", "--baseline", await undecidedPins()], { cwd })
  const page = readFileSync(join(cwd, "page.html"), "utf8")
  expect(/<b>0<\/b>proved in bounds/.test(page)).toBe(true)
  expect(/<b>0<\/b>not decided: a limit ran out/.test(page)).toBe(false)
  expect([page.includes("properties came out as"), page.includes("not decided: state limit")]).toEqual([false, true])
})

test("an undecided case is among those that failed last, and no more where it was explored to its end", async () => {
  const cwd = folder()
  mkdirSync(join(cwd, ".plait"))
  await plait(["check", ...limited, "--allow-incomplete"], { cwd })
  const failed = (): unknown =>
    (JSON.parse(readFileSync(join(cwd, ".plait/last-run.json"), "utf8")) as { failed: unknown }).failed
  expect(failed()).toEqual([suiteCase])
  await plait(["check", suiteCase, "--config", config], { cwd })
  expect(failed()).toEqual([])
})

test("Ctrl-C keeps its exit code, whatever is allowed", async () => {
  const words = ["check", "grow-only-set", "--set", "replicas=4", "--set", "operations=9", "--progress-interval", "0"]
  const running = start([...words, "--allow-incomplete"])
  await running.said(" states")
  running.child.kill("SIGINT")
  const { status, stdout } = await running.ended
  expect([status, / 0 of \d+ properties as expected, \d+ undecided, 1 incomplete/.test(stdout)]).toEqual([130, true])
})
