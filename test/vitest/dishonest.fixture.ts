/** Systems whose handler, guard or initial state counts its calls: each of their tests fails and names it. */
import { Effect, Schema } from "effect"
import { Machine, Property, System, Topology, Workload } from "../../src/index.ts"
import { verify } from "../../src/vitest/index.ts"

const Tick = Schema.TaggedStruct("Tick", {})

const counter = () => {
  let calls = 0
  return () => calls++
}

const honest = () => 0

/** A node that ticks twice; each part is told how often it was called before, where it counts. */
const ticking = ({ guard = honest, handler = honest, initial = honest }) =>
  System.make("ticking", {
    machine: Machine.make("clock", { state: Schema.Natural, operations: [Tick], initial }).handlers(
      { Tick: (state) => Effect.sync(() => state + 1 + 10 * handler()) },
      { guards: { Tick: () => guard() % 2 === 0 } }
    ),
    topology: Topology.allToAll(1),
    workload: Workload.script([[Tick.make({}), Tick.make({})]])
  })

for (const part of ["handler", "guard", "initial"]) {
  verify(
    ticking({ [part]: counter() }),
    [Property.invariant(`small, whatever the ${part} does`, { holds: ({ nodes }) => nodes[0]!.state < 5 })],
    { checkDeterminism: true }
  )
}
