/**
 * A grow-only counter whose nodes gossip: each has a view of every node's count, increments its own, and adopts the
 * greater entries of another's view.
 *
 * Counts grow without end; to have finitely many states, a step may also subtract the least entry of all views from
 * every entry, which leaves the differences, and no node counts beyond a bound.
 *
 * Source: TLA+ Examples, FiniteMonotonic, CRDT.tla and MCCRDT.tla (Helwer, Merz, Kuppe 2023), action by action.
 * Deviation: if no subtraction is possible the composed steps are the plain ones; they are enabled nevertheless.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

/** Variables that properties see: the view of each node, an entry per node. */
export interface CounterView {
  readonly views: ReadonlyArray<ReadonlyArray<number>>
}

type Views = CounterView["views"]

const incremented = (views: Views, node: number): Views =>
  views.map((view, n) => (n === node ? view.map((count, of) => (of === node ? count + 1 : count)) : view))

const gossiped = (views: Views, from: number, to: number): Views =>
  views.map((view, n) => (n === to ? view.map((count, of) => Math.max(count, views[from]?.[of] ?? 0)) : view))

const reduced = (views: Views): Views => {
  const least = Math.min(...views.flat())
  return views.map((view) => view.map((count) => count - least))
}

/** The variables and actions of MCCRDT.tla. */
export const gossipCounter = (nodes: number, bound: number) => {
  const everyone = Array.from({ length: nodes }, (_, node) => node)
  const pairs = everyone.flatMap((from) => everyone.map((to): readonly [number, number] => [from, to]))
  return WholeState.make("gossip-counter", {
    variables: {
      views: WholeState.family(
        nodes,
        Schema.Array(Schema.Natural),
        everyone.map(() => 0)
      )
    },
    actions: ({ views }) => {
      const to = Effect.fnUntraced(function* (change: (views: Views) => Views) {
        const after = change(yield* Effect.forEach(everyone, (node) => views.at(node).get))
        yield* WholeState.when(after.every((view, node) => (view[node] ?? 0) <= bound))
        yield* Effect.forEach(after, (view, node) => views.at(node).set(view), { discard: true })
      })
      return {
        increment: WholeState.each(everyone, (node) => to((before) => incremented(before, node))),
        "increment and reduce": WholeState.each(everyone, (node) => to((before) => reduced(incremented(before, node)))),
        gossip: WholeState.each(pairs, ([from, onto]) => to((before) => gossiped(before, from, onto))),
        "gossip and reduce": WholeState.each(pairs, ([from, onto]) =>
          to((before) => reduced(gossiped(before, from, onto)))
        )
      }
    }
  })
}

/** The counter with its bound. */
export const gossipCounterModel = Model.make({
  name: "gossip-counter",
  about: "A grow-only counter whose nodes increment and gossip for ever, counts reduced so that states come back.",
  source: "TLA+ Examples, FiniteMonotonic, MCCRDT.tla",
  parameters: {
    nodes: Model.integer({ default: 3, least: 2, most: 4, about: "nodes" }),
    bound: Model.integer({ default: 3, least: 1, most: 5, about: "the greatest count of a node's own" })
  },
  system: ({ bound, nodes }) => gossipCounter(nodes, bound)
})
