/**
 * Callers of a function: code of plait and Node reads files and clocks for its own purposes, and no result depends on
 * these calls.
 */

const own = new URL("../..", import.meta.url).href

/**
 * The number of callers that are examined, at first and at most: a library may stand between a model and the called
 * function.
 */
const NEAREST = 16
const MOST = 200

const read = (limit: number): { readonly places: ReadonlyArray<string>; readonly error: Error } => {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.stackTraceLimit = limit
  Error.prepareStackTrace = undefined as never
  const error = new Error("where it was called")
  const lines = String(error.stack).split("\n").slice(1)
  Error.stackTraceLimit = stackTraceLimit
  Error.prepareStackTrace = prepareStackTrace
  return { places: lines.map(placeOf).filter((place) => place !== "" && place !== import.meta.url), error }
}

/** The file in a line of a stack; empty for functions of JavaScript itself. */
const placeOf = (line: string): string => {
  const place = /(?:\(|^\s+at (?:async )?)([^()]*?)(?::\d+:\d+)?\)?$/.exec(line)?.[1] ?? line
  return place === "<anonymous>" || place === "native" ? "" : place
}

const isEffect = (place: string): boolean => place.includes("/node_modules/effect/")

const isNode = (place: string): boolean => place.startsWith("node:")

/**
 * Code of Node that loads modules, or functions of `node:fs` that call each other. A stream opens its file later,
 * without a caller.
 */
const nodesOwn = /^node:(?:internal\/(?:modules|source_map)\/|fs$|fs\/|internal\/fs\/(?!streams$))/

/**
 * True if the command line of plait, or Node while it loads a module, reads. `between` lists the files that are
 * skipped.
 */
export const isOwnReading = (between: ReadonlyArray<string>): boolean => {
  const [caller = ""] = read(NEAREST).places.filter((place) => !between.includes(place))
  return caller.startsWith(`${own}cli/`) || nodesOwn.test(caller)
}

/**
 * An error at the place of code of a project or of a package that is on the stack. `undefined` if the stack has only
 * code of plait, or code of Effect that plait runs or whose modules are being loaded. An empty stack is a callback of
 * an unknown caller.
 */
export const foreignCaller = (between: ReadonlyArray<string>): Error | undefined => {
  const isCaller = (place: string): boolean => !isNode(place) && !between.includes(place)
  if (read(NEAREST).places.find(isCaller)?.startsWith(own) === true) return undefined
  const { error, places } = read(MOST)
  const callers = places.filter(isCaller)
  if (callers.length === 0 || !callers.every((place) => isEffect(place) || place.startsWith(own))) return error
  const isLoading = places.some((place) => place.startsWith("node:internal/modules/"))
  return isLoading || !callers.every(isEffect) ? undefined : error
}
