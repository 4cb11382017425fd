/**
 * The real command, for tests: run to its end, or watched while it runs. Nothing of the environment that decides what it
 * prints comes from whoever runs the tests.
 */
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** The command's module. */
export const main = new URL("../../src/cli/main.ts", import.meta.url).pathname

/** A configuration whose models misbehave. */
export const hostile = new URL("hostile.config.ts", import.meta.url).pathname

/** A search that no machine comes to the end of while a test waits: (1 + 2^3)^9 states, in millions 387. */
export const endless = ["check", "grow-only-set", "--set", "replicas=4", "--set", "operations=9"] as const

/** A new folder. */
export const folder = (): string => mkdtempSync(join(tmpdir(), "plait-"))

/** What a process came to. */
export interface Ran {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Where and with what a command runs. */
export interface Surroundings {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

const ofTheTests = ["CI", "FORCE_COLOR", "NO_COLOR", "NODE_V8_COVERAGE", "npm_command", "GITHUB_STEP_SUMMARY"]

/** A process and what it has said so far. */
export class Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ran>
  stdout = ""
  stderr = ""

  constructor(file: string, words: ReadonlyArray<string>, { cwd = process.cwd(), env = {} }: Surroundings = {}) {
    const own = Object.entries(process.env).filter(([name]) => !ofTheTests.includes(name))
    this.child = spawn(file, words, { cwd, env: { ...Object.fromEntries(own), ...env } })
    this.child.stdout?.on("data", (chunk: Buffer) => (this.stdout += chunk.toString()))
    this.child.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.ended = new Promise((resolve) => {
      this.child.on("close", (status, signal) => {
        resolve({ status, signal, stdout: this.stdout, stderr: this.stderr })
      })
    })
  }

  /** Waits until a text was said often enough on either stream; rejects where the process ends without it. */
  said(text: string, times = 1): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const all = this.stdout + this.stderr
        if (all.split(text).length > times) resolve()
      }
      this.child.stdout?.on("data", look)
      this.child.stderr?.on("data", look)
      void this.ended.then((ran) => reject(new Error(`ended without saying "${text}": ${JSON.stringify(ran)}`)))
      look()
    })
  }
}

/** Starts plait. */
export const start = (words: ReadonlyArray<string>, surroundings?: Surroundings): Running =>
  new Running(process.execPath, [main, ...words], surroundings)

/** Runs plait to its end. */
export const plait = (words: ReadonlyArray<string>, surroundings?: Surroundings): Promise<Ran> =>
  start(words, surroundings).ended
