/**
 * Guarantees of a store that keeps concurrent versions side by side: it keeps only the truly concurrent ones, and loses
 * none of them. Each property has two forms: for models that contain the true past of each write themselves, and for
 * protocols of nodes, judged by plait's happens-before over the messages.
 *
 * Source: Dvv.tla, NoFalseConc and NoLost.
 *
 * Costs: the properties over a model's own past add no states; those over plait's record store the true past per node
 * and message, which multiplies states.
 */
import { type Invariant, type NodesView, Observer, Property, type Reachable, type WriteName } from "plait"

/** The siblings at each server, and the true causal past of every write, past of past included. */
export interface SiblingsShown {
  readonly stored: ReadonlyArray<ReadonlyArray<number>>
  /** By write: the writes that happened before it. */
  readonly pasts: ReadonlyMap<number, ReadonlyArray<number>>
}

const inPast = ({ pasts }: SiblingsShown, earlier: number, later: number): boolean =>
  pasts.get(later)?.includes(earlier) ?? false

const falsePairs = (shown: SiblingsShown) =>
  shown.stored.flatMap((siblings, server) =>
    siblings.flatMap((earlier) =>
      siblings.filter((later) => inPast(shown, earlier, later)).map((later) => ({ server, earlier, later }))
    )
  )

/** No two siblings at one server are truly ordered: no false concurrency. */
export const noFalseConcurrency = <View>(show: (view: View) => SiblingsShown): Invariant<View> =>
  Property.invariant<View>("siblings are truly concurrent", {
    premise: (view) => show(view).stored.some((siblings) => siblings.length > 1),
    holds: (view) => falsePairs(show(view)).length === 0,
    explain: (view) =>
      falsePairs(show(view))
        .map(
          ({ earlier, later, server }) => `Server ${server} keeps ${earlier} beside ${later}, which followed from it.`
        )
        .join(" ")
  })

const lost = (shown: SiblingsShown): ReadonlyArray<number> => {
  const stored = [...new Set(shown.stored.flat())]
  return [...shown.pasts.keys()].filter((write) => !stored.some((kept) => kept === write || inPast(shown, write, kept)))
}

/** Every write is stored at some server or in the true past of one that is: ∀ w ∃ s stored: s = w ∨ w → s. */
export const noLostSibling = <View>(show: (view: View) => SiblingsShown): Invariant<View> =>
  Property.invariant<View>("no sibling is lost", {
    premise: (view) => show(view).pasts.size > 0,
    holds: (view) => lost(show(view)).length === 0,
    explain: (view) => `No server holds ${lost(show(view)).join(", ")}, nor a write that followed from it.`
  })

/** Some server keeps two siblings. */
export const siblingsOccur = <View>(show: (view: View) => SiblingsShown): Reachable<View> =>
  Property.reachable<View>("a server keeps two siblings", {
    holds: (view) => show(view).stored.some((siblings) => siblings.length > 1)
  })

/** Views of the siblings, for protocols whose handlers note `wrote` and `applied`. */
export interface SiblingStores<State> {
  /** The writes that a node stores; `undefined` for a node that is not a server. */
  readonly stored: (state: State) => ReadonlyArray<WriteName> | undefined
}

/** Each write's true past, and the writes that each node has applied. */
export interface AppliedPasts {
  readonly pasts: { readonly [write: WriteName]: ReadonlyArray<WriteName> }
  readonly applied: { readonly [node: number]: ReadonlyArray<WriteName> }
}

/** Records true pasts and applied writes; shared by the properties about siblings. */
export const appliedPasts = Observer.make("applied writes per node and their causal past", {
  initial: { pasts: {}, applied: {} } as AppliedPasts,
  observe: (before, seen): AppliedPasts => {
    if (seen.kind === "wrote") return { ...before, pasts: { ...before.pasts, [seen.write]: seen.past } }
    if (seen.kind !== "applied") return before
    const writes = [...new Set([...(before.applied[seen.node] ?? []), seen.write])].sort()
    return { ...before, applied: { ...before.applied, [seen.node]: writes } }
  },
  causal: true
})

const stores = <State>({ nodes }: NodesView<State>, { stored }: SiblingStores<State>) =>
  nodes.flatMap(({ id, state }) => {
    const siblings = stored(state)
    return siblings === undefined ? [] : [{ id, siblings }]
  })

const ordered = <State>(view: NodesView<State>, options: SiblingStores<State>, { pasts }: AppliedPasts) =>
  stores(view, options).flatMap(({ id, siblings }) =>
    siblings.flatMap((later) =>
      siblings.filter((earlier) => pasts[later]?.includes(earlier)).map((earlier) => ({ id, earlier, later }))
    )
  )

/**
 * No two siblings at one server are truly ordered. As `noFalseConcurrency`, against plait's happens-before.
 *
 * **Details** ∀ server i, x, y stored at i: ¬(x → y). Observes `wrote` and `applied`; the true past is stored per node
 * and message.
 */
export const siblingsAreConcurrent = <State>(options: SiblingStores<State>): Invariant<NodesView<State>> =>
  Property.invariant<NodesView<State>, AppliedPasts>("siblings are truly concurrent", {
    observer: appliedPasts,
    premise: (view) => stores(view, options).some(({ siblings }) => siblings.length > 1),
    holds: (view, seen) => ordered(view, options, seen).length === 0,
    explain: (view, seen) =>
      ordered(view, options, seen)
        .map(({ earlier, id, later }) => `n${id} keeps ${earlier} beside ${later}, which followed from it.`)
        .join(" ")
  })

const gone = <State>(view: NodesView<State>, options: SiblingStores<State>, { applied, pasts }: AppliedPasts) => {
  const kept = [...new Set(stores(view, options).flatMap(({ siblings }) => siblings))]
  const ever = [...new Set(Object.values(applied).flat())].sort()
  return ever.filter((write) => !kept.some((other) => other === write || pasts[other]?.includes(write)))
}

/**
 * Every write that reached a server is stored at some server, or a write that followed from it is. As `noLostSibling`,
 * against plait's happens-before, and in every state.
 *
 * **Details** ∀ w applied ∃ s stored: s = w ∨ w → s. Observes `wrote` and `applied`.
 */
export const noSiblingDisappears = <State>(options: SiblingStores<State>): Invariant<NodesView<State>> =>
  Property.invariant<NodesView<State>, AppliedPasts>("no sibling is lost", {
    observer: appliedPasts,
    premise: (_view, { applied }) => Object.keys(applied).length > 0,
    holds: (view, seen) => gone(view, options, seen).length === 0,
    explain: (view, seen) =>
      `No server holds ${gone(view, options, seen).join(", ")}, nor a write that followed from it.`
  })

/** Some server keeps a number of siblings. */
export const siblingsReach = <State>(count: number, options: SiblingStores<State>): Reachable<NodesView<State>> =>
  Property.reachable<NodesView<State>>(`a server keeps ${count} siblings`, {
    holds: (view) => stores(view, options).some(({ siblings }) => siblings.length >= count)
  })
