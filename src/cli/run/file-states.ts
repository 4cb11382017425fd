/**
 * What can be read of a path, each as a text that changes when it does: content, status, links.
 */
import fs from "node:fs"
import { digestOf } from "./module-graph.ts"

// Taken before anything watches them.
const { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statSync } = fs

/** Stands for what is there and cannot be read. */
const UNREADABLE = "unreadable"

/** The content of a file, the names in a folder; nothing of a device or a pipe, which has another one each time. */
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

/** What `stat` tells, but for when it was read last. */
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

/** Where links lead. */
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
