/**
 * The inputs of code of a project besides modules: files, folders, environment variables, added globals, the machine. A
 * result depends on them as it does on modules. If code reads an input without a digest, such as the output of a
 * program, the time or a random number, the inputs of a result are unknown.
 */
import fs from "node:fs"
import module, { syncBuiltinESMExports } from "node:module"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { guardAmbient } from "../../engine/execution/Ambient.ts"
import { foreignCaller, isOwnReading } from "./callers.ts"
import { linksOf, namesBelow, stateOf, statusOf } from "./file-states.ts"
import { placeIn } from "./location.ts"
import { digestOf } from "./module-graph.ts"
import { standingBefore } from "./own-process.ts"
import { describing, type Functions, opaque, preloaded, unpredictable, values } from "./surroundings.ts"

type Call = (...given: Array<unknown>) => unknown

/**
 * Functions of `node:fs` whose first argument is a path, by the state of the path that they reveal; each with and
 * without a callback.
 */
const readers = {
  content: ["readFile", "open", "readdir", "opendir", "createReadStream", "exists", "openAsBlob", "copyFile", "access"],
  status: ["stat", "lstat", "access", "open"],
  links: ["realpath", "readlink", "lstat"]
} as const

/** The modules that are on the stack between code that reads and the recording. */
const between = [import.meta.url, new URL(import.meta.resolve("../../engine/execution/Ambient.ts")).href]

const pathOf = (given: unknown): string | undefined => {
  if (typeof given === "string") return given
  if (given instanceof URL) return given.protocol === "file:" ? fileURLToPath(given) : undefined
  return given instanceof Uint8Array ? Buffer.from(given).toString() : undefined
}

const isRecursive = (options: unknown): boolean =>
  typeof options === "object" && options !== null && Reflect.get(options, "recursive") === true

/** The inputs that were read since the start of the recording, while it listened. */
export class ReadInputs {
  private readonly found = new Map<string, string>()
  private readonly globals = new Set(Reflect.ownKeys(globalThis))
  private areGlobalsNew = false
  private unknown: string | undefined = preloaded()
  private listeners = 0
  private reads = 0
  private isGuarding = false
  private unguard: () => void = () => {}

  /** Starts the recording, which listens only while `during` runs a function. */
  static record(): ReadInputs {
    const inputs = new ReadInputs()
    for (const { holder, names, of } of unpredictable) inputs.watch(holder, of, names, (call) => inputs.give(call))
    for (const { holder, names, of } of describing) inputs.watchDescribing({ holder, names, of })
    inputs.watchValues()
    inputs.watchFiles()
    inputs.watchEnvironment()
    syncBuiltinESMExports()
    standingBefore(() => inputs.suspend())
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
    if (this.listeners++ === 0) this.guard()
    try {
      return await run()
    } finally {
      if (--this.listeners === 0) this.unguard()
    }
  }

  private guard(): void {
    const undo = guardAmbient((_offence, call) => this.give(call))
    this.unguard = () => {
      this.unguard = () => {}
      this.isGuarding = false
      undo()
    }
    this.isGuarding = true
  }

  /** Suspends the guards while the built-ins are examined; the returned function resumes them. */
  private suspend(): () => void {
    if (!this.isGuarding) return () => {}
    this.unguard()
    return () => this.guard()
  }

  /** The number of reads, from which callers see that an input was read. */
  get count(): number {
    return this.reads
  }

  /** True if modules added globals while they were loaded. Through a global any module can reach any other. */
  get hasNewGlobals(): boolean {
    return this.areGlobalsNew
  }

  /** The first read of an input without a digest, such as `limit.ts:1 called Date.now()`. */
  get withoutDigest(): string | undefined {
    return this.unknown
  }

  /** The inputs that were read, with their states at that time; `undefined` if they are unknown. */
  all(): ReadonlyArray<readonly [string, string]> | undefined {
    return this.unknown === undefined ? this.withDigest : undefined
  }

  /** The inputs with a digest that were read, with their states at that time, even if another input has no digest. */
  get withDigest(): ReadonlyArray<readonly [string, string]> {
    return [...this.found].sort(([left], [right]) => (left < right ? -1 : 1))
  }

  /** Records the loading of a built-in module that can read any input. */
  loaded(specifier: string): void {
    if (opaque.has(specifier)) this.give(specifier, "loaded")
  }

  /** Runs without listening, since computing a state reads too. */
  private unheard<A>(run: () => A): A {
    const { listeners } = this
    this.listeners = 0
    try {
      return run()
    } finally {
      this.listeners = listeners
    }
  }

  private note(name: string, state: () => string): void {
    this.reads++
    if (!this.found.has(name)) this.unheard(() => this.found.set(name, state()))
  }

  /** Records a read of an input without a digest, unless plait itself reads. */
  private give(call: string, verb = "called"): void {
    if (this.listeners === 0) return
    this.unheard(() => {
      const caller = foreignCaller(between)
      if (caller === undefined) return
      this.reads++
      this.unknown ??= `${placeIn(caller) ?? "a package, or a callback,"} ${verb} ${call}`
    })
  }

  /** Calls back before each call of some functions, with the name of the function in a program and its arguments. */
  private watch(
    holder: object | undefined,
    of: string,
    names: ReadonlyArray<string>,
    before: (call: string, given: ReadonlyArray<unknown>) => void
  ): void {
    for (const name of names) {
      const own: unknown = holder === undefined ? undefined : Reflect.get(holder, name)
      if (typeof own !== "function") continue
      const call = `${of === "" ? "" : `${of}.`}${name}()`
      const watched = new Proxy(own as Call, {
        apply: (target, self, given: Array<unknown>) => {
          before(call, given)
          return Reflect.apply(target, self, given)
        },
        construct: (target, given: Array<unknown>, made) => {
          before(call, given)
          return Reflect.construct(target, given, made) as object
        },
        get: (target, key) => {
          // The function that `promisify` returns calls another function.
          if (key === promisify.custom) this.give(call)
          return Reflect.get(target, key) as unknown
        }
      })
      const { enumerable = true } = Object.getOwnPropertyDescriptor(holder, name) ?? {}
      Reflect.defineProperty(holder as object, name, { value: watched, configurable: true, writable: true, enumerable })
    }
  }

  private watchDescribing({ holder, names, of }: Functions): void {
    for (const name of names) {
      const own = holder === undefined ? undefined : (Reflect.get(holder, name) as Call | undefined)
      this.watch(holder, of, [name], (call, given) => this.describe(call, () => own?.apply(holder, [...given])))
    }
  }

  private describe(name: string, value: () => unknown): void {
    if (this.listeners === 0 || this.unheard(() => foreignCaller(between)) === undefined) return
    this.note(name, () => digestOf(JSON.stringify(value()) ?? ""))
  }

  private watchValues(): void {
    for (const { holder, isUnpredictable, names, of } of values) {
      for (const name of names) {
        const before = Object.getOwnPropertyDescriptor(holder, name)
        if (before?.configurable !== true) continue
        let value: unknown = before.value
        Object.defineProperty(holder, name, {
          configurable: true,
          enumerable: before.enumerable ?? true,
          get(this: unknown) {
            return read(this)
          },
          set: (next: unknown) => {
            if (before.set === undefined) value = next
            else before.set.call(holder, next)
          }
        })
        const read = (self: unknown): unknown => {
          const now = (): unknown =>
            before.get === undefined ? value : before.get.call(self === process ? holder : self)
          if (isUnpredictable) this.give(`${of}.${name}`, "read")
          else this.describe(`${of}.${name}`, now)
          return now()
        }
      }
    }
  }

  private watchFiles(): void {
    const both = (names: ReadonlyArray<string>) => [...names, ...names.map((name) => `${name}Sync`)]
    const kinds = [
      ["file", readers.content, stateOf],
      ["status of", readers.status, statusOf],
      ["links of", readers.links, linksOf]
    ] as const
    for (const [kind, names, state] of kinds) {
      for (const holder of [fs, fs.promises]) {
        this.watch(holder, "fs", both(names), (call, [path, options]) => {
          this.noteFile(call, kind, path, state)
          if (kind === "file" && isRecursive(options)) this.noteFile(call, "all in", path, namesBelow)
        })
      }
    }
    const { globSync } = fs
    for (const holder of [fs, fs.promises]) {
      this.watch(holder, "fs", both(["glob"]), (_call, [pattern, given]) => {
        const options = typeof given === "object" && given !== null ? given : {}
        const found = (): unknown => globSync(pattern as string, options)
        this.describe(`matches of ${String(pattern)} ${JSON.stringify(options)}`, found)
      })
    }
    this.watch(module, "module", ["findPackageJSON"], (call) => this.give(call))
  }

  private noteFile(call: string, kind: string, given: unknown, state: (path: string) => string | undefined): void {
    // A descriptor was opened by its path before, except those that exist at the start of the process.
    if (this.listeners === 0 || (typeof given === "number" && given > 2)) return
    if (this.unheard(() => isOwnReading(between))) return
    const path = pathOf(given)
    const now = path === undefined ? undefined : this.unheard(() => state(path))
    if (now === undefined) this.give(path === undefined ? call : `${call} of ${path}`)
    else this.note(`${kind} ${path}`, () => now)
  }

  private watchEnvironment(): void {
    const own = process.env
    const note = (key: string | symbol): void => {
      if (typeof key === "string") this.noteOf(`variable ${key}`, () => own[key] ?? "not set")
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
        this.noteOf("variables", () => JSON.stringify(target))
        return Reflect.ownKeys(target)
      }
    })
  }

  private noteOf(name: string, state: () => string): void {
    if (this.listeners > 0 && !this.unheard(() => isOwnReading(between))) this.note(name, state)
  }
}
