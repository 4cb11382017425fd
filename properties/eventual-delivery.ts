/**
 * Delivery as a property of fair runs: every node gets each write that one node has, and the messages for it end.
 *
 * Unlike delivery.ts and convergence.ts, which judge quiescent states, these properties also apply to protocols that
 * never become quiescent, and to nodes that are down.
 *
 * Observes nothing and adds no states; costs a search for strongly connected components over the stored graph.
 */
import { type Eventually, type Fairness, type NodesView, Property, type WriteName } from "plait"

/** The writes that a node's state reflects, and the assumptions about runs. */
export interface EventualDeliveryOptions<State> {
  readonly has: (state: State) => ReadonlyArray<WriteName>
  readonly fairness?: Fairness
}

/**
 * If some node has a write, then from some later moment on all nodes, up or down, have the same writes.
 *
 * **Details** (∃ i: D(i) ≠ ∅) ⇒ ◇□ ∀ i, j: D(i) = D(j): eventual delivery and convergence as liveness (Shapiro et al.
 * 2011). A node that may stay down for ever violates it, unless fairness demands its recovery.
 */
export const everyNodeGetsIt = <State>({
  fairness,
  has
}: EventualDeliveryOptions<State>): Eventually<NodesView<State>> =>
  Property.eventually<NodesView<State>>("what one node has every node gets and keeps", {
    from: ({ nodes }) => nodes.some(({ state }) => has(state).length > 0),
    holds: (view) => lacking(view, has).length === 0,
    stable: true,
    ...(fairness === undefined ? {} : { fairness }),
    explain: (view) => {
      const ids = lacking(view, has).map(({ id }) => `n${id}`)
      return ids.length === 0
        ? ""
        : `${ids.join(" and ")} ${ids.length === 1 ? "lacks" : "lack"} what another node has.`
    }
  })

const lacking = <State>({ nodes }: NodesView<State>, has: (state: State) => ReadonlyArray<WriteName>) => {
  const all = new Set(nodes.flatMap(({ state }) => has(state)))
  return nodes.filter(({ state }) => new Set(has(state)).size < all.size)
}

/** From some moment on no message is in flight (◇□ net = ∅): no message circulates or is sent again for ever. */
export const networkFallsSilent = <State>(fairness?: Fairness): Eventually<NodesView<State>> =>
  Property.eventually<NodesView<State>>("the network falls silent for good", {
    holds: ({ nodes }) => nodes.every(({ inbox }) => inbox.length === 0),
    stable: true,
    ...(fairness === undefined ? {} : { fairness }),
    explain: ({ nodes }) => {
      const flying = nodes.flatMap(({ id, inbox }) => inbox.map(({ message }) => `${message._tag} to n${id}`))
      return flying.length === 0 ? "" : `${flying.join(", ")} is in flight again.`
    }
  })
