/**
 * The outputs of commands that the documents show, kept in .plait/docs.json. An output is reused while the sources, the
 * examples, the pinned results and Node are unchanged, so that a change of prose runs no command.
 */
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Run } from "./blocks.ts"

const root = join(import.meta.dirname, "..", "..")
const kept = join(root, ".plait", "docs.json")

/** Files that an output depends on. */
const inputs = [
  "{src,models,properties,examples}/**/*.{ts,json}",
  "reports/*.json",
  "plait.config.ts",
  "package.json",
  "package-lock.json"
]

/** Digest of the inputs and of Node's version. */
const inputsDigest = (): string => {
  const paths = globSync(inputs, { cwd: root, exclude: ["**/node_modules/**", "**/*.test.ts"] }).toSorted()
  const hash = createHash("sha256").update(process.version)
  for (const path of paths) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)))
  return hash.digest("hex")
}

interface Kept {
  readonly inputs: string
  readonly outputs: { readonly [command: string]: string }
}

const read = (): Kept | undefined => {
  try {
    return JSON.parse(readFileSync(kept, "utf8")) as Kept
  } catch {
    return undefined
  }
}

/** Runs the command line. In a folder's project, lines to paste begin with npx, as they do for a user. */
const printed = (words: ReadonlyArray<string>, folder: string | undefined): string => {
  const { CI: _ci, FORCE_COLOR: _color, ...environment } = process.env
  const project = folder === undefined ? root : mkdtempSync(join(tmpdir(), "plait-docs-"))
  if (folder !== undefined) {
    for (const name of readdirSync(join(root, folder)))
      if (name !== "node_modules") symlinkSync(join(root, folder, name), join(project, name))
  }
  const { stderr, stdout } = spawnSync(process.execPath, [join(root, "src/cli/main.ts"), ...words], {
    cwd: project,
    encoding: "utf8",
    env: { ...environment, NO_COLOR: "1" }
  })
  if (folder !== undefined) rmSync(project, { recursive: true })
  if (stdout === "") throw new Error(`plait ${words.join(" ")} printed no output\n${stderr}`)
  return stdout
}

/** Outputs of commands, and the number of commands that were run for them. */
export class Outputs {
  readonly #inputs = inputsDigest()
  readonly #known: Map<string, string>
  #runs = 0

  /** With `fresh` every command is run, also where its output is kept. */
  constructor({ fresh }: { readonly fresh: boolean }) {
    const before = fresh ? undefined : read()
    this.#known = new Map(before?.inputs === this.#inputs ? Object.entries(before.outputs) : [])
  }

  /** Number of commands run. */
  get runs(): number {
    return this.#runs
  }

  /** The output of a command. */
  readonly of: Run = (words, folder) => {
    const command = `${folder ?? "."}: ${words.join(" ")}`
    const known = this.#known.get(command)
    if (known !== undefined) return known
    const output = printed(words, folder)
    this.#runs += 1
    this.#known.set(command, output)
    return output
  }

  /** Keeps the outputs for the next time. */
  keep(): void {
    mkdirSync(join(root, ".plait"), { recursive: true })
    const document: Kept = { inputs: this.#inputs, outputs: Object.fromEntries([...this.#known].toSorted()) }
    writeFileSync(kept, `${JSON.stringify(document, undefined, 1)}\n`)
  }
}
