/**
 * What code of a project reads besides modules: files, folders, environment variables, added globals. A result depends on
 * them as it does on modules; where something was read that has no digest, such as the output of a program, nothing is
 * known of what a result depends on.
 */
import childProcess from "node:child_process"
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { digestOf } from "./module-graph.ts"

type Call = (...given: Array<unknown>) => unknown

const { existsSync, readdirSync, readFileSync, statSync } = fs

/** Functions of `node:fs` whose first argument is a path that is read or looked for; each with and without a callback. */
const readers = ["readFile", "open", "readdir", "stat", "lstat", "access", "realpath", "readlink", "opendir"]

const programs = ["exec", "execFile", "spawn", "fork", "execSync", "execFileSync", "spawnSync"]

/** The state of a path as it is now: of a file its content, of a folder its names. */
const stateOf = (path: string): string => {
  try {
    if (!existsSync(path)) return "absent"
    return statSync(path).isDirectory() ? readdirSync(path).sort().join("\n") : digestOf(readFileSync(path))
  } catch {
    return "unreadable"
  }
}

const pathOf = (given: unknown): string | undefined => {
  if (typeof given === "string") return given
  if (given instanceof URL) return given.protocol === "file:" ? fileURLToPath(given) : undefined
  return given instanceof Uint8Array ? Buffer.from(given).toString() : undefined
}

const commandLine = new URL(".", import.meta.url).href

/** Whether Node or plait reads for itself: a module that is loaded, one function of `node:fs` by another, a baseline. */
const isOwn = (): boolean => {
  const frames = (new Error().stack ?? "").split("\n").slice(1)
  const caller = frames.find((frame) => !frame.includes(import.meta.url))
  return (
    caller !== undefined &&
    (caller.includes(commandLine) || /\(node:(?:internal\/modules\/|internal\/fs\/|fs:)/.test(caller))
  )
}

/** What was read since the recording began, while it was listened to. */
export class ReadInputs {
  private readonly found = new Map<string, string>()
  private readonly globals = new Set(Reflect.ownKeys(globalThis))
  private areGlobalsNew = false
  private isUnknown = false
  private listeners = 0
  private reads = 0

  /** Records from now on, but only while `during` runs something. */
  static record(): ReadInputs {
    const inputs = new ReadInputs()
    inputs.watchFunctions(
      fs,
      [...readers, ...readers.map((name) => `${name}Sync`), "createReadStream", "existsSync"],
      true
    )
    inputs.watchFunctions(fs.promises, readers, true)
    inputs.watchFunctions(childProcess, programs, false)
    inputs.watchEnvironment()
    syncBuiltinESMExports()
    return inputs
  }

  /** Listens while modules are loaded. */
  async whileLoading<A>(load: () => Promise<A>): Promise<A> {
    const loaded = await this.during(load)
    this.areGlobalsNew = Reflect.ownKeys(globalThis).some((key) => !this.globals.has(key))
    return loaded
  }

  /** Listens while something runs. */
  async during<A>(run: () => Promise<A>): Promise<A> {
    this.listeners++
    try {
      return await run()
    } finally {
      this.listeners--
    }
  }

  /** How often something was read, for whoever wants to know whether anything was. */
  get count(): number {
    return this.reads
  }

  /** Whether modules added globals while they were loaded, through which any of them can reach any other. */
  get hasNewGlobals(): boolean {
    return this.areGlobalsNew
  }

  /** What was read, with its state then; nothing where that is not known. */
  all(): ReadonlyArray<readonly [string, string]> | undefined {
    return this.isUnknown ? undefined : [...this.found].sort(([left], [right]) => (left < right ? -1 : 1))
  }

  private note(name: string, state: () => string): void {
    if (this.listeners === 0 || isOwn()) return
    this.reads++
    if (this.found.has(name)) return
    // Looking at the state reads too.
    const listeners = this.listeners
    this.listeners = 0
    this.found.set(name, state())
    this.listeners = listeners
  }

  private watchFunctions(module: object, names: ReadonlyArray<string>, isOfPaths: boolean): void {
    for (const name of names) {
      const own = Reflect.get(module, name) as Call | undefined
      if (own === undefined) continue
      const watched = new Proxy(own, {
        apply: (target, self, given: Array<unknown>) => {
          this.noteCall(isOfPaths ? given[0] : undefined)
          return Reflect.apply(target, self, given)
        },
        get: (target, key) => {
          // What `promisify` makes of it calls another function.
          if (key === promisify.custom) this.noteCall(undefined)
          return Reflect.get(target, key) as unknown
        }
      })
      Reflect.set(module, name, watched)
    }
  }

  private noteCall(given: unknown): void {
    // A descriptor was opened by its path before.
    if (this.listeners === 0 || typeof given === "number" || isOwn()) return
    const path = pathOf(given)
    if (path === undefined) this.isUnknown = true
    else this.note(`file ${path}`, () => stateOf(path))
  }

  private watchEnvironment(): void {
    const own = process.env
    const note = (key: string | symbol): void => {
      if (typeof key === "string") this.note(`variable ${key}`, () => own[key] ?? "not set")
    }
    process.env = new Proxy(own, {
      get: (target, key) => {
        note(key)
        return Reflect.get(target, key) as unknown
      },
      has: (target, key) => {
        note(key)
        return Reflect.has(target, key)
      },
      set: (target, key, value) => Reflect.set(target, key, value),
      getOwnPropertyDescriptor: (target, key) => {
        note(key)
        return Reflect.getOwnPropertyDescriptor(target, key)
      },
      ownKeys: (target) => {
        this.note("variables", () => JSON.stringify(target))
        return Reflect.ownKeys(target)
      }
    })
  }
}
