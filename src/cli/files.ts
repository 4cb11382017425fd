/**
 * Files that plait writes: whole or not at all.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { CheckedCell } from "../suite/CheckCell.ts"
import { printTrace } from "../trace/Itf.ts"

/** Writes a file by way of a temporary one beside it, so that a reader or a kill never meets half of it. */
export const writeAtomically = (path: string, text: string): void => {
  const temporary = `${path}.${process.pid}.part`
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(temporary, text)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

const fileName = (text: string): string => text.replace(/[^a-z0-9=,-]+/gi, "-").replace(/^-|-$/g, "")

/** Writes the traces of a cell as ITF files; their paths by property. */
export const writeTraces = (folder: string, { result, traces }: CheckedCell): ReadonlyMap<string, string> => {
  const files = new Map<string, string>()
  for (const [property, trace] of traces) {
    const path = join(folder, `${fileName(result.id)}--${fileName(property)}.itf.json`)
    writeAtomically(path, printTrace(trace, { cell: result.id, property }))
    files.set(property, path)
  }
  return files
}
