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
  const faults = Faults.crash({ nodes: [1], recoveries: 1, inFlight: "lost" })
  expect(await verdict({ faults }, readsEarlier(0))).toBe("unreached")
})

test("what one node lost over a cut link came before what another sends over it once it is healed", async () => {
  // n0 sends at 2 into the cut; what n1 sends reaches n0, so the link has been healed in between.
  expect(await verdict({ network: Network.unordered({ cut: 1 }) }, readsEarlier(1))).toBe("unreached")
})

/** The times read, in the order of steps; it says of itself that it does not look at the order. */
const backwards = (timed: boolean) => {
  const observer = Observer.make("times in the order of steps", {
    initial: [] as ReadonlyArray<number>,
    observe: (times: ReadonlyArray<number>, seen) =>
      seen.kind === "read" ? [...times, Number(seen.writes[0])] : times,
    timed
  })
  return Property.reachable<View, ReadonlyArray<number>>(`a later step shows an earlier time (${timed})`, {
    observer,
    holds: (_view, [first = 0, second = first]) => second < first
  })
}

/** Two nodes that never hear of each other. */
const apart = { clocks: Clocks.perfect({ horizon: 2, latency: 0 }), topology: Topology.graph(2, []) }

test("an observer is shown the steps of different nodes in the order of time, whatever it says of itself", async () => {
  expect([await verdict(apart, backwards(false)), await verdict(apart, backwards(true))]).toEqual([
    "unreached",
    "unreached"
  ])
})

const reads = ({ nodes }: View): ReadonlyArray<number> => nodes.map(({ state }) => state.read)

test("a step shows no earlier time than a step before it did", async () => {
  const forward = Property.stepInvariant<View>("the latest time read does not come before an earlier one", {
    holds: (before, after) =>
      reads(after).every((read, id) => read === reads(before)[id] || read >= Math.max(...reads(before)))
  })
  expect(await verdict(apart, forward)).toBe("holds")
})

test("what is read in the end, in a run, is not earlier than what was read before the run came there", async () => {
  const never = Property.eventually<View>("where n1 has read 2 first, n0 does not read 0 for good", {
    from: (view) => reads(view).join() === "-1,2",
    holds: (view) => reads(view)[0] !== 0,
    stable: true
  })
  expect(await verdict(apart, never)).toBe("holds")
})

/** n0 says the same twice. */
const twice = (latency: number, order: "ordered" | "unordered") => ({
  clocks: Clocks.perfect({ horizon: 2, latency }),
  topology: Topology.graph(2, [[0, 1]]),
  network: Network[order]({ copies: 1 }),
  workload: Workload.script([[Read.make({}), Read.make({})]])
})

const bothWithin = (moment: number) =>
  Property.reachable<View>("n1 was told twice of what n0 said by a moment", {
    holds: ({ nodes: [first, second] }) =>
      first?.state.read === moment && (second?.state.told ?? 0) + (second?.inbox.length ?? 0) === 2
  })

test.each(["ordered", "unordered"] as const)(
  "a message that is %s finds its equal in flight for as long as that takes to arrive",
  async (order) => {
    // Sent at 0 and 1 at the latest, while a message is under way until 2; or until 1, when the second one is sent.
    expect(await verdict(twice(2, order), bothWithin(1))).toBe("unreached")
    expect(await verdict(twice(1, order), bothWithin(1))).toBe("reached")
    expect(await verdict(twice(1, order), bothWithin(0))).toBe("unreached")
  }
)

test("a repeated message stands before those that were sent after its first arrival", async () => {
  // n0 reads 0 and 2; n1 reads when it is told.
  const told = Machine.make("told", {
    state: Schema.Struct({ read: Schema.Array(Schema.Int) }),
    operations: [Read],
    messages: [Schema.TaggedStruct("Said", { at: Schema.Int })],
    initial: () => ({ read: [] as ReadonlyArray<number> })
  }).handlers({
    Read: Effect.fnUntraced(function* ({ read }) {
      const at = yield* LocalClock.now
      yield* Network.broadcast({ _tag: "Said", at } as { readonly _tag: "Said" })
      return { read: [...read, at] }
    }),
    Said: Effect.fnUntraced(function* ({ read }) {
      return { read: [...read, yield* LocalClock.now] }
    })
  })
  type Told = NodesView<{ readonly read: ReadonlyArray<number> }>
  const system = System.make("repeating", {
    machine: told,
    topology: Topology.graph(2, [[0, 1]]),
    network: Network.ordered({ duplicate: 1 }),
    clocks: Clocks.perfect({ horizon: 2, latency: 0 }),
    workload: Workload.script([[Read.make({}), Read.make({})]])
  })
  const overtaken = Property.reachable<Told>("n1 had the first at 1, and its repetition waits behind the second of 2", {
    holds: ({ nodes: [first, second] }) =>
      first?.state.read.join() === "0,2" &&
      second?.state.read.join() === "1" &&
      second.inbox.map(({ message }) => (message as { readonly at?: number }).at).join() === "2,0"
  })
  const found = await Effect.runPromise(explore(system, [overtaken]))
  expect(found.properties[0]?.verdict._tag).toBe("unreached")
})

test("nodes start at any moment, and no step is taken before they have", async () => {
  const starting = { ...reader, start: reader.handlers.get("Read")!.bind(undefined) as typeof reader.start }
  const parts = { ...apart, machine: starting }
  const started = (first: number, second: number) =>
    Property.reachable<View>(`n0 shows ${first}, n1 ${second}`, {
      holds: (view) => reads(view).join() === `${first},${second}`
    })
  const workload = Workload.script([[], [Read.make({})]])
  expect(await verdict({ ...parts, workload: Workload.none }, started(1, 0))).toBe("reached")
  const counted = Property.stepInvariant<View>("no step shows an earlier time than a start", {
    holds: (before, after) => (reads(after)[1] ?? 0) >= (reads(before)[0] ?? 0)
  })
  expect(await verdict({ ...parts, workload }, counted)).toBe("holds")
  expect(await verdict({ ...parts, workload: Workload.none }, backwards(false))).toBe("unreached")
})

test("a message kept over a crash arrives no earlier than it was sent, and its time is known then", async () => {
  // n1 recovers and reads whenever it is told; it crashes at most once.
  const listener = Machine.make("listener", {
    state: Schema.Struct({ read: Schema.Int, told: Schema.Natural }),
    operations: [Read],
    messages: [Told],
    initial: () => ({ read: -1, told: 0 })
  }).handlers(
    {
      Read: Effect.fnUntraced(function* (state) {
        const read = yield* LocalClock.now
        yield* Network.broadcast(Told.make({}))
        return { ...state, read }
      }),
      Told: Effect.fnUntraced(function* (state) {
        return { read: yield* LocalClock.now, told: state.told + 1 }
      })
    },
    {
      recover: Effect.fnUntraced(function* (state) {
        return { ...state, read: yield* LocalClock.now }
      })
    }
  )
  const parts = (inFlight: "kept" | "either") => ({
    machine: listener,
    topology: Topology.graph(2, [[0, 1]]),
    clocks: Clocks.perfect({ horizon: 3, latency: 1 }),
    faults: Faults.crash({ nodes: [1], recoveries: 1, inFlight }),
    workload: Workload.script([[Read.make({})]])
  })
  const shown = (read: number, told: number, waiting: number) =>
    Property.reachable<View>(`n0 read 1; n1 shows ${read}, was told ${told} times, ${waiting} wait`, {
      holds: ({ nodes: [first, second] }) =>
        first?.state.read === 1 &&
        second?.up === true &&
        [second.state.read, second.state.told, second.inbox.length].join() === `${read},${told},${waiting}`
    })
  for (const inFlight of ["kept", "either"] as const) {
    // Sent at 1: it waits while n1 is down, and arrives at 2 at the earliest, also where n1 recovered before that.
    expect(await verdict(parts(inFlight), shown(1, 0, 1))).toBe("reached")
    expect(await verdict(parts(inFlight), shown(1, 1, 0))).toBe("unreached")
    expect(await verdict(parts(inFlight), shown(2, 1, 0))).toBe("reached")
    expect(await verdict(parts(inFlight), shown(3, 1, 0))).toBe("reached")
    expect(await verdict(parts(inFlight), shown(0, 1, 0))).toBe("unreached")
    const forward = Property.stepInvariant<View>("no step shows an earlier time than a step before it did", {
      holds: (before, after) =>
        reads(after).every((read, id) => read === reads(before)[id] || read >= Math.max(...reads(before)))
    })
    expect(await verdict(parts(inFlight), forward)).toBe("holds")
  }
})
