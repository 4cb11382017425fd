/**
 * Which files a call came from: how an entry knows the modules that its outcome may depend on, without being told.
 */

/** Frames of a stack that is cut there would be missing. */
const ALL_FRAMES = Number.POSITIVE_INFINITY

/**
 * The files on the stack of whoever calls, nearest first, each once: URLs of ES modules, paths of scripts. Frames of Node
 * itself are left out; of a function that goes on after an `await`, those that wait for it count as callers.
 */
export const callingFiles = (): ReadonlyArray<string> => {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = ALL_FRAMES
  const { stack = "" } = new Error("where this was called")
  Error.stackTraceLimit = limit
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line))
  const files = frames.flatMap(
    (frame) => /(?:^\s+at |\()(?:async )?((?:file:|\/|[A-Z]:\\)[^)]*):\d+:\d+\)?$/.exec(frame)?.[1] ?? []
  )
  return [...new Set(files)]
}
