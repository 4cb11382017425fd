/**
 * Delivery of writes to the nodes that are up, judged in quiescent states.
 *
 * Source: the arc rule for rings: with a write at o and node c down, exactly o, o + 1, …, c − 1 receive it.
 *
 * Costs: the names of the writes made so far are added to the state.
 */
import { type AtQuiescence, type NodesView, Observer, Property, type WriteName } from "plait"

/** The writes that a node's state reflects. */
export interface DeliveryOptions<State> {
  readonly has: (state: State) => ReadonlyArray<WriteName>
  /** The nodes that the property covers: all, if absent; without those that were taken out of the topology. */
  readonly among?: ReadonlyArray<number>
}

const written = Observer.make("writes", {
  initial: [] as ReadonlyArray<WriteName>,
  observe: (before, seen) => (seen.kind === "wrote" ? [...before, seen.write].sort() : before)
})

const gaps = <State>(
  view: NodesView<State>,
  writes: ReadonlyArray<WriteName>,
  { among, has }: DeliveryOptions<State>
) =>
  writes.flatMap((write) => {
    const live = view.nodes.filter(({ id, up }) => up && (among === undefined || among.includes(id)))
    const without = live.filter(({ state }) => !has(state).includes(write))
    return without.length === 0 || without.length === live.length
      ? []
      : [{ write, without: without.map(({ id }) => id) }]
  })

const named = (ids: ReadonlyArray<number>): string => ids.map((id) => `n${id}`).join(", ")

const sentences = (found: ReturnType<typeof gaps>): string =>
  found.map(({ without, write }) => `${named(without)} will never have ${write}.`).join(" ")

/**
 * Every live node has each write that some live node has.
 *
 * **Details** u ∈ D(i), i up ⇒ ∀ j up: u ∈ D(j): eventual delivery (Shapiro et al. 2011) in quiescent states. A write
 * lost with the only node that had it does not violate this property; no-lost-write.ts covers that. Observes `wrote`;
 * the names of the writes are added to the state.
 */
export const everyLiveNodeHasIt = <State>(options: DeliveryOptions<State>): AtQuiescence<NodesView<State>> =>
  Property.atQuiescence<NodesView<State>, ReadonlyArray<WriteName>>("every live node has what one of them has", {
    observer: written,
    premise: (_view, writes) => writes.length > 0,
    holds: (view, writes) => gaps(view, writes, options).length === 0,
    explain: (view, writes) => sentences(gaps(view, writes, options))
  })

/**
 * If every node is up, all have each write that one has: for nodes that recover. `everyLiveNodeHasIt` also judges runs
 * in which they do not.
 *
 * **Details** As `everyLiveNodeHasIt`, with ∀ i: i up as its premise.
 */
export const everyNodeHasItOnceUp = <State>(options: DeliveryOptions<State>): AtQuiescence<NodesView<State>> => {
  const allUp = ({ nodes }: NodesView<State>) => nodes.every(({ up }) => up)
  return Property.atQuiescence<NodesView<State>, ReadonlyArray<WriteName>>(
    "when all nodes are up, all have what one has",
    {
      observer: written,
      premise: (view, writes) => allUp(view) && writes.length > 0,
      holds: (view, writes) => !allUp(view) || gaps(view, writes, options).length === 0,
      explain: (view, writes) => sentences(gaps(view, writes, options))
    }
  )
}

const holders = <State>(view: NodesView<State>, write: WriteName, has: (state: State) => ReadonlyArray<WriteName>) =>
  view.nodes.filter(({ state, up }) => up && has(state).includes(write)).map(({ id }) => id)

/**
 * Exactly the named nodes have the write.
 *
 * **Details** {i up : write ∈ D(i)} = nodes. `nodes` is ascending. Premise: the write was made. Observes and costs as
 * `everyLiveNodeHasIt`.
 */
export const exactlyTheseHaveIt = <State>(
  options: DeliveryOptions<State> & { readonly write: WriteName; readonly nodes: ReadonlyArray<number> }
): AtQuiescence<NodesView<State>> => {
  const { has, nodes, write } = options
  return Property.atQuiescence<NodesView<State>, ReadonlyArray<WriteName>>(`exactly ${named(nodes)} have ${write}`, {
    observer: written,
    premise: (_view, writes) => writes.includes(write),
    holds: (view, writes) => !writes.includes(write) || holders(view, write, has).join() === nodes.join(),
    explain: (view) => {
      const found = holders(view, write, has)
      const having = found.length === 0 ? "No node has" : `${named(found)} ${found.length === 1 ? "has" : "have"}`
      return `${having} ${write}; it should be ${named(nodes)}.`
    }
  })
}
