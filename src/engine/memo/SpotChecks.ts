/**
 * Calls of a model's code that are run once more at the end of a search. They detect code that keeps state from call to
 * call, or that is random, even if no trace contains such a call. Their numbers are fixed, not drawn: the first four of
 * each piece of code, then each whose number is a power of two. The cost is therefore bounded by the logarithm of the
 * search.
 */

/** True if the call of this number, from 1, is run again at the end. */
export const isSpot = (number: number): boolean => number === 3 || (number & (number - 1)) === 0

/** Counts of calls by piece of code, and the calls to repeat. */
export class SpotChecks<Code> {
  private readonly counts = new Map<Code, number>()
  private readonly again: Array<() => void> = []

  /** Counts a call; `again` runs it once more and throws if it differs. */
  called(code: Code, again: () => void): void {
    const number = (this.counts.get(code) ?? 0) + 1
    this.counts.set(code, number)
    if (isSpot(number)) this.again.push(again)
  }

  /** Runs the stored calls again, the last first. */
  recheck(): void {
    for (const again of this.again.toReversed()) again()
  }
}
