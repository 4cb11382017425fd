/**
 * Which files a call came from: how an entry knows the modules that its outcome may depend on, without being told.
 */

/** Frames of a stack that is cut there would be missing. */
const ALL_FRAMES = Number.POSITIVE_INFINITY

/** What runs a module's own code, at the bottom of a stack: Node's for ES modules, and for scripts. */
const isLoader = (frame: string): boolean => /\bModuleJob(?:Sync)?\.run|\bModule\._compile\b/.test(frame)

/**
 * The files on the stack of whoever calls, nearest first, each once: URLs of ES modules, paths of scripts. Frames of Node
 * itself are left out. Nothing where the stack does not go down to what loads modules, or a part of it went on after an
 * `await`: who else had a hand in it is not known then, as in a timer or a promise's callback.
 */
export const callingFiles = (): ReadonlyArray<string> | undefined => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = ALL_FRAMES
  const { stack = "" } = new Error("where this was called")
  Error.stackTraceLimit = limit
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line))
  const bottom = frames.findIndex(isLoader)
  if (bottom === -1 || frames.slice(0, bottom).some((frame) => /^\s+at async /.test(frame))) return undefined
  const files = frames
    .slice(0, bottom)
    .flatMap((frame) => /(?:^\s+at |\()(?:async )?((?:file:|\/|[A-Z]:\\)[^)]*):\d+:\d+\)?$/.exec(frame)?.[1] ?? [])
  return [...new Set(files)]
}
