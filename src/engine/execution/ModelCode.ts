/**
 * Records the code of a model that is running, and ends code that never returns.
 *
 * An endless loop of plain JavaScript holds the thread: no JavaScript can stop it, and the loop could catch an
 * exception. V8 can end it from outside. Node offers that for scripts of `node:vm`, at a third of a millisecond a call.
 * Therefore the time limit covers a whole slice of a search, not each call, and code of a model is recorded before it
 * runs.
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
  /** The input of the run, in short. */
  readonly input: string
  /** The author's function or Effect, if available; reports use it to find the declaration. */
  readonly written?: unknown
}

/** Description of the running code. One variable serves all searches, because code of a model never waits. */
let running: (() => ModelCode) | undefined

/** The first offence of the running code, stored because the code may catch the exception. */
let offended: Refusal | undefined

/** Runs code of a model; calls `describe` only if it does not return. Throws a `Refusal` if it read time or chance. */
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
    // A `ModelRefused` already names the code around which this code runs.
    throw offended === undefined || isThrown(thrown, ModelRefused) ? thrown : offended
  } finally {
    running = outer
    offended = before ?? offended
  }
}

const refuseInModel: Check = (offence, call) => {
  if (running === undefined) return
  // The cause has the line number, like the exceptions of a model's code.
  offended ??= new Refusal(offence, `It called ${call}.`, { cause: new Error(call) })
  throw offended
}

/** True while an enclosing run of `withTimeLimit` guards the globals. */
let guarding = false

/** Holds 1 while `withTimeLimit` watches code of a model; shared with other watchers of the event loop. */
export const timedScript = new Int32Array(new SharedArrayBuffer(4))

const watched: { run?: () => void } = {}
const context = createContext(watched)
const script = new Script("run()")

/** Longest time limit that Node accepts, some 49 days. */
const LONGEST_MILLIS = 2 ** 32 - 1

/** Least share of its time for which a loop uses the processor; a suspended process uses almost none of it. */
const LEAST_SHARE = 1 / 20

/**
 * Runs a function that runs code of a model, and ends it after so many milliseconds; without limit if a debugger is
 * attached, which may be what holds it. On expiry throws `ModelRefused` with the code that did not return; the
 * interrupted work is incomplete and must not be used again. If the process was suspended meanwhile, the error says so:
 * the model is then not the cause.
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

/** Processor time of this process so far. */
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

/**
 * True for the error of an expired time limit. `instanceof Error` is no test: the error belongs to the script's realm.
 */
const isTimeout = (thrown: unknown): boolean => {
  try {
    return (
      typeof thrown === "object" && thrown !== null && Reflect.get(thrown, "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT"
    )
  } catch {
    return false
  }
}
