/**
 * The calls of a model's code that are run once more at the end of a search. Their numbers are chosen and not drawn: the
 * first four of each piece of code, and from there on each whose number is a power of two, so that the cost is bounded
 * by the logarithm of the search.
 */

/** Whether the call of this number, from 1, is run again at the end. */
export const isSpot = (number: number): boolean => number === 3 || (number & (number - 1)) === 0
