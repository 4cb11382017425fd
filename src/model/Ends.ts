/**
 * Ends that a model declares: states in which nothing goes on, on purpose.
 */
import { refuse, shown } from "./Checked.ts"

/**
 * States in which a model ends on purpose.
 *
 * **Details** A state that no step leads out of, and that is neither quiescent nor an end, is deadlocked, and violates “no
 * deadlock”. In a whole-state model without declared ends every such state is quiescent, since nothing tells an end from a
 * deadlock; with declared ends only those are.
 */
export interface Ends<in View> {
  /** True of an end. Pure. */
  readonly when: (view: View) => boolean
  /** Reason for which the model ends there, in a sentence. */
  readonly why: string
}

/** Throws `RangeError` where ends have no predicate or no reason. */
export const refuseEnds = (of: string, ends: Ends<never> | undefined): void => {
  if (ends === undefined) return
  if (typeof ends.when !== "function") refuse({ of, name: "ends.when" }, `is ${shown(ends.when)}`, "a predicate")
  if (typeof ends.why !== "string" || ends.why.trim() === "") {
    refuse({ of, name: "ends.why" }, `is ${shown(ends.why)}`, "a sentence that says why the model ends there")
  }
}
