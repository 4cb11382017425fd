/**
 * Ctrl-C and termination: the first asks the search to stop, which it hears between two slices, about thirty times a
 * second; what is known is then printed. The second finds no listener any more and ends the process at once.
 */

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

/** Whether a run is to stop. */
export interface Interruption {
  readonly signal: AbortSignal
  /** The exit code of an interrupted run: 128 and the signal's number. */
  readonly exitCode: () => number | undefined
}

/** Listens from now on. */
export const listen = (): Interruption => {
  const stop = new AbortController()
  let exitCode: number | undefined
  const heard = (name: NodeJS.Signals): void => {
    exitCode = name === "SIGTERM" ? exitCodes.SIGTERM : exitCodes.SIGINT
    process.off("SIGINT", heard)
    process.off("SIGTERM", heard)
    stop.abort()
  }
  process.on("SIGINT", heard)
  process.on("SIGTERM", heard)
  return { signal: stop.signal, exitCode: () => exitCode }
}
