/**
 * L4, real-time inversion: of two writes the one that was over before the other began wins in the end.
 *
 * Herlihy and Wing (1990) require that an order of operations keeps real time; Corbett et al. (Spanner, 2012) call that
 * external consistency if the order is one of timestamps. Messages need not connect the two writes: an order that
 * depends only on messages between replicas (Lamport's clock, a hybrid clock) may invert them too.
 *
 * Left out: the results of reads in between, which linearizability.ts judges.
 *
 * Costs: the pairs of writes of which one was over before the other began, with the true past and, under clocks, the
 * order of all steps in real time: the most expensive of the properties about writes.
 */
import { type AtQuiescence, type NodesView, type Observation, Observer, Property, type WriteName } from "plait"
import { callsOf, type History, type SessionCall, timedHistory } from "./history/History.ts"
import type { SurvivorOptions } from "./no-lost-write.ts"

interface TimedWrites {
  readonly history: History
  /** Each write with the writes that happened before it. */
  readonly pasts: { readonly [write: WriteName]: ReadonlyArray<WriteName> }
}

const timedWrites = Observer.make("writes, their real-time order and their causal past", {
  initial: { history: {}, pasts: {} } as TimedWrites,
  observe: ({ history, pasts }, seen: Observation): TimedWrites => ({
    history: timedHistory.observe(history, seen),
    pasts: seen.kind === "wrote" ? { ...pasts, [seen.write]: seen.past } : pasts
  }),
  causal: true,
  timed: true
})

/** Pairs of acknowledged writes of which one was over before the other was invoked. */
const orderedPairs = (history: History): ReadonlyArray<readonly [earlier: SessionCall, later: SessionCall]> => {
  const writes = callsOf(history).filter(({ answered, kind }) => answered && kind === "write")
  return writes.flatMap((later) =>
    writes.filter(({ id }) => later.after.includes(id)).map((earlier) => [earlier, later] as const)
  )
}

/** The pairs with the earlier write left, and neither the later nor one that followed from it. */
const inversions = ({ history, pasts }: TimedWrites, left: ReadonlyArray<WriteName>) => {
  const isThere = ({ writes }: SessionCall) => writes.some((write) => left.includes(write))
  const isFollowed = ({ writes }: SessionCall) =>
    left.some((other) => writes.some((write) => pasts[other]?.includes(write) === true))
  return orderedPairs(history).filter(([earlier, later]) => isThere(earlier) && !isThere(later) && !isFollowed(later))
}

const surviving = <State>(view: NodesView<State>, survivors: (state: State) => ReadonlyArray<WriteName>) => [
  ...new Set(view.nodes.filter(({ up }) => up).flatMap(({ state }) => survivors(state)))
]

/**
 * In quiescent states no write has won over one that was invoked after it had been acknowledged.
 *
 * **Details** ∀ acknowledged w, w' with w answered before w' was invoked: if w survives at a node that is up, then so
 * does w' or a write that followed from w'. Observes answers in the order of real time, so that in a system with clocks
 * steps are taken in that order, which multiplies states.
 */
export const realTimeOrder = <State>({ survivors }: SurvivorOptions<State>): AtQuiescence<NodesView<State>> =>
  Property.atQuiescence<NodesView<State>, TimedWrites>("no write wins over one that began after it was over", {
    observer: timedWrites,
    premise: (_view, { history }) => orderedPairs(history).length > 0,
    holds: (view, seen) => inversions(seen, surviving(view, survivors)).length === 0,
    explain: (view, seen) =>
      inversions(seen, surviving(view, survivors))
        .map(
          ([earlier, later]) =>
            `${earlier.writes.join()} was acknowledged before ${later.writes.join()} was invoked, and won over it (L4).`
        )
        .join(" ")
  })
