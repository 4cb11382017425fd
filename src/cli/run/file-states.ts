/**
 * The readable states of a path, each as a text that changes with the state: content, status, links.
 */
import fs from "node:fs"
import { digestOf } from "./module-graph.ts"

// Taken before these functions are watched.
const { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } = fs

/** The state of a path that exists but cannot be read. */
const UNREADABLE = "unreadable"

/**
 * The content of a file, or the names in a folder; `undefined` for a device or a pipe, whose content differs each time.
 */
export const stateOf = (path: string): string | undefined => {
  try {
    if (!existsSync(path)) return "absent"
    const status = statSync(path)
    if (status.isDirectory()) return namesIn(path, false)
    return status.isFile() ? digestOf(readFileSync(path)) : undefined
  } catch {
    return UNREADABLE
  }
}

/** The names in a folder and all below it. */
export const namesBelow = (path: string): string => {
  try {
    return namesIn(path, true)
  } catch {
    return UNREADABLE
  }
}

const namesIn = (path: string, recursive: boolean): string =>
  readdirSync(path, { withFileTypes: true, recursive })
    .map(
      (entry) => `${entry.parentPath}/${entry.name} ${entry.isDirectory() ? "folder" : entry.isFile() ? "file" : ""}`
    )
    .sort()
    .join("\n")

/** The status as `stat` returns it, without the time of the last access. */
export const statusOf = (path: string): string =>
  [statSync, lstatSync]
    .map((look) => {
      try {
        const { birthtimeMs, ctimeMs, dev, gid, ino, mode, mtimeMs, nlink, size, uid } = look(path)
        return [birthtimeMs, ctimeMs, dev, gid, ino, mode, mtimeMs, nlink, size, uid].join(" ")
      } catch {
        return UNREADABLE
      }
    })
    .join("\n")

/** The targets of links. */
export const linksOf = (path: string): string =>
  [() => readlinkSync(path), () => realpathSync(path)]
    .map((look) => {
      try {
        return look()
      } catch {
        return UNREADABLE
      }
    })
    .join("\n")
