/**
 * Verdicts on one property after a search. The union is closed: every consumer matches all of it.
 *
 * `Evidence` is the trace that violates the property or reaches a state.
 */

/** Reason for which a search ended before it was complete. */
export type StopReason =
  | "state limit"
  | "depth limit"
  | "time limit"
  | "memory limit"
  | "interrupted"
  | "violation"
  | "random walks"
  | "restricted search"

/** The verdict on one property of one system. */
export type Verdict<Evidence> =
  /**
   * Complete search, never violated; `checked` counts the states (or steps) where its premise was true. `note`: the
   * method of judging, if it is not that of its kind.
   */
  | { readonly _tag: "holds"; readonly checked: number; readonly note?: string }
  /** Violated; the evidence is as short as possible if the search was exhaustive. `note` as in `holds`. */
  | {
      readonly _tag: "violated"
      readonly evidence: Evidence
      readonly because: string
      /** The error of an explanation that threw or returned no text; the verdict stands all the same. */
      readonly unexplained?: Error
      readonly note?: string
    }
  /** A reachability property with the shortest trace to its state. */
  | {
      readonly _tag: "reached"
      readonly evidence: Evidence
      readonly because: string
      /** As in `violated`. */
      readonly unexplained?: Error
    }
  /** Complete search that never reached the state of a reachability property. */
  | { readonly _tag: "unreached" }
  /** Complete search in which the premise was never true: the property judged no state. */
  | { readonly _tag: "vacuous" }
  /** Not decided, with the reason; `checked` as in `holds`. */
  | { readonly _tag: "inconclusive"; readonly why: StopReason; readonly checked: number }
  /** The property itself threw; `thrown` is left out of documents, and absent from a result that was read from one. */
  | { readonly _tag: "failed"; readonly error: string; readonly thrown?: unknown }

/** The tags of `Verdict`. */
export type VerdictTag = Verdict<never>["_tag"]
