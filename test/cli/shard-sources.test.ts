/**
 * Shards of two states of the source, through the real command: they are no run, and what differs is named.
 */
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { edit, makeProject, runPlait } from "../own-project.ts"

const reading = (text: string): string => `import { readFileSync } from "node:fs"
readFileSync(new URL("data.txt", import.meta.url))
void process.env["LEFT_SIZE"]
${text}`

const project = (): string => {
  const made = makeProject()
  writeFileSync(join(made, "data.txt"), "1\n")
  edit(made, "left-entry.ts", reading)
  return made
}

const shard = (cwd: string, index: number, file: string, environment = {}): void => {
  const words = ["check", "--shard", `${index}/2`, "--reporter", `data=${file}`]
  expect(runPlait(cwd, words, { environment }).stderr.includes("fault of plait")).toBe(false)
}

const merged = (cwd: string, ...files: ReadonlyArray<string>) => {
  const { status, stderr } = runPlait(cwd, ["merge-reports", ...files])
  return [status === 2, stderr.split("\n")[0]?.replaceAll(cwd, "")]
}

test("what was changed between two shards is named: a module, data, a file that is new, a variable", () => {
  const cwd = project()
  const other = project()
  shard(cwd, 1, "1.json")
  shard(cwd, 2, "2.json")
  expect(merged(cwd, "1.json", "2.json")).toEqual([false, ""])
  // The same source in another folder, as on another machine.
  shard(other, 2, join(cwd, "other.json"))
  expect(merged(cwd, "1.json", "other.json")).toEqual([false, ""])
  const refused = (name: string) => [
    true,
    `plait: 2.json is of another state of the source than 1.json: ${name} differs`
  ]
  edit(cwd, "left-first.ts", (text) => text.replace("1", "2"))
  shard(cwd, 2, "2.json")
  expect(merged(cwd, "1.json", "2.json")).toEqual(refused("left-first.ts"))
  edit(cwd, "left-first.ts", (text) => text.replace("2", "1"))
  appendFileSync(join(cwd, "data.txt"), "2\n")
  shard(cwd, 2, "2.json")
  expect(merged(cwd, "1.json", "2.json")).toEqual(refused("data.txt"))
  writeFileSync(join(cwd, "data.txt"), "1\n")
  shard(cwd, 2, "2.json", { LEFT_SIZE: "3" })
  expect(merged(cwd, "1.json", "2.json")).toEqual(refused("a variable of the environment"))
  edit(cwd, "plait.config.ts", (text) => `import "./added.ts"\n${text}`)
  writeFileSync(join(cwd, "added.ts"), "export {}\n")
  shard(cwd, 2, "2.json")
  expect(merged(cwd, "1.json", "2.json")).toEqual(refused("added.ts"))
})

test("a package that changed between two shards is told", () => {
  const cwd = makeProject()
  mkdirSync(join(cwd, "own", "node_modules", "sizes"), { recursive: true })
  const size = join(cwd, "own", "node_modules", "sizes", "index.js")
  writeFileSync(size, "export const size = 1\n")
  edit(cwd, "plait.config.ts", (text) => `import "./own/node_modules/sizes/index.js"\n${text}`)
  shard(cwd, 1, "1.json")
  writeFileSync(size, "export const size = 2\n")
  shard(cwd, 2, "2.json")
  expect(merged(cwd, "1.json", "2.json")).toEqual([
    true,
    "plait: 2.json is of another state of the source than 1.json: the content of a package differs"
  ])
})

test("what was read without a digest cannot be compared: merging says so, and compares the rest", () => {
  const cwd = project()
  edit(cwd, "left-first.ts", (text) => `void Date.now()\n${text}`)
  shard(cwd, 1, "1.json")
  shard(cwd, 2, "2.json")
  const said = (file: string) =>
    `plait: ${file} may be of another state of the source than the others: left-first.ts:1 called Date.now(), which may differ in another run`
  expect(runPlait(cwd, ["merge-reports", "1.json", "2.json"]).stderr.split("\n")).toEqual([
    said("1.json"),
    said("2.json"),
    ""
  ])
  appendFileSync(join(cwd, "data.txt"), "2\n")
  shard(cwd, 2, "2.json")
  expect(merged(cwd, "1.json", "2.json")).toEqual([
    true,
    "plait: 2.json is of another state of the source than 1.json: data.txt differs"
  ])
})
