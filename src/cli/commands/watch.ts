/**
 * `--watch`: explores, waits for a change of a module, and explores the affected cases again, each time in a new
 * process.
 *
 * A change is a file with a content other than the loaded one. So a touched file, or two events for one change, start
 * no run, and a change during the loading of modules is not missed. The cases of a change stay pending until a run
 * completes. A run that a further change ends, or that cannot load the modules, does not clear them.
 *
 * The folders of the loaded modules are watched by Node itself, without a package. A watched folder also reports
 * editors that replace files; a watched file does not.
 */
import { type ChildProcess, fork } from "node:child_process"
import { existsSync, type FSWatcher, watch as watchFolder } from "node:fs"
import { dirname, extname } from "node:path"
import { fileURLToPath } from "node:url"
import { visible } from "../../report/visible.ts"
import type { Request } from "../arguments.ts"
import { listen } from "../run/interruption.ts"
import { digestOfFile } from "../run/module-graph.ts"
import type { Loaded, WatchedRun } from "../run/watched-run.ts"

/** The time that an editor gets to write all files of a change. A later change restarts it. */
const SETTLE_MILLIS = 50

const CLEAR = "\u001b[2J\u001b[3J\u001b[H"
const CONTROL_C = "\u0003"

const script = fileURLToPath(new URL(`../run/watched-run${extname(import.meta.url)}`, import.meta.url))

/** Runs the command until it is stopped, and returns the exit code of the last run or of the signal. */
export const watch = async (request: Request): Promise<number> => {
  const { promise, resolve } = Promise.withResolvers<number>()
  const watching = new Watching(request, resolve)
  const interruption = listen()
  interruption.signal.addEventListener("abort", () => watching.stop(interruption.exitCode()))
  watching.start()
  return promise
}

/** A project under watch. */
class Watching {
  private readonly request: Request
  private readonly onStopped: (exitCode: number) => void
  private readonly folders = new Map<string, FSWatcher>()
  /** The digest of the content of each file. */
  private files = new Map<string, string>()
  /** Changes that no completed run has explored yet; every case before the first completed run. */
  private owed: Set<string> | "every case" = "every case"
  private last: WatchedRun
  private child: ChildProcess | undefined
  private settling: NodeJS.Timeout | undefined
  private exitCode = 0

  constructor(request: Request, onStopped: (exitCode: number) => void) {
    this.request = request
    this.onStopped = onStopped
    this.last = { request, changed: undefined }
  }

  /** Explores every case, and reads keys. */
  start(): void {
    process.stdin.on("data", this.heard)
    if (process.stdin.isTTY) process.stdin.setRawMode(true)
    this.run(this.last, undefined)
  }

  /** Ends the watching. No process, watcher, timer or listener remains. */
  stop(exitCode = this.exitCode): void {
    clearTimeout(this.settling)
    for (const folder of this.folders.values()) folder.close()
    this.folders.clear()
    process.stdin.off("data", this.heard)
    if (process.stdin.isTTY) process.stdin.setRawMode(false)
    process.stdin.destroy()
    const child = this.child
    this.child = undefined
    if (child === undefined) this.onStopped(exitCode)
    else child.once("exit", () => this.onStopped(exitCode)).kill("SIGKILL")
  }

  private readonly heard = (typed: Buffer): void => {
    for (const key of typed.toString()) {
      const anew = { ...this.request, cache: false }
      if (key === "q") return this.stop()
      if (key === CONTROL_C) return this.stop(130)
      if (key === "a") this.run({ request: anew, changed: undefined }, "every case")
      if (key === "f") this.run({ request: { ...anew, lastFailed: true }, changed: undefined }, "unexpected results")
      if (key === "\r" || key === "\n")
        this.run({ ...this.last, request: { ...this.last.request, cache: false } }, "again")
    }
  }

  /** Starts a run, and ends the current one. */
  private run(asked: WatchedRun, why: string | undefined): void {
    this.child?.removeAllListeners("exit").kill("SIGKILL")
    this.last = asked
    if (process.stdout.isTTY && process.env["TERM"] !== "dumb") process.stdout.write(CLEAR)
    if (why !== undefined) process.stdout.write(`${why}\n`)
    const child = fork(script, { stdio: ["ignore", "inherit", "inherit", "ipc"] })
    this.child = child
    child.on("message", (loaded) => {
      if (child === this.child) this.follow(loaded as Loaded)
    })
    child.once("exit", (exitCode) => this.ended(exitCode ?? 2))
    child.send(asked)
  }

  private ended(exitCode: number): void {
    this.child = undefined
    this.exitCode = exitCode
    const isWhole = this.last.changed === undefined && !this.last.request.lastFailed
    if (exitCode !== 2 && (isWhole || this.last.changed !== undefined)) this.owed = new Set()
    const files = `${this.files.size} ${this.files.size === 1 ? "file" : "files"}`
    process.stdout.write(`watching ${files}: Enter run again · a every case · f unexpected results · q quit\n`)
  }

  /** Watches the folders of the files that a run has loaded. */
  private follow({ files, isComplete }: Loaded): void {
    // After an incomplete loading, files of the earlier run that were not reached may still change.
    this.files = new Map(isComplete ? files : [...this.files, ...files])
    const wanted = new Set([...this.files.keys()].map((path) => dirname(path)).filter((folder) => existsSync(folder)))
    for (const [folder, watcher] of this.folders) if (!wanted.has(folder)) this.leave(folder, watcher)
    for (const folder of wanted) {
      if (this.folders.has(folder)) continue
      const watcher = watchFolder(folder, this.settle)
      watcher.on("error", () => this.leave(folder, watcher))
      this.folders.set(folder, watcher)
    }
    this.look()
  }

  private leave(folder: string, watcher: FSWatcher): void {
    watcher.close()
    this.folders.delete(folder)
  }

  private readonly settle = (): void => {
    clearTimeout(this.settling)
    this.settling = setTimeout(this.look, SETTLE_MILLIS)
  }

  /** Compares every file with its digest, and explores the cases that the changed files affect. */
  private readonly look = (): void => {
    const changed = [...this.files].flatMap(([path, known]) => {
      const digest = digestOfFile(path)
      if (digest === known) return []
      this.files.set(path, digest)
      return [path]
    })
    if (changed.length === 0) return
    if (this.owed !== "every case") this.owed = new Set([...this.owed, ...changed])
    const owed = this.owed === "every case" ? undefined : [...this.owed]
    this.run({ request: this.request, changed: owed }, `changed: ${changed.map(visible).join(", ")}`)
  }
}
