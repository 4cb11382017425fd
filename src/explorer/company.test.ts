/**
 * What a property is shown does not depend on the properties beside it.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { Machine, Network, type NodesView, Observe, System, Topology, Workload } from "../model/index.ts"
import { Observer, Property } from "../property/index.ts"
import { explore } from "./Explorer.ts"

const Write = Schema.TaggedStruct("Write", {})
const Copy = Schema.TaggedStruct("Copy", {})

const copying = Machine.make("copying", {
  state: Schema.Struct({ copied: Schema.Boolean }),
  operations: [Write],
  messages: [Copy],
  initial: () => ({ copied: false })
}).handlers({
  Write: Effect.fnUntraced(function* () {
    yield* Observe.wrote("w")
    yield* Network.broadcast(Copy.make({}))
    return { copied: true }
  }),
  Copy: Effect.fnUntraced(function* () {
    yield* Observe.applied("w")
    return { copied: true }
  })
})

type View = NodesView<{ readonly copied: boolean }>

const system = System.make("copying", {
  machine: copying,
  topology: Topology.allToAll(2),
  workload: Workload.script([[Write.make({})]])
})

const most = (name: string, causal: boolean) =>
  Property.reachable<View, number>(`${name} sees a past`, {
    observer: Observer.make(name, {
      initial: 0,
      observe: (known: number, { past }) => Math.max(known, past.length),
      causal
    }),
    holds: (_view, known) => known > 0
  })

const without = most("an observer without pasts", false)
const withPasts = most("an observer with pasts", true)
const acrossSteps = Property.stepInvariant<View>("no step shows a past", {
  holds: (_before, _after, { observations }) => observations.every(({ past }) => past.length === 0)
})

const verdicts = async (...properties: ReadonlyArray<Property<View>>) => {
  const found = await Effect.runPromise(explore(system, properties, { checkDeterminism: true }))
  return found.properties.slice(0, properties.length).map(({ verdict }) => verdict._tag)
}

test("causal pasts are shown to the observers that declare that they need them, and to nothing beside them", async () => {
  expect([await verdicts(without), await verdicts(acrossSteps), await verdicts(withPasts)]).toEqual([
    ["unreached"],
    ["holds"],
    ["reached"]
  ])
  expect(await verdicts(without, withPasts, acrossSteps)).toEqual(["unreached", "reached", "holds"])
})
