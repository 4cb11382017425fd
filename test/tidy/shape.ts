/** A file holds one concept: it is short, and it is called after the concept. */
import { basename } from "node:path"
import { at, type File, type Finding, isTypeScript } from "./tree.ts"

/** The most lines a file may have; a longer one has two concepts in it, or more. */
export const lineLimit = 350

/** Files longer than the limit. */
export const tooLong = (file: File): ReadonlyArray<Finding> => {
  const lines = file.text.replace(/\n$/, "").split("\n").length
  if (!isTypeScript(file) || lines <= lineLimit) return []
  return [`${file.path}:${lineLimit + 1} has ${lines} lines, ${lineLimit} is the limit`]
}

const meaningless = /^(?:utils?|helpers?|commons?|types?|misc|shared|stuff)$/i

/** Files and folders whose name would fit anything. */
export const withoutMeaning = (file: File): ReadonlyArray<Finding> => {
  const names = [...file.path.split("/").slice(0, -1), basename(file.path).split(".")[0] ?? ""]
  return names.filter((name) => meaningless.test(name)).map((name) => at(file, 0, `"${name}" would fit anything`))
}
