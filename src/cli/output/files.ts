/**
 * Files that plait writes: whole or not at all.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs"
import { createHash } from "node:crypto"
import { dirname, join } from "node:path"
import { printTrace } from "../../trace/formats/Itf.ts"
import type { Trace } from "../../trace/Trace.ts"

/**
 * Makes a folder with its parents, one level at a time: Node's own recursive way never comes back where a level cannot be
 * made in a file system such as /proc.
 */
export const makeFolder = (path: string): void => {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

/** A file that could not be written; the earlier file, if any, is unchanged. */
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
    if (isNoFile(path)) return writeFileSync(path, text, encoding)
    replace(path, (file) => {
      writeFileSync(file, text, encoding)
      fsyncSync(file)
    })
  } catch (error) {
    throw new FileUnwritable(`cannot write ${path}: ${messageOf(error)}\n  the earlier file, if any, is unchanged`, {
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

/** True of a device, a pipe or a socket, such as /dev/stdout: it is written to, never replaced. */
const isNoFile = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && !found.isFile() && !found.isDirectory()
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

/** Longest name of a file but for its ending and that of a temporary one: 255 bytes are the most that systems take. */
const MOST_BYTES = 200

const slugOf = (text: string): string => text.replace(/[^\p{L}\p{N}=,-]+/gu, "-").replace(/^-|-$/g, "")

/** Cases and properties whose names can be read off the file's, small letters and digits only: no two have one. */
const plainCase = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+=[a-z0-9-]+(?:,[a-z0-9]+=[a-z0-9-]+)*)?$/
const plainProperty = /^[a-z0-9]+(?: [a-z0-9]+)*$/

/** As many characters from the start as fit. */
const cut = (text: string, bytes: number): string => {
  let used = 0
  return [...text].filter((sign) => (used += Buffer.byteLength(sign)) <= bytes).join("")
}

/**
 * The name of a trace's file: readable, and followed by a digest of both names where it does not tell all of them, so that
 * no two traces have one file, nor where a file system takes capital and small letters for the same.
 */
export const traceFileName = (caseId: string, property: string): string => {
  const name = `${slugOf(caseId)}--${slugOf(property)}`
  const isPlain = plainCase.test(caseId) && plainProperty.test(property) && !caseId.includes("--")
  if (isPlain && name.length <= MOST_BYTES) return `${name}.itf.json`
  const digest = createHash("sha256")
    .update(JSON.stringify([caseId, property]))
    .digest("hex")
    .slice(0, 16)
  return `${cut(name.normalize("NFC"), MOST_BYTES)}.${digest}.itf.json`
}

/** Writes the traces of a case as ITF files; their paths by property. */
export const writeTraces = (
  folder: string,
  caseId: string,
  traces: ReadonlyMap<string, Trace>
): ReadonlyMap<string, string> => {
  const files = new Map<string, string>()
  for (const [property, trace] of traces) {
    const path = join(folder, traceFileName(caseId, property))
    writeAtomically(path, printTrace(trace, { caseId, property }))
    files.set(property, path)
  }
  return files
}
