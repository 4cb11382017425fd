/**
 * A log that nodes execute at their own pace; a node that has executed all of it may append. Entries that all have
 * executed are cut off, so that a log that grows for ever has finitely many states: a finite model of a monotonic
 * system.
 *
 * Source: ReplicatedLog.tla and MCReplicatedLog.tla of the TLA+ Examples (FiniteMonotonic), action by action, with its
 * constraint; TLC composes an action with the reduction (`\cdot`), here that is an action of its own. TLC counts the
 * state between the two as generated, and the state after (`incrementStatesGenerated` at OPCODE_cdot in
 * `tlc2.tool.impl.Tool`), so that its 17,425 generated states are 11,617 here and 5,808, one more for each composed
 * step: the reduction is enabled everywhere and has one result. Left out: liveness, which a constraint does not allow.
 * `appends-behind` is a mutant that appends without having executed all.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const replicatedLog = (nodes: number, mutant: "none" | "appends-behind") => {
  const all = Array.from({ length: nodes }, (_, node) => node)
  return WholeState.make("replicated-log", {
    variables: {
      log: WholeState.variable(Schema.Array(Schema.Literals(["x", "y"])), []),
      executed: WholeState.family(nodes, Schema.Int, 0)
    },
    actions: ({ executed, log }) => {
      const everyone = Effect.forEach(all, (node) => executed.at(node).get)
      const settle = Effect.fnUntraced(function* (
        entries: ReadonlyArray<"x" | "y">,
        counts: ReadonlyArray<number>,
        reduces: boolean
      ) {
        const done = reduces ? Math.min(...counts) : 0
        yield* log.set(entries.slice(done))
        for (const node of all) yield* executed.at(node).set((counts[node] ?? 0) - done)
      })
      const writes = (reduces: boolean) =>
        WholeState.each(
          all.flatMap((node) => (["x", "y"] as const).map((entry) => ({ node, entry }))),
          Effect.fnUntraced(function* ({ entry, node }) {
            const [entries, counts] = [yield* log.get, yield* everyone]
            yield* WholeState.when(counts[node] === entries.length || mutant === "appends-behind")
            yield* settle([...entries, entry], counts.with(node, entries.length + 1), reduces)
          })
        )
      const executes = (reduces: boolean) =>
        WholeState.each(
          all,
          Effect.fnUntraced(function* (node) {
            const [entries, counts] = [yield* log.get, yield* everyone]
            yield* WholeState.when((counts[node] ?? 0) < entries.length)
            yield* settle(entries, counts.with(node, (counts[node] ?? 0) + 1), reduces)
          })
        )
      return {
        writes: writes(false),
        writesAndCuts: writes(true),
        executes: executes(false),
        executesAndCuts: executes(true)
      }
    },
    constraint: ({ executed, log }) => log.length < 5 && executed.every((count) => log.length - count < 5)
  })
}

/** A log that nodes append to and execute. */
export const replicatedLogModel = Model.make({
  name: "replicated-log",
  about: "A log that nodes execute at their own pace, cut where all have executed it.",
  source: "TLA+ Examples, FiniteMonotonic/ReplicatedLog.tla",
  parameters: {
    nodes: Model.integer({ default: 3, least: 1, most: 4, about: "nodes" }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "appends-behind"],
      about: "what is wrong with it"
    })
  },
  system: ({ mutant, nodes }) => replicatedLog(nodes, mutant)
})
