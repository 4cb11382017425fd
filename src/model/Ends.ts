/** Ends that a model declares: states in which it stops on purpose. */
import { refuse, shown } from "./Checked.ts"

/**
 * States in which a model ends on purpose.
 *
 * **Details** A state without successor that is neither quiescent nor an end is deadlocked, and violates “no deadlock”.
 * In a whole-state model without declared ends every such state is quiescent, since an end cannot be told from a
 * deadlock; with declared ends only those are.
 */
export interface Ends<in View> {
  /** True for an end. Pure. */
  readonly when: (view: View) => boolean
  /** The reason why the model ends there, in a sentence. */
  readonly why: string
}

/** Throws `RangeError` if ends have no predicate or no reason. */
export const refuseEnds = (of: string, ends: Ends<never> | undefined): void => {
  if (ends === undefined) return
  if (typeof ends.when !== "function") refuse({ of, name: "ends.when" }, `is ${shown(ends.when)}`, "a predicate")
  if (typeof ends.why !== "string" || ends.why.trim() === "") {
    refuse({ of, name: "ends.why" }, `is ${shown(ends.why)}`, "a sentence that says why the model ends there")
  }
}
