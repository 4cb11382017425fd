/**
 * Places in the code of a project at which an error was thrown or a file could not be read: the lines that its author
 * has to look at.
 */
import { existsSync, readFileSync } from "node:fs"
import { relative } from "node:path"
import { fileURLToPath } from "node:url"

const ownCode = fileURLToPath(new URL("../..", import.meta.url))

/** A place as it is printed: the path from the current folder, and the line. */
const placeOf = (path: string, line: string | number): string => {
  const near = relative(process.cwd(), path)
  return `${near.startsWith("..") ? path : near}:${line}`
}

const isForeign = (path: string): boolean => !path.startsWith(ownCode) && !path.includes("/node_modules/")

/** The printed place of a script that belongs to neither Node, plait nor a package. */
export const foreignPlace = (url: string, line: number): string | undefined => {
  if (!url.startsWith("file:")) return undefined
  const path = fileURLToPath(url)
  return isForeign(path) ? placeOf(path, line) : undefined
}

/**
 * The first place of a stack that belongs to neither Node, plait nor a package, such as `models/bag.ts:3`. A file that
 * does not parse is in the first line of the stack. A module that is not found is searched for in the file that imports
 * it.
 */
export const placeIn = (error: Error): string | undefined => {
  const { message, stack } = error
  if (typeof message !== "string" || typeof stack !== "string") return undefined
  const missing = /^Cannot find (?:module|package) '([^']+)' imported from (.+)$/m.exec(message)
  if (missing !== null) return importing(missing[2] ?? "", missing[1] ?? "")
  for (const [, url, path, line] of stack.matchAll(/(file:\/\/[^\s:)]+|(?<=^|\s|\()(\/[^\s:)]+)):(\d+)/g)) {
    const file = path ?? fileURLToPath(url ?? "")
    if (isForeign(file)) return placeOf(file, line ?? "")
  }
  return undefined
}

const importing = (file: string, wanted: string): string => {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file
  const end = wanted.split("/").at(-1) ?? wanted
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : []
  const found = lines.findIndex((line) => /\b(?:from|import)\b/.test(line) && line.includes(end))
  return found === -1 ? placeOf(path, 1) : placeOf(path, found + 1)
}
