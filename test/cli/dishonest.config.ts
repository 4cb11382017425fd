/**
 * Models of which one piece of code counts its calls and answers by their number: DISHONEST says which.
 */
import { Effect, Schema } from "effect"
import { defineConfig, entry, Machine, Model, Property, System, Topology, Workload } from "../../src/index.ts"

const code = process.env["DISHONEST"] ?? ""

const calls = new Map<string, number>()

/** How often a piece of code was called before, if it is the dishonest one; always 0 of the others. */
const counted = (name: string): number => {
  if (name !== code) return 0
  const before = calls.get(name) ?? 0
  calls.set(name, before + 1)
  return before
}

const Tick = Schema.TaggedStruct("Tick", {})

const clock = () =>
  Machine.make("clock", {
    state: Schema.Natural,
    operations: [Tick],
    initial: () => counted("initial")
  }).handlers(
    { Tick: (state) => Effect.sync(() => state + 1 + 10 * counted("handler")) },
    { guards: { Tick: () => counted("guard") % 2 === 0 } }
  )

export default defineConfig({
  entries: [
    entry(
      Model.make({
        name: "ticking",
        about: "A node that ticks three times.",
        source: "made for a test",
        parameters: {},
        system: () =>
          System.make("ticking", {
            machine: clock(),
            topology: Topology.allToAll(1),
            workload: Workload.script([[Tick.make({}), Tick.make({}), Tick.make({})]])
          })
      }),
      {
        properties: () => [
          Property.invariant("small", { holds: ({ nodes }) => nodes[0]!.state < 5 && counted("property") !== 2 })
        ],
        settings: [{}]
      }
    )
  ]
})
