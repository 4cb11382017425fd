/**
 * Systems with clocks in which the order of steps at different nodes is one of real time.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import {
  Clocks,
  Faults,
  LocalClock,
  Machine,
  Network,
  type NodesView,
  Observe,
  System,
  type SystemParts,
  Topology,
  Workload
} from "../model/index.ts"
import { Observer, Property } from "../property/index.ts"
import { explore } from "./Explorer.ts"

const Read = Schema.TaggedStruct("Read", {})
const Told = Schema.TaggedStruct("Told", {})

/** Reads its clock and tells everyone; remembers what it read last. */
const reader = Machine.make("reader", {
  state: Schema.Struct({ read: Schema.Int, told: Schema.Natural }),
  operations: [Read],
  messages: [Told],
  initial: () => ({ read: -1, told: 0 })
}).handlers({
  Read: Effect.fnUntraced(function* (state) {
    const read = yield* LocalClock.now
    yield* Network.broadcast(Told.make({}))
    yield* Observe.read([read])
    return { ...state, read }
  }),
  Told: (state) => Effect.succeed({ ...state, told: state.told + 1 })
})

type View = NodesView<{ readonly read: number; readonly told: number }>

const verdict = async (parts: Partial<SystemParts<View["nodes"][number]["state"]>>, property: Property<View>) => {
  const system = System.make("readers", {
    machine: reader,
    topology: Topology.allToAll(2),
    clocks: Clocks.perfect({ horizon: 2 }),
    workload: Workload.script([[Read.make({})], [Read.make({})]]),
    ...parts
  })
  const found = await Effect.runPromise(explore(system, [property], { checkDeterminism: true }))
  return found.properties[0]?.verdict._tag
}

/** The nodes that read their clock, in the order of steps. */
const readers = Observer.make("readers in order", {
  initial: [] as ReadonlyArray<number>,
  observe: (order: ReadonlyArray<number>, { kind, node }) => (kind === "read" ? [...order, node] : order)
})

/** n0 read and sent at 2 and n1 never heard of it; after that n1 read 0. */
const readsEarlier = (heard: number) =>
  Property.reachable<View, ReadonlyArray<number>>("n1 misses what was sent at 2, and reads 0 after that", {
    observer: readers,
    holds: ({ nodes: [first, second] }, order) =>
      order.join() === "0,1" &&
      [first?.state.read, second?.state.read].join() === "2,0" &&
      [first?.state.told, second?.state.told, second?.inbox.length].join() === `${heard},0,0`
  })

test("a node that missed a message and then recovered does not read a time before the sending", async () => {
  // n1 must be down when n0 sends at 2, so it recovers, and reads, after that.
  const faults = Faults.crash({ nodes: [1], recoveries: 1 })
  expect(await verdict({ faults }, readsEarlier(0))).toBe("unreached")
})

test("what one node lost over a cut link came before what another sends over it once it is healed", async () => {
  // n0 sends at 2 into the cut; what n1 sends reaches n0, so the link has been healed in between.
  expect(await verdict({ network: Network.unordered({ cut: 1 }) }, readsEarlier(1))).toBe("unreached")
})

test("an observer that asks for it is shown the steps of different nodes in the order of time", async () => {
  const backwards = (timed: boolean) => {
    const observer = Observer.make("times in the order of steps", {
      initial: [] as ReadonlyArray<number>,
      observe: (times: ReadonlyArray<number>, seen) =>
        seen.kind === "read" ? [...times, Number(seen.writes[0])] : times,
      timed
    })
    return Property.reachable<View, ReadonlyArray<number>>("a later step shows an earlier time", {
      observer,
      holds: (_view, [first = 0, second = first]) => second < first
    })
  }
  const parts = { clocks: Clocks.perfect({ horizon: 2, latency: 0 }), topology: Topology.graph(2, []) }
  expect([await verdict(parts, backwards(false)), await verdict(parts, backwards(true))]).toEqual([
    "reached",
    "unreached"
  ])
})
