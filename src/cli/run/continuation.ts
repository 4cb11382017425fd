/**
 * The rest of a run in a new process. Code of a project can break the process that it runs in: a loop in a callback holds
 * the thread for ever, and a built-in that was replaced may leave plait or Effect in the middle of something. The new
 * process leaves out the cases that broke an earlier one; what is known of the others goes along in a file.
 *
 * The broken thread itself starts the new process and waits for it, without its event loop. Not taken: a supervisor around
 * each run, which would cost every run a process; and ending the loop where it is, after which Node aborts, since its
 * stack of callbacks is another than it left there.
 */
import { spawnSync } from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import { join } from "node:path"

/** Something that went wrong in the code of a project, and while which case was looked at. */
export interface Fault {
  /** The case's identifier; nothing outside of any. */
  readonly caseId: string | undefined
  readonly message: string
}

/** What goes along. */
interface Rest {
  /** The cases that are left out. */
  readonly broken: ReadonlyArray<string>
  readonly faults: ReadonlyArray<Fault>
  readonly elapsedMillis: number
  readonly carried: { readonly [name: string]: unknown }
  /** The process that waits. */
  readonly parent: number
}

const VARIABLE = "PLAIT_CONTINUES"

/** How often it is looked whether whoever waits is still there. */
const LOOK_MILLIS = 200

// Taken before anything watches or replaces them.
const start = spawnSync
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = fs
const { constants, tmpdir } = os
const { execArgv, execPath } = process
const [, ...words] = process.argv

const read = (): Rest => {
  const path = process.env[VARIABLE]
  if (path === undefined) return { broken: [], faults: [], elapsedMillis: 0, carried: {}, parent: process.pid }
  delete process.env[VARIABLE]
  return JSON.parse(readFileSync(path, "utf8")) as Rest
}

const rest = read()

const environment = { ...process.env }
const began = performance.now() - rest.elapsedMillis
const clock = performance.now.bind(performance)
const carriers = new Map<string, () => unknown>()

/** Whether this process goes on with what an earlier one began. */
export const isContinuation = rest.parent !== process.pid

/** The cases that are left out. */
export const leftOut: ReadonlySet<string> = new Set(rest.broken)

/** What went wrong in the earlier processes. */
export const earlierFaults: ReadonlyArray<Fault> = rest.faults

/** The time that the earlier processes took, in milliseconds. */
export const { elapsedMillis: earlierMillis } = rest

/** What an earlier process gave along under a name. */
export const carried = (name: string): unknown => rest.carried[name]

/** Gives along what is plain data when the process is left. */
export const carry = (name: string, value: () => unknown): void => void carriers.set(name, value)

/** Ends this process, by `end`, when whoever waits for it is gone. */
export const followParent = (end: () => void): void => {
  if (isContinuation) setInterval(() => process.ppid === rest.parent || end(), LOOK_MILLIS).unref()
}

/** Runs the rest without a case in a new process, and waits; its exit code, or nothing where it could not be run. */
export const continueWithout = (caseId: string, faults: ReadonlyArray<Fault>): number | undefined => {
  // The thread hears no signal any more. Without a listener a signal ends it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal)
  const folder = mkdtempSync(join(tmpdir(), "plait-rest-"))
  try {
    const path = join(folder, "rest.json")
    writeFileSync(path, JSON.stringify(restAfter(caseId, faults)))
    const env = { ...environment, [VARIABLE]: path }
    const { signal, status } = start(execPath, [...execArgv, ...words], { env, stdio: "inherit" })
    return status ?? (signal === null ? undefined : 128 + constants.signals[signal])
  } catch {
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const restAfter = (caseId: string, faults: ReadonlyArray<Fault>): Rest => ({
  broken: [...leftOut, caseId],
  faults,
  elapsedMillis: clock() - began,
  carried: Object.fromEntries([...carriers].map(([name, value]) => [name, value()])),
  parent: process.pid
})
