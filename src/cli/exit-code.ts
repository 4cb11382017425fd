/**
 * The exit code of a run that explored its cases. A violation, drift or a missed threshold gives 1, which takes
 * precedence. An incomplete search proves nothing and gives 3, unless `--allow-incomplete` accepts it.
 */
import { hopedFor, isIncomplete, isUndecided, meets } from "../suite/Baseline.ts"
import type { CaseResult, PropertyReport } from "../suite/CheckCase.ts"

/** True if the property was decided as expected. */
export const isExpected = (property: PropertyReport): boolean =>
  meets(property, property.expected ?? hopedFor(property.kind))

/** True if the property was decided otherwise than expected. */
export const isUnmet = (property: PropertyReport): boolean => !isUndecided(property) && !isExpected(property)

/** The exit code. `isFailed` is true if something other than a verdict failed. */
export const exitCodeOf = (
  results: ReadonlyArray<CaseResult>,
  isFailed: boolean,
  allowsIncomplete: boolean
): 0 | 1 | 3 => {
  if (isFailed || results.some(({ properties }) => properties.some(isUnmet))) return 1
  return !allowsIncomplete && results.some(isIncomplete) ? 3 : 0
}
