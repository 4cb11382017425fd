/**
 * Progress on standard error: one line rewritten on a terminal, a line every ten seconds elsewhere. No percentages: only
 * a shrinking queue says that a search nears its end.
 */
import { group } from "../../reports/text/table.ts"
import type { Progress } from "../explorer/Explorer.ts"

const PIPED_INTERVAL_MILLIS = 10_000
const TERMINAL_INTERVAL_MILLIS = 100

/** A reporter of progress of one cell. */
export const progressOf = (id: string) => {
  const terminal = process.stderr.isTTY && process.env["TERM"] !== "dumb"
  const interval = terminal ? TERMINAL_INTERVAL_MILLIS : PIPED_INTERVAL_MILLIS
  let last = 0
  let shown = false
  return {
    onProgress: ({ depth, distinct, elapsedMillis, queue }: Progress): void => {
      if (elapsedMillis - last < interval) return
      last = elapsedMillis
      shown = true
      const rate = group(Math.round((1000 * distinct) / elapsedMillis))
      const line = `${id}: ${group(distinct)} states, ${rate}/s, depth ${depth}, queue ${group(queue)}`
      process.stderr.write(terminal ? `\r\u001b[2K${line}` : `${line}\n`)
    },
    done: (): void => {
      if (terminal && shown) process.stderr.write("\r\u001b[2K")
    }
  }
}
