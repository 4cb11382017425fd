/**
 * Writes files: whole or not at all.
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
 * Makes a folder with its parents, one level at a time. The recursive call of Node never returns if a level cannot be
 * made in a file system such as /proc.
 */
export const makeFolder = (path: string): void => {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}

/** The error for a file that could not be written. An earlier file is unchanged. */
export class FileUnwritable extends Error {
  readonly _tag = "FileUnwritable"
}

/**
 * Writes a file through a temporary file beside it, which is on the disk before it takes the name. So neither a reader,
 * a kill, a loss of power nor a full disk sees half a file. Throws `FileUnwritable`. A kill leaves the temporary file
 * behind; its name contains the process number, and no other run reads or writes it.
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

/** Replaces a file by the content that `write` writes. On failure the temporary file is removed. */
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

/** The folder of data that plait stores between runs. Deleting it costs only time. */
export const SCRATCH = ".plait"

/**
 * Writes a file of that folder, whole or not at all, without waiting for the disk: such a file can be lost. Returns the
 * error message instead of throwing.
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

/** The longest file name in bytes, without its ending and that of a temporary file. Systems allow at most 255 bytes. */
const MOST_BYTES = 200

const slugOf = (text: string): string => text.replace(/[^\p{L}\p{N}=,-]+/gu, "-").replace(/^-|-$/g, "")

/**
 * Patterns of cases and properties that a file name can show in full, in small letters and digits only: no two such
 * names are equal.
 */
const plainCase = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+=[a-z0-9-]+(?:,[a-z0-9]+=[a-z0-9-]+)*)?$/
const plainProperty = /^[a-z0-9]+(?: [a-z0-9]+)*$/

/** The longest prefix of a text that fits into some bytes. */
const cut = (text: string, bytes: number): string => {
  let used = 0
  return [...text].filter((sign) => (used += Buffer.byteLength(sign)) <= bytes).join("")
}

/**
 * The file name of a trace. It is readable. If it does not contain both names in full, a digest of both follows, so
 * that no two traces share a file, not even in a file system that ignores case.
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

/** Writes the traces of a case as ITF files, and returns their paths by property. */
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
