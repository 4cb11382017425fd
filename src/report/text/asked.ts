/**
 * In how many states or steps a property had something to say, in words: the size of the search behind a verdict that no
 * trace shows. 0 is the verdict `vacuous`.
 */
import type { PropertyReport } from "../../suite/CheckCase.ts"
import { grouped } from "../html/numbers.ts"

/** Whether a verdict rests on that count: one that a trace decides does not. */
export const isCounted = ({ verdict }: PropertyReport): boolean => verdict === "holds" || verdict === "inconclusive"

/** Such as `checked in 24 states`; of a property about runs, the states in which it begins. Empty where it is not counted. */
export const askedText = (property: PropertyReport): string => {
  if (!isCounted(property)) return ""
  const { checked, kind } = property
  const verb = kind === "eventually" ? "begins" : "checked"
  const unit = kind === "stepInvariant" ? "step" : "state"
  return `${verb} in ${grouped(checked)} ${unit}${checked === 1 ? "" : "s"}`
}
