/**
 * Ctrl-C and termination: the first asks the search to stop, which it hears between two slices, about thirty times a
 * second, and says so; what is known is then printed. The second finds no listener any more, so that the operating
 * system ends the process at once, whatever it is doing; a shell shows that as 130 or 143 too.
 *
 * Under npm one Ctrl-C arrives twice, from the terminal and forwarded by npm: there the listeners stay a while, so that
 * the echo does not take what is known away.
 */
import { REWRITE } from "../output/progress.ts"

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

/** How long the echo of a signal may take. */
const ECHO_MILLIS = 1_000

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
    if (exitCode !== undefined) return
    exitCode = name === "SIGTERM" ? exitCodes.SIGTERM : exitCodes.SIGINT
    if (process.env["npm_command"] === undefined) deafen()
    else setTimeout(deafen, ECHO_MILLIS).unref()
    stop.abort()
    const again = name === "SIGINT" ? "Ctrl-C" : name
    process.stderr.write(
      `${process.stderr.isTTY ? REWRITE : ""}stopping to print the results so far; ${again} again ends plait at once\n`
    )
  }
  const deafen = (): void => {
    process.off("SIGINT", heard)
    process.off("SIGTERM", heard)
  }
  process.on("SIGINT", heard)
  process.on("SIGTERM", heard)
  return { signal: stop.signal, exitCode: () => exitCode }
}
