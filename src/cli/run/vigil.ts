/**
 * A watch over the event loop while cases are explored: promises that follow one another without an end keep it from ever
 * turning, so that neither a limit nor Ctrl-C is heard. Loops inside one call are ended by the engine (ModelCode.ts); a
 * thread of its own notes that the loop does not turn though the engine runs no code of a model, stops what runs to see
 * where it is, and ends it.
 */
import { Worker } from "node:worker_threads"
import { timedScript } from "../../engine/index.ts"
import { foreignPlace } from "./location.ts"

/** How often the event loop says that it turns. */
const BEAT_MILLIS = 100

/** Five seconds: plait's own work between two slices is a matter of milliseconds. */
const LOOKS = 10
const LOOK_MILLIS = 500

/** What runs may be plait or a package at one moment, and code of a project at the next. */
const STOPS = 200
const STOPS_MILLIS = 2000

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
  const urls = new Map()
  let stops = 0
  let isOver = false
  const over = (frames, method, parameters) => {
    if (!isOver) parentPort.postMessage(frames)
    isOver = true
    session.post(method, parameters, () => session.disconnect())
  }
  session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url))
  session.on("Debugger.paused", ({ params }) => {
    const frames = params.callFrames.map(({ location }) => ({
      url: urls.get(location.scriptId) ?? "",
      line: location.lineNumber + 1
    }))
    const isForeign = ({ url }) => url.startsWith("file:") && !url.startsWith(workerData.own) && !url.includes("/node_modules/")
    if (isOver || frames.some(isForeign) || ++stops === ${STOPS}) {
      return over(frames, "Debugger.resume", { terminateOnResume: true })
    }
    session.post("Debugger.resume")
    session.post("Debugger.pause")
  })
  session.connectToMainThread()
  session.post("Debugger.enable")
  session.post("Debugger.pause")
  // Nothing stops where no statement is reached, as in a search of a text.
  setTimeout(() => isOver || over([], "Runtime.terminateExecution", {}), ${STOPS_MILLIS})
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

  /** `onEnded` is called when something was ended, with its place in the project, where it has one. */
  constructor(onEnded: (place: string | undefined) => void) {
    const own = new URL("../..", import.meta.url).href
    const data = { shared: this.shared.buffer, timed: timedScript.buffer, own }
    const worker = new Worker(watcher, { eval: true, workerData: data, stdout: true, stderr: true, execArgv: [] })
    worker.on("message", (frames: ReadonlyArray<{ readonly url: string; readonly line: number }>) => {
      const places = frames.flatMap(({ line, url }) => foreignPlace(url, line) ?? [])
      onEnded(places[0])
    })
    worker.on("error", () => {})
    worker.unref()
  }

  /** Runs something under the watch. */
  async over<A>(run: () => Promise<A>): Promise<A> {
    // A run in which nothing else can happen any more is over.
    const beat = setInterval(() => Atomics.add(this.shared, BEATS, 1), BEAT_MILLIS).unref()
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
