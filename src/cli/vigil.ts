/**
 * A watch over the event loop while cases are explored: promises that follow one another without an end keep it from ever
 * turning, so that neither a limit nor Ctrl-C is heard. Loops inside one call are ended by the engine (ModelCode.ts); a
 * thread of its own notes that the loop does not turn though the engine runs no code of a model, and ends what runs.
 */
import { Worker } from "node:worker_threads"
import { timedScript } from "../engine/index.ts"

/** How often the event loop says that it turns. */
const BEAT_MILLIS = 100

/** Five seconds: plait's own work between two slices is a matter of milliseconds. */
const LOOKS = 10
const LOOK_MILLIS = 500

const BEATS = 0
const WATCHING = 1

/** Counts its own looks instead of reading a clock: a machine that sleeps stops both threads. */
const watcher = `
const { Session } = require("node:inspector")
const { parentPort, workerData } = require("node:worker_threads")
const shared = new Int32Array(workerData.shared)
const timed = new Int32Array(workerData.timed)
let last = -1
let looks = 0
const end = () => {
  const session = new Session()
  session.connectToMainThread()
  parentPort.postMessage("ended")
  session.post("Runtime.terminateExecution", () => session.disconnect())
}
setInterval(() => {
  const now = Atomics.load(shared, ${BEATS})
  const isStill = now === last && Atomics.load(shared, ${WATCHING}) === 1 && Atomics.load(timed, 0) === 0
  last = now
  looks = isStill ? looks + 1 : 0
  if (looks < ${LOOKS}) return
  looks = 0
  end()
}, ${LOOK_MILLIS})
`

/** The watch; its thread starts with it and keeps nothing alive. */
export class Vigil {
  private readonly shared = new Int32Array(new SharedArrayBuffer(8))
  private depth = 0

  /** `onEnded` is called when something was ended. */
  constructor(onEnded: () => void) {
    const data = { shared: this.shared.buffer, timed: timedScript.buffer }
    const worker = new Worker(watcher, { eval: true, workerData: data, stdout: true, stderr: true, execArgv: [] })
    worker.on("message", onEnded)
    worker.on("error", () => {})
    worker.unref()
  }

  /** Runs something under the watch. */
  async over<A>(run: () => Promise<A>): Promise<A> {
    const beat = setInterval(() => Atomics.add(this.shared, BEATS, 1), BEAT_MILLIS)
    this.depth++
    Atomics.store(this.shared, WATCHING, 1)
    try {
      return await run()
    } finally {
      clearInterval(beat)
      this.depth--
      if (this.depth === 0) Atomics.store(this.shared, WATCHING, 0)
    }
  }
}
