/**
 * Names that every object inherits or that a format uses itself, through the real command: explored, printed, pinned,
 * written, read and taken again like any other name.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { parseForeignTrace } from "../../src/trace/formats/ForeignItf.ts"
import { folder, plait } from "./command.ts"
import { names } from "./names.config.ts"

const config = new URL("names.config.ts", import.meta.url).pathname

interface Document {
  readonly cases: ReadonlyArray<{
    readonly id: string
    readonly distinct: number
    readonly properties: ReadonlyArray<{
      readonly name: string
      readonly verdict: string
      readonly counterexample: { readonly length: number; readonly replay: string } | null
    }>
  }>
}

test("every name has the states, verdicts and traces of any other", async () => {
  const cwd = folder()
  const { status, stdout } = await plait(["check", "--config", config, "--json", "--out", join(cwd, "traces")], { cwd })
  const { cases } = JSON.parse(stdout) as Document
  expect([status, cases.length]).toEqual([1, 2 * names.length])
  for (const { distinct, id, properties } of cases) {
    const found = properties.map(({ counterexample, name, verdict }) => [name, verdict, counterexample?.length])
    const isOfNodes = id.startsWith("constructor/")
    expect([id, distinct, found]).toEqual([
      id,
      isOfNodes ? 3 : 2,
      isOfNodes
        ? [
            ["constructor", "violated", 2],
            ["__proto__", "reached", 1],
            ["no deadlock", "holds", undefined]
          ]
        : [
            ["toString", "violated", 1],
            ["no deadlock", "holds", undefined]
          ]
    ])
  }
  const files = readdirSync(join(cwd, "traces"))
  const ends = files.map((file) => parseForeignTrace(file, readFileSync(join(cwd, "traces", file), "utf8")).at(-1))
  const isKept = (end: object | undefined, name: string) =>
    JSON.stringify(end).includes(JSON.stringify(name).slice(1, -1))
  expect(names.filter((name) => !ends.some((end) => isKept(end, name)))).toEqual([])
})

test.each(["constructor/constructor=0", "constructor/constructor=4", "variables/constructor=9"])(
  "%s: what it found is taken again, and says which field came",
  async (id) => {
    const cwd = folder()
    const name = names[Number(id.split("=")[1])] ?? ""
    const checked = await plait(["check", id, "--config", config, "--json"], { cwd })
    const { cases } = JSON.parse(checked.stdout) as Document
    const replayId = cases[0]?.properties[0]?.counterexample?.replay ?? ""
    const { stdout, status } = await plait(["replay", replayId, "--config", config], { cwd })
    expect(status).toBe(0)
    const came = stdout.split("\n").filter((line) => line.endsWith(`${name}: ∅ → 1`) || line.endsWith(`${name}: ∅ → 2`))
    expect([came.length > 0, stdout.trimEnd().split("\n").at(-1)?.startsWith("the trace still decides")]).toEqual([
      true,
      true
    ])
  }
)

test("what is pinned of them is found again: a second run has nothing to say", async () => {
  const cwd = folder()
  const baseline = join(cwd, "baseline.json")
  const verify = () => plait(["verify", "--config", config, "--baseline", baseline], { cwd })
  await verify()
  const pinned = JSON.parse(readFileSync(baseline, "utf8")) as { readonly cases: object }
  expect(Object.keys(pinned.cases).length).toBe(2 * names.length)
  const { status, stdout, stderr } = await verify()
  expect([status, /not in the baseline|→ undefined|no longer/.exec(stdout + stderr)]).toEqual([0, null])
})

test("the report page holds the trace of every name", async () => {
  const cwd = folder()
  const path = join(cwd, "page.html")
  const { status } = await plait(["report", "--config", config, "--html", path], { cwd })
  const page = readFileSync(path, "utf8")
  expect([status, names.slice(0, 12).filter((name) => !page.includes(`${name}: 1`))]).toEqual([1, []])
})
