/**
 * Numbers as the report prints them.
 */

/** A number with its thousands grouped. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",")
