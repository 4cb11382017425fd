/**
 * Which code of a model is running, and an end to what never returns.
 *
 * A loop of plain JavaScript without an end holds the thread: nothing in JavaScript can stop it, and it could catch what
 * is thrown at it. V8 can end it from outside; Node offers that for scripts of `node:vm`, at a third of a millisecond a
 * call. So a whole slice of a search is watched and not each call, and code of a model is noted before it runs.
 */
import { url as debuggerUrl } from "node:inspector"
import { createContext, Script } from "node:vm"
import { type Check, guardAmbient } from "./Ambient.ts"
import { ModelRefused, Refusal } from "./ModelRefused.ts"
import { isThrown } from "./ThrownText.ts"

/** Code of a model. */
export interface ModelCode {
  /** Machine and handler, or the action, guard, observer or property. */
  readonly where: string
  /** What it was run with, in short. */
  readonly input: string
  /** The author's function or Effect, where it is at hand: reports find its declaration by it. */
  readonly written?: unknown
}

/** Says what is running. One variable for all searches: no code of a model waits for anything. */
let running: (() => ModelCode) | undefined

/** The first offence of the code that is running, kept because it may catch what is thrown at it. */
let offended: Refusal | undefined

/** Runs code of a model; `describe` is asked only if it does not return. Throws a `Refusal` if it saw time or chance. */
export const callModelCode = <A>(describe: () => ModelCode, run: () => A): A => {
  const outer = running
  const before = offended
  running = describe
  offended = undefined
  try {
    const value = run()
    if (offended !== undefined) throw offended as Refusal
    return value
  } catch (thrown) {
    // What is refused already names the code around which this one runs.
    throw offended === undefined || isThrown(thrown, ModelRefused) ? thrown : offended
  } finally {
    running = outer
    offended = before ?? offended
  }
}

const refuseInModel: Check = (offence, call) => {
  if (running === undefined) return
  // The cause has the line, as of what code of a model throws.
  offended ??= new Refusal(offence, `It called ${call}.`, { cause: new Error(call) })
  throw offended
}

/** Whether the globals are guarded already, by a run of `withTimeLimit` around what is at work. */
let guarding = false

/** One while code of a model is watched by `withTimeLimit`, shared with whatever watches the event loop besides. */
export const timedScript = new Int32Array(new SharedArrayBuffer(4))

const watched: { run?: () => void } = {}
const context = createContext(watched)
const script = new Script("run()")

/** Most that Node takes, some 49 days. */
const LONGEST_MILLIS = 2 ** 32 - 1

/** Share of its time for which what loops has the processor at the least; what was stopped has next to nothing of it. */
const LEAST_SHARE = 1 / 20

/**
 * Runs something that runs code of a model, and ends it after so many milliseconds, or never if a debugger may be what
 * holds it. Throws `ModelRefused` then, with the code that did not return; whatever was at work was left in the middle and
 * must not be used again. A process that was stopped meanwhile cannot go on either, but its model is not to blame.
 */
export const withTimeLimit = <A>(millis: number, system: string, run: () => A): A => {
  let value = undefined as A
  watched.run = () => {
    value = run()
  }
  const around = running
  running = undefined
  const guarded = guarding
  guarding = true
  const unguard = guarded ? undefined : guardAmbient(refuseInModel)
  const allowed = debuggerUrl() === undefined ? millis : Infinity
  const before = processorMillis()
  const outer = Atomics.exchange(timedScript, 0, 1)
  try {
    script.runInContext(context, { timeout: Math.min(Math.max(1, Math.ceil(allowed)), LONGEST_MILLIS) })
  } catch (thrown) {
    if (!isTimeout(thrown)) throw thrown
    const used = processorMillis() - before
    const offence = used < LEAST_SHARE * millis ? "was held up" : "did not return"
    throw new Refusal(offence, `It was ended after ${millis / 1000} s.`).of({ system, ...code() })
  } finally {
    Atomics.store(timedScript, 0, outer)
    unguard?.()
    guarding = guarded
    running = around
  }
  return value
}

/** For how long this process has had the processor. */
const processorMillis = (): number => {
  // oxlint-disable-next-line no-restricted-globals -- whether the process was stopped shows nowhere else
  const { system, user } = process.cpuUsage()
  return (system + user) / 1000
}

const code = (): ModelCode => {
  const describe = running
  running = undefined
  return describe === undefined ? { where: "a step of the search", input: "" } : describe()
}

/** Not `instanceof Error`: it is an error of the script's realm. */
const isTimeout = (thrown: unknown): boolean => {
  try {
    return (
      typeof thrown === "object" && thrown !== null && Reflect.get(thrown, "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT"
    )
  } catch {
    return false
  }
}
