/**
 * Bounded siblings: the versions at a server grow with the truly concurrent writes, not with all writes (sibling
 * explosion); and its clock grows with the servers, not with the clients (actor explosion).
 *
 * Source: Almeida et al., "Scalable and Accurate Causality Tracking for Eventually Consistent Stores" (2014), where
 * both explosions are described.
 *
 * Costs: the true past per node and message and the applied writes per server multiply states; `boundedClock` observes
 * nothing and adds none.
 */
import { type Invariant, type NodeInvariant, type NodesView, Property, type WriteName } from "plait"
import { type AppliedPasts, appliedPasts, type SiblingStores } from "./no-lost-sibling.ts"

/** The writes applied at a node from which no other write applied there followed. */
const frontier = ({ applied, pasts }: AppliedPasts, node: number): ReadonlyArray<WriteName> => {
  const writes = applied[node] ?? []
  return writes.filter((write) => !writes.some((other) => pasts[other]?.includes(write)))
}

const unreplaced = (writes: ReadonlyArray<WriteName>): string => {
  if (writes.length === 0) return "it has applied nothing"
  return `of all it has applied only ${writes.join(", ")} ${writes.length === 1 ? "is" : "are"} not replaced`
}

const overfull = <State>({ nodes }: NodesView<State>, { stored }: SiblingStores<State>, seen: AppliedPasts) =>
  nodes.flatMap(({ id, state }) => {
    const siblings = stored(state) ?? []
    const concurrent = frontier(seen, id)
    return siblings.length > concurrent.length ? [{ id, siblings, concurrent }] : []
  })

/**
 * No server stores more siblings than there are truly concurrent writes among those it has applied.
 *
 * **Details** ∀ server i: |siblings(i)| ≤ |{w ∈ D(i) : ¬∃ w' ∈ D(i): w → w'}|. Premise: a server has applied two
 * writes. Observes `wrote` and `applied`; shares its observer with the properties of no-lost-sibling.ts.
 */
export const boundedSiblings = <State>(options: SiblingStores<State>): Invariant<NodesView<State>> =>
  Property.invariant<NodesView<State>, AppliedPasts>("bounded siblings: no more than there are concurrent writes", {
    observer: appliedPasts,
    premise: (_view, { applied }) => Object.values(applied).some((writes) => writes.length > 1),
    holds: (view, seen) => overfull(view, options, seen).length === 0,
    explain: (view, seen) =>
      overfull(view, options, seen)
        .map(
          ({ concurrent, id, siblings }) =>
            `n${id} keeps ${siblings.length} siblings (${siblings.join(", ")}); ${unreplaced(concurrent)}.`
        )
        .join(" ")
  })

/**
 * No clock at a server has more than `most` entries: one per server for those that are to scale with clients.
 *
 * **Details** `clocks` lists, for each clock at a node, the actors that it has entries for; `undefined` for a node that
 * is not a server.
 */
export const boundedClock = <State>(
  most: number,
  clocks: (state: State) => ReadonlyArray<ReadonlyArray<string>> | undefined
): NodeInvariant<NodesView<State>> => {
  const tooLong = (state: State) => (clocks(state) ?? []).filter((actors) => actors.length > most)
  return Property.onEveryNode<State>("a clock has at most one entry per server", {
    holds: ({ state }) => tooLong(state).length === 0,
    premise: ({ state }) => (clocks(state) ?? []).some((actors) => actors.length > 0),
    explain: ({ nodes }) =>
      nodes
        .flatMap(({ id, state }) => tooLong(state).map((actors) => `n${id} keeps a clock of ${actors.join(", ")}.`))
        .join(" ")
  })
}
