/**
 * Code of a model that would end, silence or break plait, through the real command: the other cases' results are printed,
 * the exit code is 2, and the culprit is named with its file and line.
 */
import { readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { describe, expect, test } from "vitest"
import { folder, plait } from "./command.ts"

const config = new URL("misdeeds.config.ts", import.meta.url).pathname

const lineOf = (text: string): number =>
  readFileSync(config, "utf8")
    .split("\n")
    .findIndex((line) => line.includes(text)) + 1

const run = (misdeed: string, ...words: ReadonlyArray<string>) => {
  const baseline = join(folder(), "pins.json")
  const told = ["--progress-interval", "100000"]
  const given = words[0] === "replay" ? [] : ["--baseline", baseline, ...told]
  return plait([...words, "--config", config, ...given], { env: { MISDEED: misdeed } })
}

/** The cases of the one document that was printed. */
const idsIn = (stdout: string): ReadonlyArray<string> => {
  const { cases } = JSON.parse(stdout) as { readonly cases: ReadonlyArray<{ readonly id: string }> }
  return cases.map(({ id }) => id)
}

const cases = [
  ["exit", "exit: ()", "called process.exit(0)"],
  ["exit later", '"exit later"', "called process.exit(0)"],
  ["exit for real", '"exit for real"', "called process.reallyExit(0)"],
  ["exit code", '"exit code"', "set process.exitCode to 0"],
  ["abort", "abort: ()", "called process.abort()"],
  ["kill", "kill: ()", "called process.kill(process.pid)"],
  ["chdir", "chdir: ()", "called process.chdir"],
  ["replaced write", '"replaced write"', "replaced process.stdout.write"],
  ["ended output", '"ended output"', "called process.stdout.end()"],
  ["rejection", "rejection: ()", "threw: nobody handles this"],
  ["error later", "thrown later", "threw: thrown later"],
  ["explain", "no explanation", "threw: no explanation"],
  ["properties", "no properties", "threw: no properties"]
] as const

describe.concurrent("a model's misdeed is told with its line, and the other case with its result", () => {
  test.for(cases)("%s", async ([misdeed, source, said]) => {
    const { status, stderr, stdout } = await run(misdeed, "verify", "--json")
    const { cases, exitCode } = JSON.parse(stdout) as {
      readonly exitCode: number
      readonly cases: ReadonlyArray<{
        readonly id: string
        readonly properties: ReadonlyArray<{ readonly verdict: string }>
      }>
    }
    expect([status, exitCode]).toEqual([2, 2])
    expect(cases.find(({ id }) => id === "bystander")?.properties.map(({ verdict }) => verdict)).toEqual([
      "holds",
      "holds"
    ])
    const place = `misdeeds.config.ts:${lineOf(source)}`
    expect(stderr.split("\n").filter((line) => line.includes(`${place} ${said}`)).length).toBeGreaterThan(0)
  })

  test("an exit that the model catches is told all the same", async () => {
    const { status, stderr } = await run("exit that is caught", "check")
    expect([status, stderr.includes(" called process.exit(0), ")]).toEqual([2, true])
  })

  test("a reading of the clock that the model catches is refused, with its line", async () => {
    const { status, stderr, stdout } = await run("clock that is caught", "check")
    expect([status, stdout.split("\n").filter((line) => line.startsWith("bystander ")).length]).toEqual([2, 1])
    const [first, second, ...rest] = stderr.split("\n")
    expect([first, second]).toEqual(["plait: offender: action up read the wall clock", "  It called Date.now()."])
    expect(rest).toContainEqual(expect.stringMatching(`misdeeds.config.ts:${lineOf("Date.now()")}$`))
  })

  test.for([
    ["built-in", "(JSON.stringify =", "replaced JSON.stringify"],
    ["bound built-in", "(JSON.parse =", "replaced JSON.parse"],
    ["unnamed built-in", '"unnamed built-in"', "replaced next of the iterator of maps"],
    ["every built-in promise", '"every built-in promise"', "replaced Promise.prototype.then"],
    ["iterator of lists", '"iterator of lists"', "replaced Array.prototype.[Symbol.iterator]"],
    ["removed built-in", "", "Array.prototype.flatMap was removed"]
  ] as const)("what was replaced is put back, and the case has no result: %s", async ([misdeed, source, said]) => {
    const { status, stderr, stdout } = await run(misdeed, "verify", "--json")
    expect([status, idsIn(stdout)]).toEqual([2, ["bystander"]])
    const place = source === "" ? "" : `${relative(process.cwd(), config)}:${lineOf(source)} `
    expect(stderr.split("\n").slice(-3)).toEqual([
      `plait: ${place}${said}, on which every result depends; leave built-ins alone`,
      "  while offender was checked",
      ""
    ])
  })

  test("a built-in that is replaced while the configuration is loaded spoils no case", async () => {
    const { status, stderr, stdout } = await run("built-in at once", "verify")
    const place = `misdeeds.config.ts:${lineOf("Math.max")}`
    expect([status, stdout.split("\n").filter((line) => /^(?:offender|bystander) /.test(line)).length]).toEqual([2, 2])
    expect(stderr.includes(`${place} replaced Math.max, `)).toBe(true)
  })

  test("a configuration that waits for nothing is exit 2, and says so", async () => {
    const { status, stderr } = await run("nothing to wait for", "verify")
    const said = "plait: an awaited promise never settles, so the run could not go on\n"
    expect([status, stderr]).toEqual([2, said])
  })

  test("what is thrown and is no error is told", async () => {
    const { status, stderr, stdout } = await run("no error", "verify")
    expect([status, stdout.split("\n").filter((line) => line.startsWith("bystander ")).length]).toEqual([2, 1])
    expect(stderr.includes("an object without a text\n  while offender was checked")).toBe(true)
  })

  test.for([
    ["null", "null"],
    ["symbol", "Symbol(of nothing)"],
    ["bare", "an object without a text"],
    ["mute", "an object without a text"],
    ["revoked", "an object without a text"]
  ])("an action that throws what is no usual error, %s, is named with it", async ([misdeed, text]) => {
    const { status, stderr, stdout } = await run(misdeed ?? "", "check")
    expect([status, stdout.split("\n").filter((line) => line.startsWith("bystander ")).length]).toEqual([2, 1])
    expect(stderr.split("\n").slice(0, 2)).toEqual(["plait: offender: action up threw", `  ${text}`])
  })

  test("an error is named by the action that threw it, with the line", async () => {
    const { status, stderr } = await run("error", "check")
    const place = `misdeeds.config.ts:${lineOf("thrown in an action")}`
    const [first, second, ...rest] = stderr.split("\n")
    expect([status, first, second]).toEqual([
      2,
      "plait: offender: action up threw",
      "  RangeError: thrown in an action"
    ])
    expect(rest).toContainEqual(expect.stringMatching(`^  thrown at .*${place}$`))
  })

  const why = "why: The explanation threw Error: no explanation."

  test.for([
    ["check", why],
    ["verify", why],
    ["simulate", why],
    ["replay", "still decides “x is small”"]
  ] as const)("%s keeps a verdict whose explanation throws, and is exit 2", async ([command, shown]) => {
    const word = command === "replay" ? "offender@0.0.0.0" : "offender"
    const { status, stderr, stdout } = await run("explain", command, word)
    const place = `misdeeds.config.ts:${lineOf("no explanation")}`
    expect([status, stdout.includes(shown)]).toEqual([2, true])
    expect(stderr.split("\n").slice(-4)).toEqual([
      expect.stringMatching(`${place} threw: no explanation$`),
      "  so the explanation of “x is small” threw Error: no explanation; the verdict stands",
      "  while offender was checked",
      ""
    ])
  })

  test("an explanation that returns no text is told by its property", async () => {
    const { status, stderr, stdout } = await run("no text", "check")
    expect([status, stdout.includes("why: The explanation returned undefined, which is no text.")]).toEqual([2, true])
    expect(stderr).toBe(
      "plait: the explanation of “x is small” returned undefined, which is no text\n  while offender was checked\n"
    )
  })

  const endless = "an endless callback or chain of promises"

  test.for([
    ["loop of promises", "const later"],
    ["loop in a timer", "for (;;)"],
    ["loop in a later timer", "for (;;)"],
    ["loop in an immediate", "for (;;)"],
    ["loop in a microtask", "for (;;)"],
    ["loop in a tick", "for (;;)"],
    ["loop in a promise", "for (;;)"],
    ["search in a timer", '"search in a timer"']
  ] as const)("what never lets anything else go on is told: %s", { timeout: 240_000 }, async ([misdeed, source]) => {
    const { status, stderr, stdout } = await run(misdeed, "verify", "--json")
    expect([status, idsIn(stdout)]).toEqual([2, ["bystander"]])
    const place = `${relative(process.cwd(), config)}:${lineOf(source)}`
    expect(stderr.split("\n").slice(-3)).toEqual([
      `plait: ${endless} at ${place} let no other code run; code of a model must not start one`,
      "  while offender was checked",
      ""
    ])
  })

  test.for(["check", "simulate", "mutate", "report"] as const)(
    "%s goes on without the case that loops",
    { timeout: 240_000 },
    async (command) => {
      const html = command === "report" ? ["--html", join(folder(), "report.html")] : []
      const { status, stderr } = await run("loop in a timer", command, ...html)
      expect([status, stderr.split("\n").slice(-3)]).toEqual([
        2,
        [expect.stringContaining(endless), "  while offender was checked", ""]
      ])
    }
  )

  test("a result that is known before another case loops is kept", { timeout: 240_000 }, async () => {
    const words = ["verify", "--json", "--config", config, "--baseline", join(folder(), "pins.json")]
    const { status, stdout } = await plait(words, { env: { MISDEED: "loop in a timer", OFFENDER: "last" } })
    expect([status, idsIn(stdout)]).toEqual([2, ["bystander"]])
    expect(JSON.parse(stdout)).toMatchObject({ cases: [{ cached: false, distinct: 4 }] })
  })

  test("a loop of no case ends the run with what is known", { timeout: 240_000 }, async () => {
    const { status, stderr, stdout } = await run("loop of no case", "verify", "--json")
    const place = `${relative(process.cwd(), config)}:${lineOf("for (;;)")}`
    expect([status, stderr.startsWith(`plait: ${endless} at ${place} let `)]).toEqual([2, true])
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, faults: [{ case: null }] })
  })

  test.for(["simulate", "check", "replay offender@0.0.0.0"])("%s of an offender alone is exit 2", async (words) => {
    const [command = "", word = "offender"] = words.split(" ")
    expect((await run("exit", command, word)).status).toBe(2)
  })

  test("an exit while the configuration is loaded is told with its line", async () => {
    const { status, stderr, stdout } = await run("top level", "verify")
    const place = `misdeeds.config.ts:${lineOf('misdeed === "top level"')}`
    expect([status, stdout, stderr.includes(`${place} called process.exit(0), `)]).toEqual([2, "", true])
  })
})
