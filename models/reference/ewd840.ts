/**
 * Termination detection on a ring: a token goes round from node n − 1 down to 0 to detect that all nodes are passive,
 * while active nodes may still wake others, also higher ones that the token has passed.
 *
 * Source: Dijkstra, Feijen and van Gasteren, "Derivation of a Termination Detection Algorithm for Distributed
 * Computations" (EWD 840, 1983), and EWD840.tla of the TLA+ Examples, action by action: all colours and activities are
 * initial, the token starts black anywhere.
 *
 * `stays-white` is a mutant whose nodes do not turn black when they wake a higher one, `launders` one whose black nodes
 * do not stain the token. Left out: liveness.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const Colour = Schema.Literals(["white", "black"])

const ewd840 = (n: number, mutant: "none" | "stays-white" | "launders") => {
  const nodes = Array.from({ length: n }, (_, index) => index)
  return WholeState.make("ewd840", {
    variables: {
      active: WholeState.family(n, Schema.Boolean, false, true),
      colour: WholeState.family(n, Colour, "white", "black"),
      tokenAt: WholeState.variable(Schema.Natural, ...nodes),
      tokenColour: WholeState.variable(Colour, "black")
    },
    actions: ({ active, colour, tokenAt, tokenColour }) => ({
      initiatesProbe: WholeState.action(
        Effect.gen(function* () {
          yield* WholeState.when((yield* tokenAt.get) === 0)
          yield* WholeState.when((yield* tokenColour.get) === "black" || (yield* colour.at(0).get) === "black")
          yield* tokenAt.set(n - 1)
          yield* tokenColour.set("white")
          yield* colour.at(0).set("white")
        })
      ),
      passesToken: WholeState.each(
        nodes.slice(1),
        Effect.fnUntraced(function* (node) {
          yield* WholeState.when((yield* tokenAt.get) === node)
          const black = (yield* colour.at(node).get) === "black"
          const inconclusive = black || (yield* tokenColour.get) === "black"
          yield* WholeState.when(inconclusive || !(yield* active.at(node).get))
          yield* tokenAt.set(node - 1)
          if (black && mutant !== "launders") yield* tokenColour.set("black")
          yield* colour.at(node).set("white")
        })
      ),
      wakes: WholeState.each(
        nodes.flatMap((waker) => nodes.filter((other) => other !== waker).map((woken) => ({ waker, woken }))),
        Effect.fnUntraced(function* ({ waker, woken }) {
          yield* WholeState.when(yield* active.at(waker).get)
          yield* active.at(woken).set(true)
          if (woken > waker && mutant !== "stays-white") yield* colour.at(waker).set("black")
        })
      ),
      becomesPassive: WholeState.each(
        nodes,
        Effect.fnUntraced(function* (node) {
          yield* WholeState.when(yield* active.at(node).get)
          yield* active.at(node).set(false)
        })
      )
    })
  })
}

/** A ring with a token that detects that all nodes are passive. */
export const ewd840Model = Model.make({
  name: "ewd840",
  about: "Termination detection on a ring: a token looks for nodes that are still active.",
  source: "Dijkstra, Feijen and van Gasteren 1983 (EWD 840); TLA+ Examples, EWD840.tla",
  parameters: {
    n: Model.integer({ default: 3, least: 2, most: 8, about: "nodes" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "stays-white", "launders"],
      about: "what is wrong with it"
    })
  },
  system: ({ mutant, n }) => ewd840(n, mutant)
})
