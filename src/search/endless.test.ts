/**
 * Code of a model that never returns, in each place where a model has code: it is ended, and named.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { Machine, type NodesView, Observe, System, Topology, WholeState, Workload } from "../model/index.ts"
import { Observer, Property } from "../property/index.ts"
import type { ModelRefused } from "../engine/index.ts"
import { explore } from "./Explorer.ts"
import { Patience } from "./run-model-code.ts"
import { simulate } from "./random/RandomWalks.ts"

/** A loop that lets nothing out that is thrown at it. */
const loop = (): never => {
  for (;;) {
    try {
      for (;;);
    } catch {
      loop()
    }
  }
}

const Go = Schema.TaggedStruct("Go", { word: Schema.String })

/** A node that counts, and loops in the given place. */
const counter = (endless: string): System<NodesView<number>> =>
  System.make("endless", {
    machine: Machine.make("counter", {
      state: Schema.Finite,
      operations: [Go],
      initial: () => (endless === "initial" ? loop() : 0)
    }).handlers(
      {
        Go: (state) => (endless === "handler" ? loop() : Effect.as(Observe.wrote("x"), state + 1))
      },
      { guards: { Go: () => (endless === "guard" ? loop() : true) } }
    ),
    topology: Topology.ring(2),
    workload: Workload.script([[Go.make({ word: "w" })]])
  })

const observer = (endless: string) =>
  Observer.make("what was seen", {
    initial: 0,
    observe: (count: number) => (endless === "observer" ? loop() : count + 1)
  })

const properties = (endless: string): ReadonlyArray<Property<NodesView<number>>> => [
  Property.monitor("something is seen", {
    observer: observer(endless),
    rejects: () => undefined,
    premise: () => (endless === "premise" ? loop() : true)
  }),
  Property.invariant<NodesView<number>>("counts are small", {
    holds: ({ nodes }) => (endless === "invariant" && nodes[0]?.state === 1 ? loop() : true)
  }),
  Property.eventually<NodesView<number>>("it is counted", { holds: () => (endless === "eventually" ? loop() : true) })
]

const go = '{"_tag":"Go","word":"w"}'

const places: ReadonlyArray<readonly [endless: string, where: string, input: string]> = [
  ["initial", "machine counter, initial state of n0", ""],
  ["guard", "machine counter, guard Go", `${go} in state 0`],
  ["handler", "machine counter, handler Go", `${go} in state 0`],
  ["observer", 'observer "what was seen"', `{"id":"n0.0","kind":"invoked","node":0,"operation":${go},"past":[]}`],
  ["premise", 'property "something is seen", premise', ""],
  ["invariant", 'property "counts are small"', ""],
  ["eventually", 'property "it is counted"', ""]
]

/**
 * Far longer than what does return takes here, and an endless loop takes all of it. A machine may stand still for as long,
 * and end something else: such a test is run again.
 */
const patience = Effect.provideService(Patience, { sliceMillis: 1000, partMillis: 1000 })

const refusal = async (run: Effect.Effect<unknown, ModelRefused>) => {
  const { detail, input, offence, where } = await Effect.runPromise(patience(Effect.flip(run)))
  return { detail, input, offence, where }
}

const ended = (where: string, input: string) => ({
  detail: "It was ended after 1 s.",
  input,
  offence: "did not return",
  where
})

test.each(places)("an endless %s is ended and named", { retry: 2 }, async (endless, where, input) => {
  expect(await refusal(explore(counter(endless), properties(endless)))).toEqual(ended(where, input))
})

test("an endless action of a whole-state model is ended and named", { retry: 2 }, async () => {
  const model = WholeState.make("endless", {
    variables: { on: WholeState.variable(Schema.Boolean, false) },
    actions: ({ on }) => ({ flip: WholeState.action(Effect.flatMap(on.get, loop)) })
  })
  expect(await refusal(explore(model as System<unknown>, []))).toEqual(ended("action flip", '{"on":false}'))
})

test("a random walk into an endless handler is ended and named", { retry: 2 }, async () => {
  const walks = simulate(counter("handler"), properties("handler"), { walks: 5, seed: 1 })
  expect(await refusal(walks)).toEqual(ended("machine counter, handler Go", `${go} in state 0`))
})

test("what is explored after an endless one is explored as what was before it", { retry: 2 }, async () => {
  const explored = () => Effect.runPromise(explore(counter("nowhere"), properties("nowhere")))
  const { digest, distinct } = await explored()
  await refusal(explore(counter("handler"), []))
  const again = await explored()
  expect([distinct, again.distinct, again.digest]).toEqual([2, 2, digest])
})
