/**
 * Ctrl-C and termination. The first signal stops the search between two slices, about thirty times a second, and prints
 * a line; then the results so far are printed. The second finds no listener, so that the operating system ends the
 * process at once, whatever it is doing. A shell shows that as 130 or 143 too.
 *
 * Under npm one Ctrl-C arrives twice, from the terminal and forwarded by npm. There the listeners stay for a while, so
 * that the echo does not prevent the results from being printed.
 */
import { REWRITE } from "../output/progress.ts"

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const

/** The longest delay of the echo of a signal. */
const ECHO_MILLIS = 1_000

/** The request to stop a run. */
export interface Interruption {
  readonly signal: AbortSignal
  /** The exit code of an interrupted run: 128 plus the number of the signal. */
  readonly exitCode: () => number | undefined
}

/** Starts to listen for signals. */
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
