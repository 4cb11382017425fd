/**
 * What a store that keeps concurrent versions side by side owes its clients: it keeps no more than the truly concurrent
 * ones, and loses none of them. For models that know the true past of each write themselves.
 *
 * Source: Dvv.tla, NoFalseConc and NoLost.
 */
import { type Invariant, Property, type Reachable } from "../src/property/index.ts"

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
