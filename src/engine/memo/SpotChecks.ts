/**
 * The calls of a model's code that are run once more at the end of a search, so that code which keeps something from
 * call to call, or which is drawn at random, is named though no trace meets it. Their numbers are chosen and not drawn: the
 * first four of each piece of code, and from there on each whose number is a power of two, so that the cost is bounded by
 * the logarithm of the search.
 */

/** Whether the call of this number, from 1, is run again at the end. */
export const isSpot = (number: number): boolean => number === 3 || (number & (number - 1)) === 0

/** Calls of several pieces of code, of which some are remembered. */
export class SpotChecks<Code> {
  private readonly counts = new Map<Code, number>()
  private readonly again: Array<() => void> = []

  /** Counts a call; `again` runs it once more and throws where it differs. */
  called(code: Code, again: () => void): void {
    const number = (this.counts.get(code) ?? 0) + 1
    this.counts.set(code, number)
    if (isSpot(number)) this.again.push(again)
  }

  /** Runs the remembered calls again, the last first. */
  recheck(): void {
    for (const again of this.again.toReversed()) again()
  }
}
