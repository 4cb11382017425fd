/**
 * The exit code of a run that explored its cases. A violation, drift or a missed threshold is 1, and wins. A search that
 * was not complete proves nothing: it is 3, unless `--allow-incomplete` says that this is enough.
 */
import { hopedFor, isIncomplete, isUndecided, meets } from "../suite/Baseline.ts"
import type { CaseResult, PropertyReport } from "../suite/CheckCase.ts"

/** A property that was decided, as expected. */
export const isExpected = (property: PropertyReport): boolean =>
  meets(property, property.expected ?? hopedFor(property.kind))

/** A property that was decided, and otherwise than expected. */
export const isUnmet = (property: PropertyReport): boolean => !isUndecided(property) && !isExpected(property)

/** The exit code; `isFailed`: something besides the verdicts is not as it should be. */
export const exitCodeOf = (
  results: ReadonlyArray<CaseResult>,
  isFailed: boolean,
  allowsIncomplete: boolean
): 0 | 1 | 3 => {
  if (isFailed || results.some(({ properties }) => properties.some(isUnmet))) return 1
  return !allowsIncomplete && results.some(isIncomplete) ? 3 : 0
}
