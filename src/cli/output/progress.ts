/**
 * Progress on standard error: one line rewritten on a terminal, a line every ten seconds elsewhere. No percentages: only
 * a shrinking queue says that a search nears its end.
 */
import { group } from "../../report/text/table.ts"
import { visible } from "../../report/visible.ts"

const PIPED_INTERVAL_MILLIS = 10_000
const TERMINAL_INTERVAL_MILLIS = 100
/** Of a terminal that does not say. */
const ASSUMED_COLUMNS = 80

/** Takes a terminal's line away. */
export const REWRITE = "\r\u001b[2K"

/** What progress is written to, and how often. */
export interface ProgressTarget {
  readonly write: (text: string) => void
  /** Columns of the terminal on which a line is rewritten, or nothing where lines are added. */
  readonly columns: number | undefined
  readonly intervalMillis: number
  readonly now: () => number
}

/** How far a search is; the queue is unknown to random walks. */
export interface Measured {
  readonly distinct: number
  readonly depth: number
  readonly queue?: number
  readonly elapsedMillis: number
}

/** Standard error, with the interval that was asked for, if one was. */
export const standardError = (intervalSeconds: number | undefined): ProgressTarget => {
  const isTerminal = process.stderr.isTTY && process.env["TERM"] !== "dumb"
  const asked = intervalSeconds === undefined ? PIPED_INTERVAL_MILLIS : 1000 * intervalSeconds
  return {
    write: (text) => void process.stderr.write(text),
    columns: isTerminal ? process.stderr.columns || ASSUMED_COLUMNS : undefined,
    intervalMillis: isTerminal ? TERMINAL_INTERVAL_MILLIS : asked,
    now: () => performance.now()
  }
}

/** One line: states, states a second, depth, queue. Where it is too narrow for all of it the name gives way first. */
export const progressLine = (
  caseId: string,
  { depth, distinct, elapsedMillis, queue }: Measured,
  columns = Infinity
): string => {
  const name = visible(caseId)
  const rate = elapsedMillis === 0 ? "" : `, ${group(Math.round((1000 * distinct) / elapsedMillis))}/s`
  const left = queue === undefined ? "" : `, queue ${group(queue)}`
  const figures = `: ${group(distinct)} states${rate}, depth ${depth}${left}`
  const room = columns - figures.length
  const shown = name.length <= room ? name : `${name.slice(0, Math.max(0, room - 1))}…`
  return `${shown}${figures}`.slice(0, columns)
}

/** Tells the progress of a run of several cases; the interval runs over all of them. */
export class ProgressReport {
  private readonly target: ProgressTarget
  private last: number
  private shown = false

  constructor(target: ProgressTarget) {
    this.target = target
    this.last = target.now()
  }

  /** Tells how far a case is, if it is time to. */
  tell(name: string, measured: Measured): void {
    const { columns, intervalMillis, now, write } = this.target
    const moment = now()
    if (moment - this.last < intervalMillis) return
    this.last = moment
    this.shown = true
    // One column is left free: a terminal may go on to its next line when the last one is filled.
    write(
      columns === undefined
        ? `${progressLine(name, measured)}\n`
        : `${REWRITE}${progressLine(name, measured, Math.max(0, columns - 1))}`
    )
  }

  /** Takes the line away from a terminal before anything else is written. */
  clear(): void {
    if (this.target.columns !== undefined && this.shown) this.target.write(REWRITE)
    this.shown = false
  }
}
