/**
 * The rest of a run in a new process. Code of a project can break the process that it runs in: a loop in a callback
 * blocks the thread for ever, and a replaced built-in may leave plait or Effect in an inconsistent state. The new
 * process skips the cases that broke an earlier one. A file passes it the results of the others.
 *
 * The broken thread itself starts the new process and waits for it, without its event loop. Rejected alternatives: a
 * supervisor around each run, which would cost every run a process; and ending the loop in place, after which Node
 * aborts, since its stack of callbacks no longer matches.
 */
import { spawnSync } from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import { join } from "node:path"

/** A failure of the code of a project, with the case that was being checked. */
export interface Fault {
  /** The identifier of the case; `undefined` outside of cases. */
  readonly caseId: string | undefined
  readonly message: string
}

/** The data that is passed to the new process. */
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

/** The interval at which the existence of the waiting process is checked. */
const LOOK_MILLIS = 200

// Taken before these functions are watched or replaced.
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

/** True if this process continues the run of an earlier one. */
export const isContinuation = rest.parent !== process.pid

/** The cases that are left out. */
export const leftOut: ReadonlySet<string> = new Set(rest.broken)

/** The failures in the earlier processes. */
export const earlierFaults: ReadonlyArray<Fault> = rest.faults

/** The time that the earlier processes took, in milliseconds. */
export const { elapsedMillis: earlierMillis } = rest

/** The value that an earlier process passed under a name. */
export const carried = (name: string): unknown => rest.carried[name]

/** Passes a value of plain data to the new process when this process is left. */
export const carry = (name: string, value: () => unknown): void => void carriers.set(name, value)

/** Ends this process, by calling `end`, when the process that waits for it has ended. */
export const followParent = (end: () => void): void => {
  if (isContinuation) setInterval(() => process.ppid === rest.parent || end(), LOOK_MILLIS).unref()
}

/**
 * Runs the rest of the run without a case in a new process, and waits. Returns its exit code; `undefined` if it could
 * not be run.
 */
export const continueWithout = (caseId: string, faults: ReadonlyArray<Fault>): number | undefined => {
  // The blocked thread handles no signals. Without a listener a signal ends the process.
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
