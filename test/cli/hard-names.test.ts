/**
 * Names that make trouble, and the files of shards, through the real command.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { traceFileName } from "../../src/cli/output/files.ts"
import { progressLine } from "../../src/cli/output/progress.ts"
import { folder, plait } from "./command.ts"

const config = new URL("hard-names.config.ts", import.meta.url).pathname
const run = (cwd: string, kind: string, ...words: ReadonlyArray<string>) =>
  plait([...words, "--config", config, "--baseline", "pins.json"], { cwd, env: { NAMES: kind } })

const bare = (cwd: string, ...words: ReadonlyArray<string>) =>
  plait([...words, "--config", config], { cwd, env: { NAMES: "hostile" } })

describe.concurrent("--out", () => {
  test("writes each trace into a file of its own, whose name differs in more than capitals", async () => {
    const cwd = folder()
    await run(cwd, "alike", "check", "m/n=3", "--out", "traces")
    const files = readdirSync(join(cwd, "traces"))
    const told = files.map((file) => readFileSync(join(cwd, "traces", file), "utf8"))
    const properties = told.map((text) => Reflect.get(JSON.parse(text)["#meta"] as object, "plait:property") as string)
    expect(new Set(properties).size).toBe(7)
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(7)
  })

  test("shortens long names", async () => {
    const cwd = folder()
    const { stderr } = await run(cwd, "long", "check", "m/n=3", "--out", "traces")
    expect([stderr.includes("ENAMETOOLONG"), readdirSync(join(cwd, "traces")).length]).toEqual([false, 2])
  })

  test("calls a file after names that tell everything, and adds a digest to others", () => {
    expect(traceFileName("small/most=3", "a node counts")).toBe("small-most=3--a-node-counts.itf.json")
    const others = ["a-node counts", "a  node counts", "A node counts", "a node counts!"]
    expect(others.filter((name) => !/\.[0-9a-f]{16}\.itf\.json$/.test(traceFileName("small/most=3", name)))).toEqual([])
  })
})

// Characters that no text output may have of these names; line feeds end lines.
const unwanted = /[^\P{Cc}\n]|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

describe.concurrent("names and values with control characters or marks of direction are shown as numbers", () => {
  test("by the table and the traces", async () => {
    const { stderr, stdout } = await run(folder(), "hostile", "check")
    expect([unwanted.test(stdout), unwanted.test(stderr)]).toEqual([false, false])
    expect(stdout.includes("✗ two\\u{a}lines: violated")).toBe(true)
    expect(stdout.includes("turned \\u{202e} round")).toBe(true)
    expect(stdout.includes("a \\u{202e} value")).toBe(true)
  })

  test("by random walks", async () => {
    const { stdout } = await run(folder(), "hostile", "simulate", "m/n=3", "--random", "10")
    expect([unwanted.test(stdout), stdout.includes("turned \\u{202e} round")]).toEqual([false, true])
  })

  test("by the list, the mutants, a replay, and a graph", async () => {
    const cwd = folder()
    for (const words of [
      ["list"],
      ["mutate", "m"],
      ["replay", "m/n=3@0.0.0"],
      ["replay", "m/n=3@0.7"],
      ["replay", "m/n=3@0.0.0", "--format", "mermaid"],
      ["check", "m/n=3", "--graph", "dot"]
    ]) {
      const config = words[0] === "list" || words[0] === "replay" || words.includes("--graph")
      const { stderr, stdout } = config ? await bare(cwd, ...words) : await run(cwd, "hostile", ...words)
      expect([words, unwanted.exec(stdout)?.[0], unwanted.exec(stderr)?.[0]]).toEqual([words, undefined, undefined])
      expect([words, /^(?:plait: |lines|m\/n=9)/m.test(stdout)]).toEqual([words, false])
      expect([words, stdout.includes("u{")]).toEqual([words, true])
    }
  })

  test("by what a run says that refuses a model", async () => {
    const { status, stderr, stdout } = await run(folder(), "throwing", "check", "m/n=3", "m/n=4")
    const lines = stderr.split("\n").filter((line) => line.startsWith("plait: "))
    expect([status, unwanted.test(stderr), unwanted.test(stdout)]).toEqual([2, false, false])
    expect(lines).toEqual(Array(2).fill("plait: m: action up\\u{a}plait: \\u{1b}[2J threw"))
    const { stderr: unknown } = await bare(folder(), "check", "no\nsuch \u202e model")
    expect(unknown.split("\n")[0]).toBe('plait: no model or case matches "no\\u{a}such \\u{202e} model"')
  })

  test.for(["github", "github-summary", "junit", "sarif", "gitlab", "coverage"])("by %s", async (format) => {
    const cwd = folder()
    const { stdout } = await run(cwd, "hostile", "check", "m/n=3", "--reporter", format, "--threshold", "actions=1")
    const kept = readdirSync(cwd).includes("plait-report")
      ? readdirSync(join(cwd, "plait-report")).map((file) => readFileSync(join(cwd, "plait-report", file), "utf8"))
      : []
    expect([stdout, ...kept].filter((text) => unwanted.test(text))).toEqual([])
  })

  test("by progress", () => {
    const line = progressLine("two\nlines \u001b[2J \u202e", { distinct: 3, depth: 2, elapsedMillis: 0 })
    expect(line).toBe("two\\u{a}lines \\u{1b}[2J \\u{202e}: 3 states, depth 2")
  })
})

describe("merge-reports", () => {
  const cwd = folder()
  const merged = async (...files: ReadonlyArray<string>) => {
    const { status, stderr } = await plait(["merge-reports", ...files], { cwd })
    return [status, stderr.split("\n")[0]]
  }

  test("takes all the shards of one run, each once", async () => {
    for (const index of [1, 2, 3])
      await run(cwd, "", "verify", "--shard", `${index}/3`, "--reporter", `data=${index}.json`)
    await run(cwd, "", "verify", "--shard", "1/2", "--reporter", "data=half.json")
    await run(cwd, "", "verify", "m/n=3", "--shard", "1/3", "--reporter", "data=other.json")
    await run(cwd, "", "verify", "--reporter", "data=whole.json")
    expect((await merged("3.json", "1.json", "2.json"))[0]).toBe(1)
    // The shards had pinned the violations by then.
    expect((await merged("whole.json"))[0]).toBe(0)
    expect(await merged("1.json", "2.json")).toEqual([2, "plait: shard 3 of 3 is missing"])
    expect(await merged("2.json")).toEqual([2, "plait: shards 1, 3 of 3 are missing"])
    expect(await merged("1.json", "2.json", "3.json", "2.json")).toEqual([
      2,
      "plait: 2.json and 2.json are both shard 2 of 3"
    ])
    expect(await merged("1.json", "half.json")).toEqual([
      2,
      "plait: half.json is of another run than 1.json: shard 1 of 2, other cases, or another plait"
    ])
    expect(await merged("other.json", "2.json", "3.json")).toEqual([
      2,
      "plait: 2.json is of another run than other.json: shard 2 of 3, other cases, or another plait"
    ])
    expect(await merged("1.json", "whole.json")).toEqual([2, "plait: whole.json is of a run without shards"])
    expect(await merged("whole.json", "1.json")).toEqual([2, "plait: whole.json is of a run without shards"])
  })

  test("refuses a shard that was not finished", async () => {
    const text = JSON.parse(readFileSync(join(cwd, "1.json"), "utf8")) as { readonly cases: ReadonlyArray<object> }
    writeFileSync(join(cwd, "cut.json"), JSON.stringify({ ...text, cases: text.cases.slice(1) }))
    expect(await merged("cut.json", "2.json", "3.json")).toEqual([
      2,
      "plait: cut.json has no result of m/n=3: that run was interrupted or failed"
    ])
  })
})
