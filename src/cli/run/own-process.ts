/**
 * The process while code of a project runs in it. Configurations, models and properties are modules like any other;
 * without a guard they could end plait, silence it or change its exit code.
 *
 * Such an action is recorded with its place and thrown back at the code that did it. A verdict may depend on that code,
 * so the run ends with exit code 2 even if the code catches the error. An error that reaches the event loop, such as an
 * unhandled rejection, is recorded too, and the run goes on. If the process itself is broken, the other cases are
 * checked in a new one (continuation.ts). This guard cannot stop a child process that sends a signal.
 *
 * The module is loaded before the recording of modules begins (module-graph.ts), so it imports no module on which a
 * verdict depends.
 */
import { AsyncLocalStorage } from "node:async_hooks"
import { Console } from "node:console"
import { closeSync, openSync } from "node:fs"
import { flushCompileCache, syncBuiltinESMExports } from "node:module"
import { devNull } from "node:os"
import { setImmediate as setTurn } from "node:timers"
import { setImmediate } from "node:timers/promises"
import { thrownText } from "../../engine/execution/ThrownText.ts"
import { describeFailure } from "../output/failure.ts"
import { visible, visibleLines } from "../../report/visible.ts"
import { foreignPlace, placeIn } from "./location.ts"
import { type Altered, alteredBuiltIn } from "./built-ins.ts"
import { continueWithout, earlierFaults, type Fault, followParent, leftOut } from "./continuation.ts"
import { Declared } from "./declarations.ts"
import type { Vigil } from "./vigil.ts"

/** The error for code of a project that interfered with the process. */
export class ProcessTouched extends Error {
  readonly _tag = "ProcessTouched"
}

export type { Fault } from "./continuation.ts"

const reallyExit = (Reflect.get(process, "reallyExit") as (exitCode: number) => never).bind(process)
const { stderr, stdout } = process

const found: Array<Fault> = [...earlierFaults]
let current: string | undefined
/** The case whose code created the running callback. */
const caseOf = new AsyncLocalStorage<string>()
let vigil: Vigil | undefined
/** True if no built-in was altered since the case began. */
let isSound = true
/** Abandons the case if no further event can occur. */
let abandon: ((reason: ProcessTouched) => void) | undefined

/** The most failures that are recorded for a case: an action that runs a million times may fail as often. */
const MOST_FAULTS = 20

/** The case whose code runs. A callback may run while another case is checked. */
const running = (): string | undefined => caseOf.getStore() ?? current

/** Records a thrown value; if built-ins are altered, their alteration instead, from which any error may result. */
export const noteFault = (thrown: unknown, caseId = running()): void => {
  if (lookAround(caseId) && (isSound || current === undefined)) note(thrown, caseId)
}

/** Records each message of a case once. The first one of each case is always recorded. */
const note = (thrown: unknown, caseId: string | undefined): void => {
  const message = describeFailure(thrown)
  const ofCase = found.filter((each) => each.caseId === caseId)
  const isKnown = ofCase.some((each) => each.message === message)
  if (!isKnown && ofCase.length < MOST_FAULTS) found.push({ caseId, message })
}

/** The failures so far. */
export const faults = (): ReadonlyArray<Fault> => found

/** The printed text of a failure. */
export const faultText = ({ caseId, message }: Fault): string =>
  visibleLines(plainText({ caseId: caseId === undefined ? caseId : visible(caseId), message }))

const plainText = ({ caseId, message }: Fault): string =>
  caseId === undefined || message.split("\n")[0]?.includes(caseId) === true
    ? message
    : `${message}\n  while ${caseId} was checked`

const touched = (misuse: string): ProcessTouched => {
  const thrown = new ProcessTouched("")
  const place = placeIn(thrown)
  thrown.message = `${place === undefined ? "" : `${place} `}${misuse}`
  note(thrown, running())
  return thrown
}

const refuse = (misuse: string): never => {
  throw touched(misuse)
}

const ending = "which would end plait before it prints its results; return or throw instead"

const replace = (target: object, name: string, value: unknown): void => {
  Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true })
}

const kill = process.kill.bind(process)

const guardEnding = (): void => {
  for (const name of ["exit", "reallyExit", "abort", "execve"]) {
    replace(process, name, (code?: unknown) =>
      refuse(`called process.${name}(${typeof code === "number" ? code : ""}), ${ending}`)
    )
  }
  replace(process, "kill", (target: number, signal?: string | number) => {
    if (signal === 0 || (target > 0 && target !== process.pid)) return kill(target, signal)
    return refuse(`called process.kill(${target === process.pid ? "process.pid" : target}), ${ending}`)
  })
  replace(process, "chdir", () =>
    refuse("called process.chdir, which would move plait's files; give paths from import.meta.url")
  )
}

const silencing = "which would silence plait; leave its streams alone"

/** Protects a stream that plait prints to. Node itself may destroy it if its reader is gone. */
const guardStream = (name: "stdout" | "stderr", stream: NodeJS.WriteStream): void => {
  const write = stream.write.bind(stream)
  Object.defineProperty(stream, "write", {
    configurable: false,
    get: () => write,
    set() {
      refuse(`replaced process.${name}.write, ${silencing}`)
    }
  })
  for (const method of ["end", "destroy", "destroySoon", "cork"] as const) {
    const own = Reflect.get(stream, method) as (...given: Array<unknown>) => unknown
    Object.defineProperty(stream, method, {
      configurable: false,
      value: (...given: Array<unknown>) => {
        if (placeIn(new Error()) !== undefined) return refuse(`called process.${name}.${method}(), ${silencing}`)
        return own.apply(stream, given)
      }
    })
  }
  Object.defineProperty(process, name, {
    configurable: false,
    enumerable: true,
    get: () => stream,
    set() {
      refuse(`replaced process.${name}, ${silencing}`)
    }
  })
}

/** Redirects the output of models to standard error. Standard output belongs to plait and may be a JSON document. */
const moveConsole = (): void => {
  const moved = new Console({ stdout: stderr, stderr })
  for (const name of [
    "log",
    "info",
    "debug",
    "dir",
    "dirxml",
    "table",
    "group",
    "count",
    "timeEnd",
    "timeLog"
  ] as const)
    console[name] = moved[name].bind(moved) as typeof console.log
}

/** Guards `process.exitCode`. It cannot be redefined; the global name `process` can. */
const guardExitCode = (): void => {
  const guarded = new Proxy(process, {
    set: (target, name, value) =>
      name === "exitCode"
        ? refuse(`set process.exitCode to ${thrownText(value)}, which is plait's to set; throw instead`)
        : Reflect.set(target, name, value)
  })
  Object.defineProperty(globalThis, "process", {
    configurable: true,
    enumerable: false,
    writable: true,
    value: guarded
  })
}

/** The exit code of a run that ends too early. */
const UNDONE = 2

let suspend: () => () => void = () => () => {}

/** Registers the function that suspends the wrappers around built-ins and returns the one that restores them. */
export const standingBefore = (suspended: typeof suspend): void => {
  suspend = suspended
}

/** True if code of a project did not interfere with the process. Otherwise records the interference and undoes it. */
export const lookAround = (caseId = running()): boolean => {
  if (process.exitCode !== UNDONE) {
    note(new ProcessTouched(`process.exitCode was set to ${process.exitCode}, which is plait's to set`), caseId)
    process.exitCode = UNDONE
  }
  const resume = suspend()
  const altered = alteredBuiltIn()
  resume()
  if (altered === undefined) return true
  isSound = false
  note(new ProcessTouched(alteredText(altered)), caseId)
  return false
}

const alteredText = ({ found, name }: Altered): string => {
  const declared = new Declared((url) => foreignPlace(url, 0)?.replace(/:0$/, ""))
  const place = declared.ofFunction(found)
  declared.close()
  const unplaced = found === undefined ? `${name} was removed` : `${name} was replaced`
  const misuse = place === undefined ? unplaced : `${place.file}:${place.line} replaced ${name}`
  return `${misuse}, on which every result depends; leave built-ins alone`
}

/** Starts the guards, before any code of a project is loaded. */
export const guardProcess = (): void => {
  const real = process
  real.exitCode = UNDONE
  alteredBuiltIn()
  guardEnding()
  guardStream("stdout", stdout)
  guardStream("stderr", stderr)
  moveConsole()
  guardExitCode()
  syncBuiltinESMExports()
  real.on("unhandledRejection", (reason) => noteFault(reason))
  real.setUncaughtExceptionCaptureCallback((thrown) => noteFault(thrown))
  real.on("beforeExit", giveUp)
  followParent(() => endNow(UNDONE))
}

/** Abandons a case in which no further event can occur; ends the run if that does not continue it. */
const giveUp = (): void => {
  const abandoned = abandon
  abandon = undefined
  if ((!lookAround(current) || !isSound) && current !== undefined) return leave(current)
  if (abandoned === undefined) return void endUnsettled()
  // Keeps the process alive: `beforeExit` is emitted again before it ends.
  setTurn(() => {})
  abandoned(new ProcessTouched(unsettled))
}

const unsettled = "an awaited promise never settles, so the run could not go on"

/** Ends a run in which no further event can occur. No other code is left to print the failures. */
const endUnsettled = async (): Promise<void> => {
  noteFault(new ProcessTouched(unsettled))
  for (const fault of found) stderr.write(`${faultText(fault)}\n`)
  await endProcess(UNDONE)
}

let tellKnown = (): void => {}

/** Registers the function that prints the results so far, if no other process can continue the run. */
export const tellingKnown = (tell: typeof tellKnown): void => {
  tellKnown = tell
}

/** Ends this process, which code of a case has broken, after the rest of the run in a new process. */
const leave = (caseId: string | undefined): never => {
  const exitCode = caseId === undefined || leftOut.has(caseId) ? undefined : continueWithout(caseId, found)
  if (exitCode === undefined) {
    tellKnown()
    for (const fault of found) stderr.write(`${faultText(fault)}\n`)
  }
  silenceNode()
  return endNow(exitCode ?? UNDONE)
}

/** Discards the message of Node that a debugger is connected: the watch over the event loop may still be connected. */
const silenceNode = (): void => {
  closeSync(2)
  openSync(devNull, "w")
}

/** Called inside code that blocks the event loop. A loop outside of cases belongs to a module that was loaded. */
const leaveLoop = (place: string | undefined): never => {
  const caseId = caseOf.getStore()
  lookAround()
  note(new ProcessTouched(endless(place)), caseId)
  return leave(caseId)
}

/**
 * Runs a function that runs code of one case. A thrown error is recorded as a failure of the case, and the result is
 * `undefined`. If built-ins were altered meanwhile, the process is left.
 */
export const inCase = async <A>(caseId: string, run: () => Promise<A> | A): Promise<A | undefined> => {
  if (leftOut.has(caseId)) return undefined
  current = caseId
  vigil ??= new (await import("./vigil.ts")).Vigil(leaveLoop)
  isSound = true
  const abandoned = Promise.withResolvers<never>()
  abandon = abandoned.reject
  const whole = async (): Promise<A> => {
    const found = await run()
    // Unhandled rejections are reported at the next turn of the event loop.
    await setImmediate()
    return found
  }
  try {
    const watched = vigil
    const result = await caseOf.run(caseId, () => watched.over(() => Promise.race([whole(), abandoned.promise])))
    return lookAround(caseId) && isSound ? result : leave(caseId)
  } catch (thrown) {
    noteFault(thrown, caseId)
    return isSound ? undefined : leave(caseId)
  } finally {
    current = undefined
    abandon = undefined
  }
}

/** Runs as `inCase` does. Failed explanations are failures of the case, and its result stands. */
export const explainedInCase = async <A extends { readonly unexplained?: ReadonlyArray<Error> }>(
  caseId: string,
  run: () => Promise<A>
): Promise<A | undefined> => {
  const result = await inCase(caseId, run)
  for (const failed of result?.unexplained ?? []) noteFault(failed, caseId)
  return result
}

const endless = (place: string | undefined): string =>
  `an endless callback or chain of promises${place === undefined ? "" : ` at ${place}`} let no other code run; code of a model must not start one`

/** The time in which a timer of 0 milliseconds runs. */
const SETTLING_MILLIS = 5

/** Waits for work that code of a project deferred, such as a timer of 0 milliseconds, so that every run records it. */
export const settled = async (): Promise<void> => {
  const wait = (): Promise<void> => new Promise((done) => setTimeout(done, SETTLING_MILLIS))
  await (vigil === undefined ? wait() : vigil.over(wait))
  lookAround()
}

/** Ends the process after all output is written, even if timers or servers are still open. */
export const endProcess = async (exitCode: number): Promise<never> => {
  for (const stream of [stdout, stderr]) await new Promise<void>((done) => stream.write("", () => done()))
  return endNow(exitCode)
}

/** Ends the process at once. */
export const endNow = (exitCode: number): never => {
  flushCompileCache()
  return reallyExit(exitCode)
}
