import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import {
  Clocks,
  Faults,
  LocalClock,
  Machine,
  Network,
  Observe,
  Self,
  System,
  Topology,
  Workload
} from "../model/index.ts"
import { Observer, Property, type Observation } from "../property/index.ts"
import { explore } from "./Explorer.ts"

const Put = Schema.TaggedStruct("Put", { value: Schema.String })
const Get = Schema.TaggedStruct("Get", {})
const Ask = Schema.TaggedStruct("Ask", { operation: Schema.String })
const Answer = Schema.TaggedStruct("Answer", { operation: Schema.String })

/** A register that keeps its value to itself; a read is answered at once. */
const register = Machine.make("register", {
  state: Schema.NullOr(Schema.String),
  operations: [Put, Get],
  initial: (): string | null => null
}).handlers({
  Put: Effect.fnUntraced(function* (_state, { value }) {
    yield* Observe.wrote(value)
    yield* Observe.acknowledged(value)
    return value
  }),
  Get: Effect.fnUntraced(function* (state) {
    yield* Observe.read(state === null ? [] : [state])
    return state
  })
})

/** A node that answers a read only once its neighbour has answered it. */
const asking = Machine.make("asking", {
  state: Schema.Struct({}),
  operations: [Get],
  messages: [Ask, Answer],
  initial: () => ({})
}).handlers({
  Get: Effect.fnUntraced(function* () {
    yield* Network.broadcast(Ask.make({ operation: yield* Self.operation }))
    return {}
  }),
  Ask: Effect.fnUntraced(function* (_state, { operation }) {
    yield* Network.send(yield* Network.sender, Answer.make({ operation }))
    return {}
  }),
  Answer: Effect.fnUntraced(function* (_state, { operation }) {
    yield* Observe.read([], { operation })
    return {}
  })
})

const get = (at: number | ReadonlyArray<number>) => ({ at, operation: Get.make({}) })
const put = (at: number, value: string) => ({ at, operation: Put.make({ value }) })

const everything = Observer.make("everything", {
  initial: [] as ReadonlyArray<string>,
  observe: (seen, observation: Observation) => [
    ...seen,
    "id" in observation ? `${observation.kind} ${observation.id} at n${observation.node}` : observation.kind
  ]
})

const run = (system: Parameters<typeof explore>[0], properties: Parameters<typeof explore>[1] = []) =>
  Effect.runPromise(explore(system, properties, { checkDeterminism: true }))

describe("a session", () => {
  test("goes from node to node in its own order: k operations of one session are k + 1 states", async () => {
    const found = await run(
      System.make("one session", {
        machine: register,
        topology: Topology.allToAll(2),
        workload: Workload.sessions([[put(0, "a"), get(1), put(1, "b"), get(0)]])
      })
    )
    expect([found.distinct, found.generated, found.depth, found.quiescent, found.deadlocked]).toEqual([5, 5, 4, 1, 0])
  })

  test("is one of several, interleaved: sessions of 2 and 1 reads are (2 + 1) × (1 + 1) states", async () => {
    const workload = Workload.sessions([[get(0), get(0)], [get(1)]])
    const found = await run(System.make("two", { machine: register, topology: Topology.allToAll(2), workload }))
    expect([found.distinct, found.depth, found.quiescent]).toEqual([6, 3, 1])
  })

  test("asks any one of several nodes", async () => {
    const workload = Workload.sessions([[{ at: [0, 1], operation: Put.make({ value: "a" }) }]])
    const found = await run(System.make("any", { machine: register, topology: Topology.allToAll(2), workload }))
    expect([found.distinct, found.generated]).toEqual([3, 3])
  })

  test("waits for the answer to one operation before the next: ask, answer, ask, answer is six steps in one order", async () => {
    const found = await run(
      System.make("waiting", {
        machine: asking,
        topology: Topology.allToAll(2),
        workload: Workload.sessions([[get(0), get(0)]])
      })
    )
    expect([found.distinct, found.generated, found.depth]).toEqual([7, 7, 6])
  })

  test("whose answer was lost waits for ever, and the run is over", async () => {
    const found = await run(
      System.make("lost", {
        machine: asking,
        topology: Topology.allToAll(2),
        network: Network.unordered({ lose: 1 }),
        workload: Workload.sessions([[get(0), get(0)]])
      })
    )
    // No loss; a loss in the first operation, of either of its messages; one in the second.
    expect([found.quiescent, found.deadlocked]).toEqual([3, 0])
  })

  test("cannot ask a node that is down; the run is over when only that is left", async () => {
    const found = await run(
      System.make("down", {
        machine: register,
        topology: Topology.allToAll(2),
        faults: Faults.down([1]),
        workload: Workload.sessions([[get(0), get(1)]])
      })
    )
    expect([found.distinct, found.quiescent, found.deadlocked]).toEqual([2, 1, 0])
  })

  test("names its operations after itself, in what is invoked and in what answers", async () => {
    const monitor = Property.monitor("sees all", {
      observer: everything,
      rejects: (seen) => (seen.length === 5 ? seen.join(", ") : undefined)
    })
    const workload = Workload.sessions([[put(0, "a"), get(1)]])
    const found = await run(System.make("names", { machine: register, topology: Topology.allToAll(2), workload }), [
      monitor
    ])
    const verdict = found.properties[0]?.verdict
    expect(verdict?._tag === "violated" ? verdict.because : verdict).toBe(
      "invoked s0.0 at n0, wrote s0.0 at n0, acknowledged s0.0 at n0, invoked s0.1 at n1, read s0.1 at n1"
    )
  })
})

test("a session takes its causal past along: what it writes at one node follows from what it wrote at another", async () => {
  const pasts = Observer.make("pasts", {
    initial: {} as { readonly [write: string]: ReadonlyArray<string | number> },
    observe: (before, seen: Observation) => (seen.kind === "wrote" ? { ...before, [seen.write]: seen.past } : before),
    causal: true
  })
  const property = Property.reachable<unknown, { readonly [write: string]: ReadonlyArray<string | number> }>(
    "b follows",
    {
      observer: pasts,
      holds: (_view, seen) => seen["b"]?.join() === "a"
    }
  )
  const system = (sessions: ReturnType<typeof Workload.sessions>) =>
    System.make("pasts", { machine: register, topology: Topology.allToAll(2), workload: sessions })
  const together = await run(system(Workload.sessions([[put(0, "a"), put(1, "b")]])), [property])
  const apart = await run(system(Workload.sessions([[put(0, "a")], [put(1, "b")]])), [property])
  expect([together, apart].map(({ properties }) => properties[0]?.verdict._tag)).toEqual(["reached", "unreached"])
})

test("a session's next operation comes no earlier in real time: a perfect clock elsewhere never shows less", async () => {
  const Read = Schema.TaggedStruct("Read", {})
  const timed = Machine.make("timed", {
    state: Schema.Int,
    operations: [Read],
    initial: () => -1
  }).handlers({
    Read: Effect.fnUntraced(function* () {
      const now = yield* LocalClock.now
      yield* Observe.read([now])
      return now
    })
  })
  const read = (at: number) => ({ at, operation: Read.make({}) })
  const backwards = Property.reachable<{ readonly nodes: ReadonlyArray<{ readonly state: number }> }>("backwards", {
    holds: ({ nodes }) => (nodes[1]?.state ?? -1) !== -1 && (nodes[1]?.state ?? 0) < (nodes[0]?.state ?? 0)
  })
  const system = (sessions: ReturnType<typeof Workload.sessions>) =>
    System.make("timed", {
      machine: timed,
      topology: Topology.allToAll(2),
      clocks: Clocks.perfect({ horizon: 2 }),
      workload: sessions
    })
  const together = await run(system(Workload.sessions([[read(0), read(1)]])) as never, [backwards] as never)
  const apart = await run(system(Workload.sessions([[read(0)], [read(1)]])) as never, [backwards] as never)
  expect([together, apart].map(({ properties }) => properties[0]?.verdict._tag)).toEqual(["unreached", "reached"])
})

test("a session that asks a node that does not exist is refused by name", async () => {
  const system = System.make("bad", {
    machine: register,
    topology: Topology.allToAll(2),
    workload: Workload.sessions([[get(2)]])
  })
  const failure = await Effect.runPromise(Effect.flip(explore(system, [])))
  expect(failure.message).toMatch(/a session asks node 2, but there are 2 nodes/)
})
