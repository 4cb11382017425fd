/**
 * `npm run check [PART…]`: types, lint, effect, format and tidy, or the parts that are named. All parts run, even if one
 * fails; each finding is a line `path:line message`. Exits with 1 if a part failed, with 2 if a name is unknown.
 */
import { spawn } from "node:child_process"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { findingsIn, type Part, parts } from "./parts.ts"
import { rules } from "./rules.ts"
import { tree } from "./tree.ts"

const root = join(import.meta.dirname, "..", "..")

/** The findings of one part; `undefined` if it passed. */
type Result = ReadonlyArray<string> | undefined

const run = async (part: Part): Promise<Result> => {
  const program = join(root, "node_modules", ".bin", part.command)
  const child = spawn(program, part.options, { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
  const exit = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve))
  const [code, out, err] = await Promise.all([exit, text(child.stdout), text(child.stderr)])
  return code === 0 ? undefined : findingsIn(part, `${out}${err}`, root)
}

const tidy = async (): Promise<Result> => {
  const found = rules.flatMap(({ rule }) => rule(tree))
  return found.length === 0 ? undefined : found
}

const all: ReadonlyArray<readonly [name: string, start: () => Promise<Result>]> = [
  ...parts.map((part) => [part.name, () => run(part)] as const),
  ["tidy", tidy]
]

const main = async (wanted: ReadonlyArray<string>): Promise<number> => {
  const unknown = wanted.filter((each) => !all.some(([name]) => name === each))
  if (unknown.length > 0) {
    console.error(`no such part: ${unknown.join(", ")}; there are ${all.map(([name]) => name).join(", ")}`)
    return 2
  }
  const chosen = all.filter(([name]) => wanted.length === 0 || wanted.includes(name))
  const results = await Promise.all(chosen.map(async ([name, start]) => [name, await start()] as const))
  const failed = results.flatMap(([name, found]) => (found === undefined ? [] : [{ name, found }]))
  for (const { name, found } of failed) console.error(`${name}:\n${found.join("\n")}`)
  return failed.length === 0 ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
