/**
 * Termination of nodes that send each other messages, and the condition for its detection: the specification that EWD
 * 998 implements.
 *
 * Source: AsyncTerminationDetection.tla of the TLA+ Examples (ewd998), action by action, with its constraint: no node
 * has more than three messages pending. Left out: liveness, which a constraint does not allow. `overlooks-messages` is
 * a mutant that detects termination if all nodes are passive, even with pending messages.
 */
import { Effect, Schema } from "effect"
import { Choice, Model, WholeState } from "plait"

const termination = (nodes: number, mutant: "none" | "overlooks-messages") => {
  const all = Array.from({ length: nodes }, (_, node) => node)
  return WholeState.make("termination", {
    variables: {
      active: WholeState.family(nodes, Schema.Boolean, false, true),
      pending: WholeState.family(nodes, Schema.Int, 0),
      detected: WholeState.variable(Schema.Boolean, false, true)
    },
    actions: ({ active, detected, pending }) => {
      /** True if no node but the given one is active, and no message is pending. */
      const isQuiet = Effect.fnUntraced(function* (except: number | undefined) {
        for (const node of all) {
          if (node !== except && (yield* active.at(node).get)) return false
          if (mutant === "none" && (yield* pending.at(node).get) > 0) return false
        }
        return true
      })
      return {
        terminates: WholeState.each(
          all,
          Effect.fnUntraced(function* (node) {
            yield* WholeState.when(yield* active.at(node).get)
            yield* active.at(node).set(false)
            const [before, after] = [yield* detected.get, yield* isQuiet(node)]
            if (before !== after) yield* detected.set(yield* Choice.among([before, after]))
          })
        ),
        sends: WholeState.each(
          all.flatMap((from) => all.map((to) => ({ from, to }))),
          Effect.fnUntraced(function* ({ from, to }) {
            yield* WholeState.when(yield* active.at(from).get)
            yield* pending.at(to).set((yield* pending.at(to).get) + 1)
          })
        ),
        receives: WholeState.each(
          all,
          Effect.fnUntraced(function* (node) {
            const waiting = yield* pending.at(node).get
            yield* WholeState.when(waiting > 0)
            yield* active.at(node).set(true)
            yield* pending.at(node).set(waiting - 1)
          })
        ),
        detects: WholeState.action(
          Effect.gen(function* () {
            yield* WholeState.when(yield* isQuiet(undefined))
            yield* detected.set(true)
          })
        )
      }
    },
    initial: ({ active, detected }) => !detected || !active.includes(true),
    constraint: ({ pending }) => pending.every((count) => count <= 3)
  })
}

/** Nodes that terminate. */
export const terminationModel = Model.make({
  name: "termination",
  about: "Nodes that send each other messages, and when their termination may be detected.",
  source: "TLA+ Examples, ewd998/AsyncTerminationDetection.tla",
  parameters: {
    nodes: Model.integer({ default: 4, least: 1, most: 5, about: "nodes" }),
    mutant: Model.mutants({ default: "none", values: ["none", "overlooks-messages"], about: "what is wrong with it" })
  },
  system: ({ mutant, nodes }) => termination(nodes, mutant)
})
