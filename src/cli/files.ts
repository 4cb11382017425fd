/**
 * Files that plait writes: whole or not at all.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { printTrace } from "../trace/Itf.ts"
import type { Trace } from "../trace/Trace.ts"

/**
 * Makes a folder with its parents, one level at a time: Node's own recursive way never comes back where a level cannot be
 * made in a file system such as /proc.
 */
export const makeFolder = (path: string): void => {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

/** A file that could not be written; what was there before is as it was. */
export class FileUnwritable extends Error {
  readonly _tag = "FileUnwritable"
}

/**
 * Writes a file by way of a temporary one beside it that is on the disk before it takes the name, so that neither a reader
 * nor a kill nor a loss of power nor a full disk leaves half of it. Throws `FileUnwritable`. What a kill leaves is the
 * temporary file, called after the process, which no other run reads or writes.
 */
export const writeAtomically = (path: string, text: string, encoding: BufferEncoding = "utf8"): void => {
  makeFolder(dirname(path))
  try {
    replace(path, (file) => {
      writeFileSync(file, text, encoding)
      fsyncSync(file)
    })
  } catch (error) {
    throw new FileUnwritable(`cannot write ${path}: ${messageOf(error)}\n  what was there before is as it was`, {
      cause: error
    })
  }
}

/** Puts what `write` writes in place of a file; where that fails, nothing is left of it. */
const replace = (path: string, write: (file: number) => void): void => {
  const temporary = `${path}.${process.pid}.part`
  try {
    const file = openSync(temporary, "w")
    try {
      write(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The folder of what plait remembers between runs; whoever deletes it loses nothing but time. */
export const SCRATCH = ".plait"

/**
 * Writes a file of that folder, whole or not at all, but not waiting for the disk: such a file can be lost. Says what was
 * in the way instead of throwing.
 */
export const writeScratch = (path: string, text: string): string | undefined => {
  try {
    const ignored = join(SCRATCH, ".gitignore")
    makeFolder(dirname(path))
    if (!existsSync(ignored)) writeFileSync(ignored, "*\n")
    replace(path, (file) => writeFileSync(file, text))
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

const fileName = (text: string): string => text.replace(/[^a-z0-9=,-]+/gi, "-").replace(/^-|-$/g, "")

/** Writes the traces of a cell as ITF files; their paths by property. */
export const writeTraces = (
  folder: string,
  cell: string,
  traces: ReadonlyMap<string, Trace>
): ReadonlyMap<string, string> => {
  const files = new Map<string, string>()
  for (const [property, trace] of traces) {
    const path = join(folder, `${fileName(cell)}--${fileName(property)}.itf.json`)
    writeAtomically(path, printTrace(trace, { cell, property }))
    files.set(property, path)
  }
  return files
}
