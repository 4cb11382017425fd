/**
 * Conditions on a clock C with respect to happens-before (→), property by property. The truth is plait's own record
 * over the messages, never the protocol's clock. A clock that only stamps needs consistency; a clock that detects
 * conflicts must be exact.
 *
 * | property | formula |
 * | --- | --- |
 * | consistent (sound) | e → f ⇒ C(e) < C(f) |
 * | complete | C(e) < C(f) ⇒ e → f |
 * | no false concurrency | C(e) ≮ C(f) ∧ C(f) ≮ C(e) ⇒ e ∥ f |
 * | no missed concurrency | e ∥ f ⇒ C(e) ≮ C(f) ∧ C(f) ≮ C(e) |
 * | unique | e ≠ f ⇒ C(e) ≠ C(f) |
 * | irreflexive | C(e) ≮ C(e) |
 * | exact | C(e) < C(f) ⇔ e → f, and C(e) = C(f) ⇔ e = f |
 *
 * Consistent implies no false concurrency, complete implies no missed concurrency; consistent, complete and unique
 * together are exact. Two different events with equal timestamps count as reported concurrent, except in the last two.
 *
 * Every property covers the pairs that a protocol notes as `compared`, and observes `wrote` and `compared`. It records
 * each write's true past, which plait stores per node and message, at the cost of more states. The exact property also
 * records the first mistake; all others share an observer that records the pairs of true order and verdict that
 * occurred, at most sixteen.
 *
 * Source: Lamport, "Time, Clocks, and the Ordering of Events" (1978), clock condition; Schwarz and Mattern, "Detecting
 * Causal Relationships in Distributed Computations" (1994), definitions of consistent and characterising clocks.
 */
import {
  type HistoryStep,
  type Monitor,
  type Observation,
  Observer,
  type Ordering,
  Property,
  type WriteName
} from "plait"

type Pasts = { readonly [write: WriteName]: ReadonlyArray<WriteName> }

/** A kind of comparison: the true order of the two events, and the verdict of the clock. */
interface Judged {
  readonly truth: Ordering
  readonly verdict: Ordering
}

interface Comparisons {
  readonly pasts: Pasts
  /** Kinds that occurred, as `truth/verdict`, sorted. */
  readonly met: ReadonlyArray<string>
}

const truthOf = (pasts: Pasts, left: WriteName, right: WriteName): Ordering => {
  if (left === right) return "equal"
  if (pasts[right]?.includes(left)) return "before"
  return pasts[left]?.includes(right) ? "after" : "concurrent"
}

const comparisons = Observer.make("the clock's verdicts against causality", {
  initial: { pasts: {}, met: [] } as Comparisons,
  observe: (before, seen: Observation): Comparisons => {
    if (seen.kind === "wrote") return { ...before, pasts: { ...before.pasts, [seen.write]: seen.past } }
    if (seen.kind !== "compared") return before
    const kind = `${truthOf(before.pasts, seen.left, seen.right)}/${seen.verdict}`
    return before.met.includes(kind) ? before : { ...before, met: [...before.met, kind].sort() }
  },
  causal: true
})

const isOrdered = (ordering: Ordering): boolean => ordering === "before" || ordering === "after"

const judged = (kind: string): Judged => {
  const [truth, verdict] = kind.split("/") as [Ordering, Ordering]
  return { truth, verdict }
}

/** The first violating comparison in the last step of a history, in words. */
const words = (
  { pasts }: Comparisons,
  history: ReadonlyArray<HistoryStep<unknown>>,
  offends: (judged: Judged) => boolean
): string =>
  history
    .slice(-1)
    .flatMap(({ observations }) => observations)
    .flatMap((seen) => (seen.kind === "compared" ? [seen] : []))
    .map(({ left, right, verdict }) => ({ left, right, verdict, truth: truthOf(pasts, left, right) }))
    .filter(offends)
    .map(inFull)
    .slice(0, 1)
    .join()

const inFull = ({
  left,
  right,
  truth,
  verdict
}: Judged & { readonly left: WriteName; readonly right: WriteName }): string => {
  const both = `${left} ${truth === "equal" ? "is" : inWords[truth]} ${right}`
  return `In truth ${both}; the clock says that ${left} ${inWords[verdict]} ${right}.`
}

const inWords: { readonly [O in Ordering]: string } = {
  before: "happened before",
  after: "happened after",
  concurrent: "is concurrent with",
  equal: "has the timestamp of"
}

const property = (
  name: string,
  speaks: (judged: Judged) => boolean,
  offends: (judged: Judged) => boolean
): Monitor<unknown> =>
  Property.monitor(name, {
    observer: comparisons,
    premise: ({ met }) => met.some((kind) => speaks(judged(kind))),
    rejects: ({ met }) => met.find((kind) => offends(judged(kind))),
    explain: (_view, seen, history) => words(seen, history, offends)
  })

interface Mistakes {
  readonly pasts: Pasts
  readonly any: boolean
  /** The first comparison that was wrong. */
  readonly wrong: (Judged & { readonly left: WriteName; readonly right: WriteName }) | null
}

const mistakes = Observer.make("the clock's first mistake about causality", {
  initial: { pasts: {}, any: false, wrong: null } as Mistakes,
  observe: (before, seen: Observation): Mistakes => {
    if (seen.kind === "wrote") return { ...before, pasts: { ...before.pasts, [seen.write]: seen.past } }
    if (seen.kind !== "compared" || before.wrong !== null) return before
    const { left, right, verdict } = seen
    const truth = truthOf(before.pasts, left, right)
    return { ...before, any: true, wrong: truth === verdict ? null : { left, right, verdict, truth } }
  },
  causal: true
})

/**
 * The clock's verdict on any two versions that meet is the true one.
 *
 * **Details** C(e) < C(f) ⇔ e → f, for every pair noted as `compared`; a version that meets itself must be `equal`.
 */
export const verdictsAreCausality: Monitor<unknown> = Property.monitor("the clock's verdict equals happens-before", {
  observer: mistakes,
  premise: ({ any }) => any,
  rejects: ({ wrong }) => (wrong === null ? undefined : inFull(wrong))
})

/**
 * e → f ⇒ C(e) < C(f): the clock condition. A write that a later event overwrites precedes it or is concurrent with it.
 */
export const clockIsConsistent: Monitor<unknown> = property(
  "an event that happened before another has the smaller timestamp",
  ({ truth }) => isOrdered(truth),
  ({ truth, verdict }) => isOrdered(truth) && verdict !== truth
)

/** C(e) < C(f) ⇒ e → f: the converse. Replacing the smaller timestamp then loses no concurrent write. */
export const clockIsComplete: Monitor<unknown> = property(
  "an event with a smaller timestamp happened before",
  ({ verdict }) => isOrdered(verdict),
  ({ truth, verdict }) => isOrdered(verdict) && verdict !== truth
)

/** Neither C(e) < C(f) nor C(f) < C(e) ⇒ e ∥ f: no conflict is reported between a write and its own cause. */
export const noFalseConcurrencyReported: Monitor<unknown> = property(
  "no false concurrency: what the clock does not order is concurrent",
  ({ truth, verdict }) => truth !== "equal" && !isOrdered(verdict),
  ({ truth, verdict }) => isOrdered(truth) && !isOrdered(verdict)
)

/** e ∥ f ⇒ neither C(e) < C(f) nor C(f) < C(e): every conflict is reported. */
export const noMissedConcurrency: Monitor<unknown> = property(
  "no missed concurrency: the clock does not order concurrent events",
  ({ truth }) => truth === "concurrent",
  ({ truth, verdict }) => truth === "concurrent" && isOrdered(verdict)
)

/** e ≠ f ⇒ C(e) ≠ C(f): required for a total order made of timestamps alone. */
export const timestampsAreUnique: Monitor<unknown> = property(
  "different events have different timestamps",
  ({ truth }) => truth !== "equal",
  ({ truth, verdict }) => truth !== "equal" && verdict === "equal"
)

/** C(e) ≮ C(e): a write that arrives twice does not replace itself. */
export const noEventPrecedesItself: Monitor<unknown> = property(
  "no event has a smaller timestamp than itself",
  ({ truth }) => truth === "equal",
  ({ truth, verdict }) => truth === "equal" && isOrdered(verdict)
)

/** The properties one by one, the exact one first. */
export const clockProperties: ReadonlyArray<Monitor<unknown>> = [
  verdictsAreCausality,
  clockIsConsistent,
  clockIsComplete,
  noFalseConcurrencyReported,
  noMissedConcurrency,
  timestampsAreUnique,
  noEventPrecedesItself
]

/** Two concurrent events are compared: the case in which clocks differ. */
export const concurrentEventsMeet = Property.reachable<unknown, Comparisons>("two concurrent events are compared", {
  observer: comparisons,
  holds: (_view, { met }) => met.some((kind) => judged(kind).truth === "concurrent")
})
