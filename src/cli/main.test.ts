/**
 * The command line through the real command: its answers, its refusals of wrong input, and the ways to stop it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { folder, plait } from "../../test/cli/command.ts"

const json = async (words: ReadonlyArray<string>) => {
  const { status, stdout } = await plait([...words, "--json"])
  return { status, document: JSON.parse(stdout) as { exitCode: number; schema: string; cases: ReadonlyArray<Case> } }
}

interface Case {
  readonly id: string
  readonly complete: boolean
  readonly stopReason: string | null
  readonly distinct: number
  readonly generated: number
  readonly transitions: number
  readonly depth: number
  readonly properties: ReadonlyArray<{
    readonly verdict: string
    readonly expected: string
    readonly counterexample: { readonly length: number; readonly replay: string; readonly itf: string | null } | null
  }>
}

describe.concurrent("check --json", () => {
  test("five additions at three replicas have (1 + 2^2)^5 = 3,125 states", async () => {
    const { document, status } = await json(["check", "grow-only-set", "--set", "replicas=3", "--set", "operations=5"])
    expect(status).toBe(0)
    expect(document.schema).toBe("plait/check@2")
    expect(document.cases.map(({ distinct, id }) => [id, distinct])).toEqual([
      ["grow-only-set/replicas=3,operations=5", 3125]
    ])
  })

  test("two-phase commit of three has the 288 states, 1,146 generated and depth 10 of TwoPhase.tla", async () => {
    const [suiteCase] = (await json(["two-phase-commit"])).document.cases
    expect([suiteCase?.id, suiteCase?.distinct, suiteCase?.generated, suiteCase?.depth]).toEqual([
      "two-phase-commit/n=3",
      288,
      1146,
      10
    ])
  })

  test("an expected violation is exit 0, and its replay identifier still shows it", async () => {
    const { document, status } = await json(["check", "two-phase-commit-forgetful"])
    const counterexample = document.cases[0]?.properties[0]?.counterexample
    expect([status, counterexample?.length]).toEqual([0, 7])
    const replayed = await plait(["replay", counterexample?.replay ?? ""])
    expect(replayed.stdout.trim().split("\n").at(-1)).toBe(
      "the trace still decides “no resource manager commits what another aborted”"
    )
    expect(replayed.status).toBe(0)
  })
})

describe.concurrent("replay --format", () => {
  const id = "two-phase-commit-forgetful/n=3@0.2.0.3.1.2.1.1"

  test.each(["mermaid", "shiviz", "graphviz", "json", "itf", "vitest"])("%s is taken back", async (format) => {
    const printed = await plait(["replay", id, "--format", format])
    const path = join(folder(), "trace")
    writeFileSync(path, printed.stdout)
    const again = await plait(["replay", path])
    expect([printed.status, again.status, again.stdout.trim().split("\n").at(-1)]).toEqual([
      0,
      0,
      "the trace still decides “no resource manager commits what another aborted”"
    ])
  })

  test("a trace of another tool becomes a replay identifier with --model", async () => {
    const path = new URL("../../test/fixtures/two-phase.itf.json", import.meta.url).pathname
    const taken = await plait(["replay", path, "--model", "two-phase-commit/n=2", "--format", "mermaid"])
    expect([taken.status, taken.stdout.split("\n")[1]]).toEqual([0, "%% plait: two-phase-commit/n=2@0.2.2.0.1.2.0.1"])
    const other = await plait(["replay", path, "--model", "two-phase-commit/n=3"])
    expect([other.status, other.stderr.split(" is not a run of ")[1]?.split(",")[0]]).toEqual([
      2,
      "two-phase-commit/n=3: no run agrees with it up to its state 5"
    ])
  })

  test("of a format that there is not names the nearest one", async () => {
    const { status, stderr } = await plait(["replay", id, "--format", "mermiad"])
    expect([status, stderr]).toEqual([
      2,
      'plait: there is no format "mermiad"\n  there are mermaid, shiviz, graphviz, json, itf, vitest; did you mean mermaid?\n'
    ])
  })
})

describe.concurrent("a run that goes on for ever", () => {
  const ring = "ring/nodes=3,policy=none,crash=0"
  const property = "the net empties for good"
  interface Lasso {
    readonly cases: ReadonlyArray<{
      readonly properties: ReadonlyArray<{
        readonly name: string
        readonly verdict: unknown
        readonly note: string | null
        readonly counterexample: { readonly loop: number; readonly replay: string; readonly itf: string | null } | null
      }>
    }>
  }
  const find = async (words: ReadonlyArray<string>) =>
    (JSON.parse((await plait([...words, "--json"])).stdout) as Lasso).cases[0]?.properties.find(
      ({ name }) => name === property
    )

  test("is a loop in JSON, in words and in the trace file, and replay closes it again", async () => {
    const out = folder()
    const found = await find(["check", ring, "--out", out])
    expect([found?.verdict, found?.note, found?.counterexample?.loop]).toEqual(["violated", null, 3])
    const path = found?.counterexample?.itf ?? "none"
    const { loop, states } = JSON.parse(readFileSync(path, "utf8")) as {
      readonly loop: number
      readonly states: ReadonlyArray<{ readonly net: unknown; readonly applied: unknown }>
    }
    expect([loop, states.length]).toEqual([3, 7])
    expect([states[6]?.net, states[6]?.applied]).toEqual([states[3]?.net, states[3]?.applied])
    for (const word of [path, found?.counterexample?.replay ?? "none"]) {
      const replayed = await plait(["replay", word])
      expect(replayed.status).toBe(0)
      expect(replayed.stdout.trim().split("\n").slice(-2)).toEqual([
        "  the steps 4–6 repeat for ever",
        `the trace still decides “${property}”`
      ])
    }
  })

  test("cut short it closes no loop, and decides nothing", async () => {
    const id = (await find(["check", ring]))?.counterexample?.replay ?? "none"
    const replayed = await plait(["replay", id.split(".").slice(0, -1).join(".")])
    expect([replayed.status, replayed.stdout.trim().split("\n").at(-1)]).toEqual([
      1,
      "the trace no longer decides any property"
    ])
  })

  test("where every run ends, the note says that it was judged there; after a limit nothing is", async () => {
    const ends = await find(["check", "ring/nodes=3,policy=origin,crash=0"])
    expect([ends?.verdict, ends?.note]).toEqual(["holds", "no state comes back, so every run ends: judged there"])
    expect((await find(["check", ring, "--max-states", "3"]))?.verdict).toBe("inconclusive")
    expect((await find(["simulate", ring]))?.verdict).toEqual({ _tag: "inconclusive", why: "random walks", checked: 0 })
  })
})

describe.concurrent("limits", () => {
  const cases = [
    [["--max-states", "100"], "state limit"],
    [["--max-depth", "3"], "depth limit"],
    [["--timeout", "0"], "time limit"],
    [["--memory", "1"], "memory limit"]
  ] as const
  test.each(cases)("%s stops the search, and nothing is said to hold", async (flags, stopReason) => {
    const { document, status } = await json(["check", "two-phase-commit/n=5", ...flags])
    expect([status, document.exitCode]).toEqual([3, 3])
    expect([document.cases[0]?.complete, document.cases[0]?.stopReason]).toEqual([false, stopReason])
    expect(document.cases[0]?.properties[0]?.verdict).toBe("inconclusive")
    expect((await plait(["check", "two-phase-commit/n=5", ...flags, "--allow-incomplete"])).status).toBe(0)
  })
})

describe.concurrent("wrong input", () => {
  const cases = [
    [["check", "two-phase-comit"], 'no model or case matches "two-phase-comit"', "did you mean two-phase-commit?"],
    [["check", "two-phase-commit", "--set", "m=3"], 'two-phase-commit has no parameter "m"', "did you mean n?"],
    [
      ["check", "two-phase-commit", "--set", "n=many"],
      "two-phase-commit: n=many is not possible",
      "n is a whole number from 1 to 12"
    ],
    [["check", "--max-state", "3"], "there is no flag --max-state", "did you mean --max-states?"],
    [
      ["check", "race", "--fail-on-incomplete"],
      "--fail-on-incomplete was removed: an incomplete search exits with 3",
      "leave it out; --allow-incomplete lets an incomplete search pass"
    ],
    [
      ["simulate", "race", "--allow-incomplete"],
      "plait simulate does not take --allow-incomplete: random walks are never complete",
      "plait simulate --help"
    ],
    [["check", "--max-states", "-3x"], "plait: ", "plait --help"],
    [["check", "--timeout", "soon"], "--timeout soon is not possible", "--timeout takes a whole number of at least 0"],
    [["replay"], "replay takes one trace file or replay identifier", "npm run -s plait -- replay"],
    [["replay", "no-such-model@0.1"], 'no model for the case "no-such-model"', "plait list shows them all"],
    [["replay", "no-such-file.itf.json"], "no-such-file.itf.json", "no such file"]
  ] as const
  test.each(cases)(
    "%j is exit 2, nothing on standard output, and says what to type",
    async (words, problem, advice) => {
      const { status, stderr, stdout } = await plait(words)
      expect([status, stdout]).toEqual([2, ""])
      expect(stderr.includes(problem) && stderr.includes(advice) ? "said" : stderr).toBe("said")
    }
  )

  test.each(["{ broken", '{"schema":"somebody/else@1","cases":{}}', '{"schema":"plait/baseline@2","cases":{"x":{}}}'])(
    "a baseline that is %j is named, and not written over",
    async (text) => {
      const path = join(folder(), "baseline.json")
      writeFileSync(path, text)
      const { status, stderr } = await plait(["verify", "two-phase-commit/n=3", "--baseline", path, "-u"])
      expect([status, stderr.split("\n")[0]?.startsWith(`plait: ${path} is no baseline: `)]).toEqual([2, true])
      expect(readFileSync(path, "utf8")).toBe(text)
    }
  )

  test.each(["{", '{"#meta":{},"states":[]}'])("a trace file that is %j is named", async (text) => {
    const path = join(folder(), "trace.itf.json")
    writeFileSync(path, text)
    const { status, stderr } = await plait(["replay", path])
    expect([status, stderr.startsWith(`plait: ${path} is no trace of plait: `)]).toEqual([2, true])
  })

  test.each(["a file", "/proc"])("a folder that cannot be made below %s is named, and is exit 2", async (parent) => {
    const file = join(folder(), "file")
    writeFileSync(file, "")
    const out = join(parent === "/proc" ? parent : file, "traces")
    const { status, stderr } = await plait(["check", "two-phase-commit-forgetful", "--out", out])
    expect([status, stderr.startsWith("plait: cannot use ")]).toEqual([2, true])
  })
})

describe.concurrent("the baseline", () => {
  test("a local verify writes new cases; under CI it writes nothing and a missing case fails", async () => {
    const path = join(folder(), "baseline.json")
    expect((await plait(["verify", "two-phase-commit/n=3", "--baseline", path], { env: { CI: "true" } })).status).toBe(
      1
    )
    expect(existsSync(path)).toBe(false)
    expect((await plait(["verify", "two-phase-commit/n=3", "--baseline", path])).status).toBe(0)
    expect((await plait(["verify", "two-phase-commit/n=3", "--baseline", path], { env: { CI: "true" } })).status).toBe(
      0
    )
  })

  test("drift fails and is said in words; -u accepts it", async () => {
    const path = join(folder(), "baseline.json")
    await plait(["verify", "two-phase-commit/n=3", "--baseline", path])
    const pinned = readFileSync(path, "utf8")
    writeFileSync(path, pinned.replace('"distinct":288', '"distinct":300').replace("reached in 10", "reached in 9"))
    const drifted = await plait(["verify", "two-phase-commit/n=3", "--baseline", path])
    expect(drifted.status).toBe(1)
    const said = drifted.stdout.split("\n").filter((line) => line.startsWith("  two-phase-commit/n=3: "))
    expect(said).toEqual([
      "  two-phase-commit/n=3: states 300 → 288",
      "  two-phase-commit/n=3: “all resource managers commit”: trace 9 → 10 steps"
    ])
    expect((await plait(["verify", "two-phase-commit/n=3", "--baseline", path, "-u"])).status).toBe(0)
    expect(readFileSync(path, "utf8")).toBe(pinned)
  })
})

test.concurrent("--out writes a trace file that replay takes, and replay notices a step that changed", async () => {
  const out = folder()
  await plait(["check", "two-phase-commit-forgetful", "--out", out])
  const file = readdirSync(out).find((name) => name.startsWith("two-phase-commit-forgetful-n=3--no-resource"))
  const path = join(out, file ?? "")
  expect((await plait(["replay", path])).status).toBe(0)
  writeFileSync(path, readFileSync(path, "utf8").replace('"label": "prepares(1)"', '"label": "prepares(2)"'))
  const changed = await plait(["replay", path])
  expect(changed.stdout.trim().split("\n").at(-1)).toBe(
    "diverges at step 1: it was “prepares(2)”, now it is “prepares(1)”"
  )
  expect(changed.status).toBe(1)
})

test.concurrent("--verbose says in how many states a property that holds was asked: sets of 3,125 states come to rest in one", async () => {
  const words = ["check", "grow-only-set/replicas=3,operations=5"]
  const line = async (more: ReadonlyArray<string>) =>
    (await plait([...words, ...more])).stdout
      .split("\n")
      .find((each) => each.includes("replicas converge"))
      ?.trim()
  expect([await line([]), await line(["--verbose"])]).toEqual([
    "✓ replicas converge: holds",
    "✓ replicas converge: holds (checked in 1 state)"
  ])
})

test.concurrent("random walks find what is wrong, give the same for the same seed, and prove nothing", async () => {
  const words = ["simulate", "two-phase-commit-forgetful", "--seed", "3"]
  const first = await plait(words)
  expect([first.status, first.stdout]).toEqual([0, (await plait(words)).stdout])
  expect((await plait([...words, "--baseline", join(folder(), "none.json")])).status).toBe(1)
  expect((await plait(["check", "two-phase-commit-forgetful", "--random", "1000", "--seed", "3"])).stdout).toBe(
    first.stdout
  )
  const correct = await json(["simulate", "two-phase-commit/n=3", "--random", "50"])
  expect([correct.status, correct.document.schema]).toEqual([0, "plait/simulate@2"])
})

test.concurrent("random walks tell the share of states and actions they saw, where the baseline knows how many there are", async () => {
  interface Walked {
    readonly steps: number
    readonly distinct: number
    readonly allDistinct: number | null
    readonly seenPercent: number | null
    readonly actionsTaken: number
    readonly actions: ReadonlyArray<{ readonly taken: number }>
  }
  const words = ["simulate", "two-phase-commit/n=3", "--random", "50"]
  const [walked] = (await json(words)).document.cases as unknown as ReadonlyArray<Walked>
  expect(walked?.actions.reduce((sum, { taken }) => sum + taken, 0)).toBe(walked?.steps)
  // TwoPhase.tla: 288 states, seven actions.
  expect([walked?.allDistinct, walked?.actionsTaken, walked?.actions.length]).toEqual([288, 7, 7])
  const percent = Math.floor(((walked?.distinct ?? 0) * 100) / 288)
  expect(walked?.seenPercent).toBe(percent)
  const [line] = (await plait(words)).stdout.split("\n")
  expect(line?.endsWith(`, ${walked?.distinct} of 288 states (${percent} %), 7 of 7 actions`)).toBe(true)
  const unknown = (await plait([...words, "--baseline", join(folder(), "none.json")])).stdout.split("\n")[0]
  expect(unknown?.endsWith(`, ${walked?.distinct} distinct states of an unknown number, 7 of 7 actions`)).toBe(true)
})

test.concurrent("--version and --help answer on standard output", async () => {
  expect((await plait(["--version"])).stdout).toBe("0.1.0\n")
  expect((await plait(["--help"])).stdout.split("\n")[0]).toBe(
    "plait: checks replication protocols by trying every interleaving inside a bound"
  )
})
