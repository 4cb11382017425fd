/**
 * Models that misbehave, for the tests of the command line: a handler that does what none may, and searches that the
 * model's own code disturbs.
 */
import { execFileSync } from "node:child_process"
import { Effect, Schema } from "effect"
import { growOnlySetModel } from "../../models/crdt/grow-only-set.ts"
import {
  defineConfig,
  entry,
  Machine,
  Model,
  Network,
  Property,
  Self,
  System,
  Topology,
  Workload
} from "../../src/index.ts"
import type { NodesView } from "../../src/index.ts"

const Go = Schema.TaggedStruct("Go", { word: Schema.String })
const Count = Schema.TaggedStruct("Count", { count: Schema.Natural })

const deeds: { readonly [deed: string]: () => Effect.Effect<number, never, Self> } = {
  throws: () => {
    throw new RangeError("boom")
  },
  dies: () => Effect.die(new RangeError("boom")),
  fails: () => Effect.fail("no") as never,
  "returns a string": () => Effect.succeed("1" as never),
  "returns nothing": () => Effect.succeed(undefined as never),
  "returns no Effect": () => 1 as never,
  "returns a promise": () => Promise.resolve(1) as never,
  "loops in Effect": () => Effect.forever(Effect.void, { disableYield: true }),
  "asks for ever": Effect.fnUntraced(function* () {
    for (;;) yield* Self.id
  }),
  "loops in JavaScript": () => {
    process.stderr.write("here it loops\n")
    for (;;);
  },
  "calls itself": () => deeds["calls itself"]?.() ?? Effect.succeed(1)
}

const hostileModel = Model.make({
  name: "hostile",
  about: "A handler that does what none may.",
  source: "made for a test",
  parameters: { deed: Model.choice({ default: "throws", values: Object.keys(deeds), about: "what the handler does" }) },
  system: ({ deed }) =>
    System.make("hostile", {
      machine: Machine.make("hostile", {
        state: Schema.Finite,
        operations: [Go],
        initial: () => 0
      }).handlers({ Go: () => deeds[deed]?.() ?? Effect.succeed(0) }),
      topology: Topology.ring(2),
      workload: Workload.script([[Go.make({ word: "w" })]])
    })
})

/** Counts: a state that no other node has for each number. */
const counterModel = Model.make({
  name: "counter",
  about: "Two nodes send a number to and fro, one more each time.",
  source: "made for a test",
  parameters: { most: Model.integer({ default: 1_000_000, least: 1, most: 100_000_000, about: "the last number" }) },
  system: ({ most }) =>
    System.make("counter", {
      machine: Machine.make("counter", {
        state: Schema.Natural,
        operations: [Go],
        messages: [Count],
        initial: () => 0
      }).handlers({
        Go: () => Effect.as(Network.broadcast(Count.make({ count: 1 })), 0),
        Count: (_state, { count }) =>
          count === most ? Effect.succeed(count) : Effect.as(Network.broadcast(Count.make({ count: count + 1 })), count)
      }),
      topology: Topology.ring(2),
      workload: Workload.script([[Go.make({ word: "w" })]])
    })
})

const staysAtNought = Property.invariant<NodesView<number>>("every node stays at 0", {
  holds: ({ nodes }) => nodes.every(({ state }) => state === 0)
})

const reaches = (most: number) =>
  Property.reachable<NodesView<number>>("a node counts to the end", {
    holds: ({ nodes }) => nodes.some(({ state }) => state === most)
  })

const nothingIsAdded = (name: string, explain: () => string) =>
  Property.invariant<NodesView<ReadonlySet<number>>>(name, {
    holds: ({ nodes }) => nodes.every(({ state }) => state.size === 0),
    explain
  })

const never = (): never => {
  for (;;);
}

const ctrlC = (): string => {
  execFileSync("kill", ["-INT", String(process.pid)])
  return "It was interrupted while it said this."
}

const talkers = { "explains for ever": never, "interrupts itself": ctrlC } as const

export default defineConfig({
  entries: [
    entry(hostileModel, { properties: () => [staysAtNought], settings: [{ deed: "throws" }] }),
    entry(counterModel, { properties: ({ most }) => [reaches(most)], settings: [{ most: 3 }] }),
    entry(
      { ...growOnlySetModel, name: "endless" },
      { properties: () => [], settings: [{ replicas: 4, operations: 9 }] }
    ),
    ...Object.entries(talkers).map(([name, explain]) =>
      entry(
        { ...growOnlySetModel, name: name.replaceAll(" ", "-") },
        { properties: () => [nothingIsAdded(name, explain)], settings: [{ replicas: 4, operations: 9 }] }
      )
    )
  ]
})
