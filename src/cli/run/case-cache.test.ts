/**
 * Reused results through the real command: the effect of each change on them, and that only the label distinguishes
 * them.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test, vi } from "vitest"
import { copyOfPlait, edit, makeProject, projectCases, runPlait } from "../../../test/own-project.ts"
import { parseArguments } from "../arguments.ts"
import { reuses } from "./reuse.ts"

// Each runs plait several times, and a machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

interface Document {
  readonly cases: ReadonlyArray<{ readonly id: string; readonly cached: boolean }>
}

/** Cases that a run reused. */
const reused = (folder: string, words: ReadonlyArray<string> = ["verify"], plait?: string) => {
  const { stdout } = runPlait(folder, [...words, "--json"], plait === undefined ? {} : { plait })
  return (JSON.parse(stdout) as Document).cases.filter(({ cached }) => cached).map(({ id }) => id)
}

const left = projectCases.filter((id) => id.startsWith("left"))
const right = projectCases.filter((id) => id.startsWith("right"))

describe("a result is reused", () => {
  let folder = ""
  beforeAll(() => {
    folder = makeProject()
    runPlait(folder, ["verify"])
  })

  test("while nothing changes, and is the same bytes but for the label", () => {
    const [first, second] = [0, 1].map(() => runPlait(folder, ["verify", "--json"]).stdout)
    const fresh = runPlait(folder, ["verify", "--json", "--no-cache"]).stdout
    const untimed = (text = ""): string => text.replace(/"elapsedMillis":\d+/g, "")
    expect(first).toBe(second)
    expect(first?.split('"cached":true').length).toBe(1 + projectCases.length)
    expect(untimed(first).replaceAll('"cached":true', '"cached":false')).toBe(untimed(fresh))
  })

  test("and told with its sign, its legend and its count", () => {
    const { stdout } = runPlait(folder, ["verify"])
    const lines = stdout.split("\n")
    expect(lines.filter((line) => /\d≡ /.test(line)).length).toBe(4)
    expect(lines.filter((line) => line.startsWith("≡"))).toEqual([
      "≡ after the states: result of an earlier run with the same inputs (4 of 4)"
    ])
    expect(lines.at(-2)?.startsWith("4 cases, 4 of them cached: 12 of 12 properties as expected, no drift, ")).toBe(
      true
    )
  })

  test("with its trace, which was taken again", () => {
    const words = ["check", "left/lose=1"]
    const [fresh, kept] = [words, [...words, "--cache"]].map((each) => runPlait(folder, each).stdout)
    const traceIn = (text = ""): string => text.slice(text.indexOf("\n\n", text.indexOf("A row says")))
    expect([fresh?.includes("≡"), kept?.includes("≡"), traceIn(fresh).includes("leftAgrees: violated")]).toEqual([
      false,
      true,
      true
    ])
    expect(traceIn(kept)).toBe(traceIn(fresh))
  })
})

test("results are reused by verify outside of CI, or where --cache says so; never where the search itself is wanted", () => {
  const asked = (words: ReadonlyArray<string>, environment: NodeJS.ProcessEnv = {}): boolean => {
    const question = parseArguments(words)
    return question._tag === "request" && reuses(question.request, environment)
  }
  const counted = { NODE_V8_COVERAGE: "coverage" }
  expect([asked(["verify"]), asked(["check"]), asked(["verify"], { CI: "true" })]).toEqual([true, false, false])
  expect([asked(["check", "--cache"]), asked(["verify", "--cache"], { CI: "true" })]).toEqual([true, true])
  expect([asked(["verify", "--no-cache"]), asked(["verify", "--check-determinism"])]).toEqual([false, false])
  expect(asked(["verify", "--cache"], counted)).toBe(false)
})

describe("a result is not reused after a change of", () => {
  const note = (text: string): string => `${text}// changed\n`
  const changes = [
    ["the model", "left.ts", right],
    ["what the model imports", "left-first.ts", right],
    ["a property", "left-property.ts", right],
    ["the entry", "right-entry.ts", left],
    ["a property that both share", "shared-property.ts", []],
    ["a file that neither imports", "plait.config.ts", projectCases]
  ] as const
  let folder = ""
  beforeAll(() => {
    folder = makeProject()
    runPlait(folder, ["verify"])
  })

  test.each(changes)("%s (%s); the others are", (_what, file, others) => {
    edit(folder, file, note)
    expect(reused(folder)).toEqual(others)
  })

  test("a parameter, or a bound", () => {
    const words = ["check", "left", "--set", "replicas=3", "--cache"]
    expect([reused(folder, words), reused(folder, words)]).toEqual([[], ["left/replicas=3,lose=0"]])
    expect(reused(folder, ["verify", "--max-states", "1000"])).toEqual([])
  })

  test("what changes the verdict: nothing stale is told", () => {
    edit(folder, "left-property.ts", (text) => text.replace("state.value === nodes[0].state.value", "state.value < 2"))
    const { status, stdout } = runPlait(folder, ["verify"])
    expect([status, stdout.includes("left/replicas=2,lose=0: “leftAgrees”: holds → violated in ")]).toEqual([1, true])
  })

  test("the engine, though its version is the same", () => {
    const plait = copyOfPlait()
    const own = makeProject(plait)
    runPlait(own, ["verify"], { plait })
    appendFileSync(join(plait, "src/engine/interning/StateStore.ts"), "// changed\n")
    expect(reused(own, ["verify"], plait)).toEqual([])
    expect(reused(own, ["verify"], plait)).toEqual(projectCases)
  })
})

describe("what is kept", () => {
  test("and damaged is named, not used, and made anew", () => {
    const folder = makeProject()
    runPlait(folder, ["verify"])
    const kept = join(folder, ".plait/cache")
    const files = readdirSync(kept).sort()
    expect([files.length, readFileSync(join(folder, ".plait/.gitignore"), "utf8")]).toEqual([4, "*\n"])
    const [cut = "", lying = ""] = files.map((file) => join(kept, file))
    writeFileSync(cut, readFileSync(cut, "utf8").slice(0, 100))
    writeFileSync(
      lying,
      readFileSync(lying, "utf8")
        .replace('"verdict":"violated"', '"verdict":"holds"')
        .replace('"distinct":', '"distinct":1')
    )
    const { stderr, stdout } = runPlait(folder, ["verify", "--json"])
    expect(
      stderr.split("\n")[0]?.startsWith("plait: 2 cached results are damaged and not used, such as .plait/cache/")
    ).toBe(true)
    expect((JSON.parse(stdout) as Document).cases.filter(({ cached }) => cached).length).toBe(2)
    expect(reused(folder)).toEqual(projectCases)
  })

  test("is nothing that a limit cut short", () => {
    const folder = makeProject()
    expect(reused(folder, ["verify", "--max-states", "3"])).toEqual([])
    expect(existsSync(join(folder, ".plait/cache"))).toBe(false)
  })
})
