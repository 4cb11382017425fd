/**
 * The fenced blocks of the documents. A comment above a block names its origin, from which the block is written anew:
 *
 * - `plait check race/leaders=3`: the output of a command in this repository;
 * - `in examples/race: plait check`: the output of a command in a project that holds the files of a folder;
 * - either followed by `, from "TEXT" to "TEXT"`: its lines from the first that contains one text to the next that
 *   contains the other; or by `, one of each`: its JSON with one element of each array, without what was measured;
 * - `models/crdt/grow-only-set.ts`: a file, of TypeScript without its header; with `#NAME` what stands in it between
 *   `#region NAME` and `#endregion`.
 *
 * A block of shell commands has no comment: its commands are read by the parser of the command line.
 */
import { readFileSync } from "node:fs"

/** Prints the output of a command, run in this repository or in a project with the files of a folder. */
export type Run = (words: ReadonlyArray<string>, folder: string | undefined) => string

/** A fenced block of a page. */
export interface Block {
  /** The text of the comment above the block. */
  readonly origin: string | undefined
  readonly language: string
  readonly text: string
  /** Line of the page at which the fence opens. */
  readonly line: number
}

const root = new URL("../../", import.meta.url)
const fenced = /(?:<!-- (.+?) -->\n)?(?<=^|\n)```(\w*)\n([\s\S]*?)```/g

/** Origin of the block that test/package.test.ts writes, since it needs an installed package. */
export const installed = "in an empty project: plait init"

/** The blocks of a page, in order. */
export const blocksOf = (page: string): ReadonlyArray<Block> =>
  [...page.matchAll(fenced)].map(({ 0: all, 1: origin, 2: language = "", 3: text = "", index }) => ({
    origin,
    language,
    text,
    line: page.slice(0, index + all.indexOf("```")).split("\n").length
  }))

/** The page with each block that names an origin written anew. */
export const withFreshBlocks = (page: string, run: Run): string =>
  page.replace(fenced, (all: string, origin: string | undefined, language: string) =>
    origin === undefined || origin === installed
      ? all
      : `<!-- ${origin} -->\n\`\`\`${language}\n${textOf(origin, run).trimEnd()}\n\`\`\``
  )

const textOf = (origin: string, run: Run): string => {
  const command = /^(?:in (\S+): )?plait (.+?)(?:, (one of each)|, from "(.+)" to "(.+)")?$/.exec(origin)
  if (command === null) return sourceOf(origin)
  const [, folder, words = "", oneOfEach, first, last] = command
  const output = run(words.split(" "), folder)
  if (oneOfEach !== undefined) return printedJson(shortened(JSON.parse(output)), "")
  return first === undefined || last === undefined ? output : excerpt(output, words, first, last)
}

const excerpt = (output: string, words: string, first: string, last: string): string => {
  const lines = output.split("\n")
  const start = lines.findIndex((line) => line.includes(first))
  const end = lines.findIndex((line, index) => index >= start && line.includes(last))
  if (start < 0 || end < 0)
    throw new Error(`the output of ${words} has no lines from "${first}" to "${last}":\n${output}`)
  return lines.slice(start, end + 1).join("\n")
}

/** Fields that differ from run to run. */
const measured = new Set(["elapsedMillis", "bytesPerState"])

const shortened = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shortened)
  if (typeof value !== "object" || value === null) return value
  const fields = Object.entries(value).filter(([name]) => !measured.has(name))
  return Object.fromEntries(fields.map(([name, field]) => [name, shortened(field)]))
}

/** JSON with each array or object on one line where it fits. */
const printedJson = (value: unknown, indent: string): string => {
  const line = JSON.stringify(value).replace(/("(?:[^"\\]|\\.)*")|([,:])/g, (_all, text?: string, sign?: string) =>
    text === undefined ? `${sign} ` : text
  )
  if (typeof value !== "object" || value === null || indent.length + line.length <= 100) return line
  const inner = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((each) => printedJson(each, inner))
    : Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${printedJson(field, inner)}`)
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"]
  return `${open}\n${parts.map((part) => `${inner}${part}`).join(",\n")}\n${indent}${close}`
}

const sourceOf = (origin: string): string => {
  const [path = "", region] = origin.split("#")
  const text = readFileSync(new URL(path, root), "utf8")
  if (region === undefined) return path.endsWith(".ts") ? text.slice(text.search(/^import/m)) : text
  const found = new RegExp(`^( *)// #region ${region}\\n([\\s\\S]*?)^ *// #endregion`, "m").exec(text)
  if (found === null) throw new Error(`${path} has no region ${region}`)
  const [, indent = "", lines = ""] = found
  return lines
    .split("\n")
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n")
}
