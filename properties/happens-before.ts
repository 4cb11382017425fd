/**
 * A clock that is to detect conflicts must order two versions exactly as causality does: no false concurrency and no
 * missed concurrency. The truth is the harness's own record over the messages, never the protocol's clock.
 */
import { type Monitor, type Observation, Observer, Property, type WriteName } from "../src/property/index.ts"

interface Wrong {
  readonly left: WriteName
  readonly right: WriteName
  readonly verdict: string
  readonly truth: string
}

interface Comparisons {
  readonly pasts: { readonly [write: WriteName]: ReadonlyArray<WriteName> }
  readonly any: boolean
  /** The first verdict that was wrong. */
  readonly wrong: Wrong | null
}

const truthOf = (pasts: Comparisons["pasts"], left: WriteName, right: WriteName): string => {
  if (left === right) return "equal"
  if (pasts[right]?.includes(left)) return "before"
  return pasts[left]?.includes(right) ? "after" : "concurrent"
}

const comparisons = Observer.make("the clock's verdicts against causality", {
  initial: { pasts: {}, any: false, wrong: null } as Comparisons,
  observe: (before, seen: Observation): Comparisons => {
    if (seen.kind === "wrote") return { ...before, pasts: { ...before.pasts, [seen.write]: seen.past } }
    if (seen.kind !== "compared" || before.wrong !== null) return before
    const { left, right, verdict } = seen
    const truth = truthOf(before.pasts, left, right)
    return { ...before, any: true, wrong: truth === verdict ? null : { left, right, verdict, truth } }
  },
  causal: true
})

/**
 * Whenever two versions meet, the clock's verdict is the true one.
 *
 * **Details** C(e) < C(f) ⇔ e → f, for every pair noted as `compared`; a version that meets itself must be `equal`.
 * Observes `wrote` and `compared`; the true past is kept per node and message, which multiplies states.
 */
export const verdictsAreCausality: Monitor<unknown> = Property.monitor("the clock's verdict equals happens-before", {
  observer: comparisons,
  premise: ({ any }) => any,
  rejects: ({ wrong }) =>
    wrong === null
      ? undefined
      : `The clock says ${wrong.left} against ${wrong.right} is ${wrong.verdict}; in truth it is ${wrong.truth}.`
})
