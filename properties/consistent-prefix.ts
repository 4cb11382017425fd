/**
 * Consistent prefix: an effect is never visible before its cause. With leaders that write concurrently this order can
 * only be happens-before; a protocol may also state the order it promises.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, "Consistent prefix reads" and figure 5-9.
 * Left out: the reading of Azure Cosmos DB's specifications, which allow gaps with several write regions.
 */
import { type Invariant, type NodeInvariant, type NodesView, Observer, Property, type WriteName } from "plait"

/** The writes that a node's state reflects. */
export interface PrefixOptions<State> {
  readonly visible: (state: State) => ReadonlyArray<WriteName>
}

const gapsIn = (visible: ReadonlyArray<WriteName>, causes: (write: WriteName) => ReadonlyArray<WriteName>) =>
  visible.flatMap((effect) =>
    causes(effect)
      .filter((cause) => !visible.includes(cause))
      .map((cause) => ({ effect, cause }))
  )

const sentences = <State>(
  { nodes }: NodesView<State>,
  visible: (state: State) => ReadonlyArray<WriteName>,
  causes: (write: WriteName) => ReadonlyArray<WriteName>
): string =>
  nodes
    .flatMap(({ id, state }) => gapsIn(visible(state), causes).map((gap) => ({ id, ...gap })))
    .map(({ cause, effect, id }) => `n${id} shows ${effect} but not ${cause}, which it depends on.`)
    .join(" ")

/**
 * No node shows a write without the writes on which it depends, as the protocol's author states them.
 *
 * **Details** ∀ node, w visible there: causes(w) ⊆ visible. Observes nothing; judged per node, so it costs almost no
 * time. `causes` must name all causes of a write, not only the nearest.
 */
export const consistentPrefix = <State>(
  options: PrefixOptions<State> & { readonly causes: (write: WriteName) => ReadonlyArray<WriteName> }
): NodeInvariant<NodesView<State>> => {
  const { causes, visible } = options
  return Property.onEveryNode<State>("an effect is never visible before its cause", {
    premise: ({ state }) => visible(state).some((write) => causes(write).length > 0),
    holds: ({ state }) => gapsIn(visible(state), causes).length === 0,
    explain: (view) => sentences(view, visible, causes)
  })
}

/** Each write with the writes that happened before it. */
type Pasts = { readonly [write: WriteName]: ReadonlyArray<WriteName> }

const pasts = Observer.make("causal past of each write", {
  initial: {} as Pasts,
  observe: (before, seen): Pasts => (seen.kind === "wrote" ? { ...before, [seen.write]: seen.past } : before),
  causal: true
})

const causesIn = (pasts: Pasts) => (write: WriteName) => pasts[write] ?? []

/**
 * No node shows a write without the writes that truly happened before it.
 *
 * **Details** As `consistentPrefix`, with the causal past that plait tracks over the messages. Observes `wrote`; the
 * true past is stored per node and message, which multiplies states. Only for protocols whose `visible` keeps every
 * write: if a later write replaces an earlier one, the earlier counts as a gap.
 */
export const causalPrefix = <State>({ visible }: PrefixOptions<State>): Invariant<NodesView<State>> =>
  Property.invariant<NodesView<State>, Pasts>("no write is visible without all that happened before it", {
    observer: pasts,
    premise: (_view, causes) => Object.values(causes).some((past) => past.length > 0),
    holds: (view, causes) => view.nodes.every(({ state }) => gapsIn(visible(state), causesIn(causes)).length === 0),
    explain: (view, causes) => sentences(view, visible, causesIn(causes))
  })
