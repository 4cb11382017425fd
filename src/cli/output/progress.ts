/**
 * Progress on standard error: one line rewritten on a terminal, a line every ten seconds elsewhere. There are no
 * percentages: only a shrinking queue shows that a search nears its end.
 */
import { group } from "../../report/text/table.ts"
import { visible } from "../../report/visible.ts"

const PIPED_INTERVAL_MILLIS = 10_000
const TERMINAL_INTERVAL_MILLIS = 100
/** Columns of a terminal of unknown width. */
const ASSUMED_COLUMNS = 80

/** Erases the current line of a terminal. */
export const REWRITE = "\r\u001b[2K"

/** The target of progress lines, and their interval. */
export interface ProgressTarget {
  readonly write: (text: string) => void
  /** Columns of the terminal on which a line is rewritten; `undefined` if lines are added. */
  readonly columns: number | undefined
  readonly intervalMillis: number
  readonly now: () => number
}

/** The progress of a search. Random walks have no queue. */
export interface Measured {
  readonly distinct: number
  readonly depth: number
  readonly queue?: number
  readonly elapsedMillis: number
}

/** Standard error as the target, with the requested interval, if any. */
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

/** One line: states, states a second, depth, queue. If the line is too narrow, the name is shortened first. */
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

/** Prints the progress of a run of several cases. The interval spans all of them. */
export class ProgressReport {
  private readonly target: ProgressTarget
  private last: number
  private shown = false

  constructor(target: ProgressTarget) {
    this.target = target
    this.last = target.now()
  }

  /** Prints the progress of a case if the interval has passed. */
  tell(name: string, measured: Measured): void {
    const { columns, intervalMillis, now, write } = this.target
    const moment = now()
    if (moment - this.last < intervalMillis) return
    this.last = moment
    this.shown = true
    // One column is left free: a terminal may start its next line when the last column is filled.
    write(
      columns === undefined
        ? `${progressLine(name, measured)}\n`
        : `${REWRITE}${progressLine(name, measured, Math.max(0, columns - 1))}`
    )
  }

  /** Erases the progress line of a terminal, before other output. */
  clear(): void {
    if (this.target.columns !== undefined && this.shown) this.target.write(REWRITE)
    this.shown = false
  }
}
