/** Files from which a call came: an entry derives from them the modules on which its outcome may depend. */

/** A stack with a limit could lack frames. */
const ALL_FRAMES = Number.POSITIVE_INFINITY

/** True for a frame that runs a module's own code, at the bottom of a stack: Node's for ES modules, and for scripts. */
const isLoader = (frame: string): boolean => /\bModuleJob(?:Sync)?\.run|\bModule\._compile\b/.test(frame)

/**
 * The files on the stack of the caller, nearest first, each once: URLs of ES modules, paths of scripts. Frames of Node
 * itself are left out. `undefined` if the stack does not reach the loader of modules, or a part of it continued after
 * an `await`: its other callers are then unknown, as in a timer or a promise's callback.
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
