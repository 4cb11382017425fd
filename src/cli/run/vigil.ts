/**
 * A watch over the event loop while cases are explored. An endless chain of promises, or a loop in a callback, keeps
 * the event loop from turning, so that neither a limit nor Ctrl-C has an effect. The engine ends loops inside one call
 * (ModelCode.ts). A separate thread detects that the event loop does not turn although the engine runs no code of a
 * model. It pauses the running code to find its place, and calls back in the broken thread, which leaves the process
 * from there. The loop is not ended: Node aborts if a callback is ended from outside.
 */
import { url as debuggerUrl } from "node:inspector"
import { Worker } from "node:worker_threads"
import { timedScript } from "../../engine/index.ts"
import { foreignPlace } from "./location.ts"

/** The interval at which the event loop reports that it turns. */
const BEAT_MILLIS = 100

/** The limit of five seconds. The work of plait between two slices takes only milliseconds. */
const LOOKS = 10
const LOOK_MILLIS = 500

/**
 * The number of pauses: the running code may belong to plait or a package at one moment, and to a project at the next.
 */
const STOPS = 200
const STOPS_MILLIS = 5000

const BEATS = 0
const WATCHING = 1

/** The name of the global with which the other thread makes this one leave the process. */
const HOOK = "plait: leaves a process whose event loop does not turn"

/**
 * The code of the thread. It counts its own checks instead of reading a clock, since a machine that sleeps stops both
 * threads.
 */
const watcher = `
const { Session } = require("node:inspector")
const { workerData } = require("node:worker_threads")
const shared = new Int32Array(workerData.shared)
const timed = new Int32Array(workerData.timed)
let last = -1
let looks = 0
let isLooking = false
const look = () => {
  const beats = Atomics.load(shared, ${BEATS})
  let isOver = false
  isLooking = true
  const session = new Session()
  const urls = new Map()
  let stops = 0
  const over = (frames) => {
    if (isOver) return
    isOver = true
    // It went on by itself.
    isLooking = Atomics.load(shared, ${BEATS}) === beats
    const expression = "globalThis[" + workerData.hook + "](" + JSON.stringify(frames) + ")"
    session.post("Runtime.evaluate", { expression: isLooking ? expression : "" })
    session.disconnect()
  }
  session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url))
  session.on("Debugger.paused", ({ params }) => {
    const frames = params.callFrames.map(({ location }) => ({
      url: urls.get(location.scriptId) ?? "",
      line: location.lineNumber + 1
    }))
    const isForeign = ({ url }) => url.startsWith("file:") && !url.startsWith(workerData.own) && !url.includes("/node_modules/")
    if (isOver || frames.some(isForeign) || ++stops === ${STOPS}) return over(frames)
    session.post("Debugger.resume")
    session.post("Debugger.pause")
  })
  session.connectToMainThread()
  session.post("Debugger.enable")
  session.post("Debugger.pause")
  // Code that reaches no statement, such as a search in a text, cannot be paused.
  setTimeout(() => over([]), ${STOPS_MILLIS})
}
setInterval(() => {
  const now = Atomics.load(shared, ${BEATS})
  const isStill = now === last && Atomics.load(shared, ${WATCHING}) === 1 && Atomics.load(timed, 0) === 0
  last = now
  looks = isStill ? looks + 1 : 0
  if (looks < ${LOOKS} || isLooking) return
  looks = 0
  look()
}, ${LOOK_MILLIS})
`

/** The watch. Its thread starts with it and does not keep the process alive. */
export class Vigil {
  private readonly shared = new Int32Array(new SharedArrayBuffer(8))
  private depth = 0

  /** `leave` is called inside the code that blocks the thread, with its place in the project, if it has one. */
  constructor(leave: (place: string | undefined) => never) {
    Object.defineProperty(globalThis, HOOK, {
      value: (frames: ReadonlyArray<{ readonly url: string; readonly line: number }>) =>
        leave(frames.flatMap(({ line, url }) => foreignPlace(url, line) ?? [])[0])
    })
    const own = new URL("../..", import.meta.url).href
    const data = { shared: this.shared.buffer, timed: timedScript.buffer, own, hook: JSON.stringify(HOOK) }
    const worker = new Worker(watcher, { eval: true, workerData: data, stdout: true, stderr: true, execArgv: [] })
    worker.on("error", () => {})
    worker.unref()
  }

  /** Runs a function under the watch. */
  async over<A>(run: () => Promise<A>): Promise<A> {
    // A run in which no further event can occur is over.
    const beat = setInterval(() => Atomics.add(this.shared, BEATS, 1), BEAT_MILLIS).unref()
    this.depth++
    // A debugger may be what holds the thread.
    Atomics.store(this.shared, WATCHING, debuggerUrl() === undefined ? 1 : 0)
    try {
      return await run()
    } finally {
      clearInterval(beat)
      this.depth--
      if (this.depth === 0) Atomics.store(this.shared, WATCHING, 0)
    }
  }
}
