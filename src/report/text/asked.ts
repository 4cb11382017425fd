/**
 * The number of states or steps in which a property was checked, in words: the size of the search behind a verdict
 * without a trace. 0 is the verdict `vacuous`.
 */
import type { PropertyReport } from "../../suite/CheckCase.ts"
import { grouped } from "../html/numbers.ts"

/** True if the verdict depends on that number. A verdict that a trace decides does not. */
export const isCounted = ({ verdict }: PropertyReport): boolean => verdict === "holds" || verdict === "inconclusive"

/**
 * The words, such as `checked in 24 states`; for a property of runs, the states in which it begins. Empty for a verdict
 * that does not depend on the number.
 */
export const askedText = (property: PropertyReport): string => {
  if (!isCounted(property)) return ""
  const { checked, kind } = property
  const verb = kind === "eventually" ? "begins" : "checked"
  const unit = kind === "stepInvariant" ? "step" : "state"
  return `${verb} in ${grouped(checked)} ${unit}${checked === 1 ? "" : "s"}`
}
