/**
 * A ring in which one token goes round in the end, for any initial counters of the nodes.
 *
 * Source: TokenRing.tla of the TLA+ Examples (ewd426); Dijkstra, "Self-stabilizing systems in spite of distributed
 * control" (1974). A ring of `nodes` stabilizes with `nodes - 1` values or more; with fewer it may never.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index)

const tokenRing = (nodes: number, values: number) =>
  WholeState.make("token-ring", {
    variables: { counter: WholeState.family(nodes, Schema.Int, ...upTo(values)) },
    actions: ({ counter }) => ({
      createsToken: WholeState.action(
        Effect.gen(function* () {
          const last = yield* counter.at(nodes - 1).get
          yield* WholeState.when((yield* counter.at(0).get) === last)
          yield* counter.at(0).set((last + 1) % values)
        })
      ),
      passesToken: WholeState.each(
        upTo(nodes).slice(1),
        Effect.fnUntraced(function* (node) {
          const before = yield* counter.at(node - 1).get
          yield* WholeState.when((yield* counter.at(node).get) !== before)
          yield* counter.at(node).set(before)
        })
      )
    })
  })

/** A ring that stabilizes. */
export const tokenRingModel = Model.make({
  name: "token-ring",
  about: "A ring in which one token goes round in the end, wherever it starts.",
  source: "Dijkstra 1974; TLA+ Examples, ewd426/TokenRing.tla",
  parameters: {
    nodes: Model.integer({ default: 6, least: 2, most: 7, about: "nodes" }),
    values: Model.integer({ default: 6, least: 2, most: 7, about: "values of a counter" })
  },
  system: ({ nodes, values }) => tokenRing(nodes, values)
})
