/**
 * The files of the work tree that git tracks or would track, read once, and what a rule says about them.
 * A rule is a function from one file to its findings, so each can be tried on a file that exists only in a test.
 */
import { execFileSync } from "node:child_process"
import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"

/** A file of the repository: its path from the root, with forward slashes, and its text. */
export interface File {
  readonly path: string
  readonly text: string
}

/** One place where a rule is broken, printed as "path:line what is wrong". */
export type Finding = string

/** What a rule finds in one file. */
export type Rule = (file: File) => ReadonlyArray<Finding>

const root = join(import.meta.dirname, "..", "..")

const binary = /\.(?:png|gif|jpg|ico|woff2?|wasm|gz|tgz|pdf)$/

const isFile = (path: string) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true

/** Every text file that is tracked, or is new and not ignored; a file deleted but not yet committed is left out. */
export const tree: ReadonlyArray<File> = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
  cwd: root,
  encoding: "utf8"
})
  .split("\0")
  .filter((path) => path !== "" && !binary.test(path) && isFile(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))

/** A finding at an offset of the file's text. */
export const at = (file: File, offset: number, says: string): Finding =>
  `${file.path}:${file.text.slice(0, offset).split("\n").length} ${says}`

/** Is it TypeScript? */
export const isTypeScript = (file: File): boolean => file.path.endsWith(".ts")

/** Is it a test, which may import what it likes and needs no header? */
export const isTest = (file: File): boolean => file.path.endsWith(".test.ts")

/** Is it code of the product, rather than a test, a benchmark or a tool's configuration? */
export const isProduct = (file: File): boolean =>
  isTypeScript(file) && !isTest(file) && /^(?:src|models|properties)\//.test(file.path)
