/** Code of properties that throws: each test fails with the line. */
import { Effect, Schema } from "effect"
import { Machine, Observer, Property, System, Topology, WholeState, Workload } from "../../src/index.ts"
import { verify } from "../../src/vitest/index.ts"

const counter = WholeState.make("counter", {
  variables: { x: WholeState.variable(Schema.Finite, 0) },
  actions: ({ x }) => ({ up: WholeState.action(Effect.flatMap(x.get, (count) => x.set((count + 1) % 3))) })
})

verify(counter, [
  Property.invariant<{ readonly x: number }>("readable", {
    holds: () => {
      throw new RangeError("of an invariant")
    }
  })
])

verify(counter, [
  Property.stepInvariant<{ readonly x: number }>("steady", {
    holds: () => {
      throw new RangeError("of a step invariant")
    }
  })
])

verify(counter, [
  Property.invariant<{ readonly x: number }>("conditional", {
    holds: () => true,
    premise: () => {
      throw new RangeError("of a premise")
    }
  })
])

const Add = Schema.TaggedStruct("Add", {})

const adding = System.make("adding", {
  machine: Machine.make("adder", { state: Schema.Finite, operations: [Add], initial: () => 0 }).handlers({
    Add: (sum) => Effect.succeed(sum + 1)
  }),
  topology: Topology.allToAll(1),
  workload: Workload.script([[Add.make({})]])
})

const observer = Observer.make("sums", {
  initial: 0,
  observe: () => {
    throw new RangeError("of an observer")
  }
})

verify(adding, [Property.invariant("observed", { holds: () => true, observer })])
