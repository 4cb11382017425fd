/**
 * `plait init`: writes a small protocol, its properties, a test and a configuration into a project, and runs them. The
 * files are those of `examples/own-protocol`. Existing files are not changed.
 */
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, resolve } from "node:path"
import { UsageError } from "../../suite/UsageError.ts"
import type { Request } from "../arguments.ts"
import { writeAtomically } from "../output/files.ts"

const FILES = [
  "protocols/max-register.ts",
  "protocols/properties.ts",
  "protocols/max-register.test.ts",
  "plait.config.ts"
]
const MANIFEST = "package.json"
const SETTINGS = "tsconfig.json"
const SCRIPT = { name: "verify", runs: "plait verify" }

const example = (file: string): string =>
  readFileSync(new URL(`examples/own-protocol/${file}`, import.meta.resolve("plait/package.json")), "utf8")

/** Runs the command and returns the exit code of the first program that fails, or 0. */
export const init = async (request: Request): Promise<number> => {
  if (request.words.length > 0) {
    throw new UsageError({ problem: "plait init takes no operand", advice: "it writes into the current folder" })
  }
  refuseOccupied()
  const manifest = readManifest()
  for (const file of FILES) write(file, example(file))
  if (!existsSync(SETTINGS)) write(SETTINGS, example(SETTINGS))
  addScript(manifest)
  const outcomes = [runPlait(), runVitest()]
  process.stdout.write(
    [
      "",
      "next: change protocols/max-register.ts, and state what must hold in protocols/properties.ts",
      "  npx plait check max-register --set lose=1   what one lost message does",
      `  npm run ${SCRIPT.name}                              compares with reports/baseline.json, which belongs in git`,
      ""
    ].join("\n")
  )
  return outcomes.find((code) => code !== 0) ?? 0
}

const write = (file: string, text: string): void => {
  writeAtomically(file, text)
  process.stdout.write(`wrote ${file}\n`)
}

const refuseOccupied = (): void => {
  const there = FILES.filter((file) => existsSync(file))
  if (there.length === 0) return
  throw new UsageError({
    problem: `plait init overwrites nothing, and ${there.join(", ")} ${there.length === 1 ? "is" : "are"} there`,
    advice: "plait check explores what plait.config.ts names; plait init wants a folder without these files"
  })
}

interface Manifest {
  readonly type?: string
  readonly scripts?: { readonly [name: string]: string }
}

/** The package.json of the project. It must let Node load the configuration as a module that imports plait. */
const readManifest = (): Manifest => {
  if (!existsSync(MANIFEST)) {
    throw new UsageError({
      problem: `there is no ${MANIFEST} here`,
      advice: "npm init -y, npm pkg set type=module, npm install plait"
    })
  }
  const manifest = JSON.parse(readFileSync(MANIFEST, "utf8")) as Manifest
  if (manifest.type !== "module") {
    throw new UsageError({
      problem: `${MANIFEST} does not say "type": "module", which plait.config.ts needs`,
      advice: "npm pkg set type=module"
    })
  }
  if (located("plait/package.json") === undefined || located("effect/package.json") === undefined) {
    throw new UsageError({ problem: "plait is not installed in this project", advice: "npm install plait effect" })
  }
  return manifest
}

const located = (file: string): string | undefined => {
  try {
    return createRequire(resolve(MANIFEST)).resolve(file)
  } catch {
    return undefined
  }
}

const addScript = (manifest: Manifest): void => {
  if (manifest.scripts?.[SCRIPT.name] !== undefined) return
  const scripts = { ...manifest.scripts, [SCRIPT.name]: SCRIPT.runs }
  writeAtomically(MANIFEST, `${JSON.stringify({ ...manifest, scripts }, undefined, 2)}\n`)
  process.stdout.write(`added to ${MANIFEST}: npm run ${SCRIPT.name}\n`)
}

const run = (said: string, words: ReadonlyArray<string>): number => {
  process.stdout.write(`\n$ ${said}\n`)
  return spawnSync(process.execPath, words, { stdio: "inherit" }).status ?? 1
}

const runPlait = (): number => run("npx plait verify", [process.argv[1] ?? "", "verify"])

const runVitest = (): number => {
  const vitest = located("vitest/package.json")
  if (vitest !== undefined) return run("npx vitest run", [join(dirname(vitest), "vitest.mjs"), "run", FILES[2] ?? ""])
  process.stdout.write("\nnot run, since vitest is not installed: protocols/max-register.test.ts\n")
  return 0
}
