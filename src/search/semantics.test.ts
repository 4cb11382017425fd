/**
 * The semantics of systems, on systems small enough to count by hand.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import {
  Choice,
  type ClockModel,
  Clocks,
  Faults,
  LocalClock,
  Machine,
  Network,
  type NodesView,
  Observe,
  System,
  type SystemParts,
  Timer,
  Topology,
  Workload
} from "../model/index.ts"
import { Observer, Property } from "../property/index.ts"
import type { Exploration } from "./Exploration.ts"
import { explore } from "../../test/explore-given.ts"

const Say = Schema.TaggedStruct("Say", { word: Schema.String })
const Said = Schema.TaggedStruct("Said", { word: Schema.String })
const Heard = Schema.Array(Schema.String)

/** Says words to all peers; keeps what it hears, in order. */
const parrot = Machine.make("parrot", {
  state: Heard,
  operations: [Say],
  messages: [Said],
  initial: (): ReadonlyArray<string> => []
}).handlers({
  Say: Effect.fnUntraced(function* (heard, { word }) {
    yield* Network.broadcast(Said.make({ word }))
    return heard
  }),
  Said: (heard, { word }) => Effect.succeed([...heard, word])
})

const words = (...list: ReadonlyArray<string>) => list.map((word) => Say.make({ word }))

const pair = (parts: Partial<SystemParts<ReadonlyArray<string>>>) =>
  System.make("pair", {
    machine: parrot,
    topology: Topology.chain(2),
    workload: Workload.script([words("a", "b")]),
    ...parts
  })

const run = (system: Parameters<typeof explore>[0], properties: ReadonlyArray<Property<never>> = []) =>
  Effect.runPromise(explore(system as never, properties as never, { checkDeterminism: true })) as Promise<Exploration>

const taken = (found: Exploration, name: string) => found.actions.find((action) => action.name === name)?.taken

test("two messages on one link arrive in both orders when unordered, in one when ordered", async () => {
  // Said: none, a, ab. Heard of those said: ordered 1 + 2 + 3 = 6; unordered adds heard b and heard ba: 8.
  expect((await run(pair({ network: Network.ordered() }))).distinct).toBe(6)
  const unordered = await run(pair({}))
  expect([unordered.distinct, unordered.quiescent, unordered.deadlocked]).toEqual([8, 2, 0])
})

test("one message may be lost, or delivered twice, within the budget", async () => {
  const one = { workload: Workload.script([words("a")]) }
  // silent, in flight, heard; lost: one more.
  const lossy = await run(pair({ ...one, network: Network.unordered({ lose: 1 }) }))
  expect([lossy.distinct, taken(lossy, "lose")]).toEqual([4, 1])
  // Budget 1: silent, flying, heard. Budget 0: two flying, one flying and heard, heard twice.
  const doubling = await run(pair({ ...one, network: Network.unordered({ duplicate: 1 }) }))
  expect([doubling.distinct, taken(doubling, "duplicate")]).toEqual([6, 1])
})

test("where one copy may be in flight, an equal message sent beyond it is lost, also when duplicated", async () => {
  // Said: none, a, a a. Heard of those said: 1 + 2 + 3 = 6 with any number of copies. With one: silent; flying; heard;
  // said twice and flying once, having heard none or one; both heard; and the one that is left of two, heard: 7.
  const twice = { workload: Workload.script([words("a", "a")]) }
  expect((await run(pair(twice))).distinct).toBe(6)
  const single = await run(pair({ ...twice, network: Network.unordered({ copies: 1 }) }))
  expect([single.distinct, single.quiescent]).toEqual([7, 2])
  // The duplication is spent, and nothing more flies.
  const one = { workload: Workload.script([words("a")]) }
  const doubled = await run(pair({ ...one, network: Network.ordered({ copies: 1, duplicate: 1 }) }))
  expect([doubled.distinct, taken(doubled, "duplicate")]).toEqual([5, 1])
})

test("what is sent over a cut link is lost, and a link heals unless told otherwise", async () => {
  const one = { workload: Workload.script([words("a")]) }
  // Whole link: silent, flying, heard; the same three cut, plus said into the cut link; healed: the four again.
  const healing = await run(pair({ ...one, network: Network.unordered({ cut: 1 }) }))
  expect([healing.distinct, taken(healing, "heal")]).toEqual([11, 4])
  expect((await run(pair({ ...one, network: Network.unordered({ cut: 1, heal: false }) }))).distinct).toBe(7)
})

test("a crashed node recovers with what is durable", async () => {
  const State = Schema.Struct({ log: Schema.Finite, cache: Schema.Finite })
  const Put = Schema.TaggedStruct("Put", {})
  const store = Machine.make("store", {
    state: State,
    operations: [Put],
    initial: () => ({ log: 0, cache: 0 }),
    durable: ["log"]
  }).handlers(
    { Put: ({ cache, log }) => Effect.succeed({ log: log + 1, cache: cache + 1 }) },
    { recover: (state) => Effect.succeed({ ...state, cache: 7 }) }
  )
  const system = System.make("store", {
    machine: store,
    topology: Topology.allToAll(1),
    faults: Faults.crash({ recoveries: 1 }),
    workload: Workload.script([[Put.make({})]])
  })
  const kept = Property.reachable<NodesView<typeof State.Type>>("recovers with its log and a fresh cache", {
    holds: ({ nodes }) => nodes[0]?.up === true && nodes[0].state.log === 1 && nodes[0].state.cache === 7
  })
  const lost = Property.onEveryNode<typeof State.Type>("the log survives", {
    holds: ({ state, up }) => up || state.cache === 0
  })
  const found = await run(system, [kept, lost] as never)
  expect(found.properties.map(({ verdict }) => verdict._tag)).toEqual(["reached", "holds"])
  // empty, put; down from each; up again from each; put after the early recovery.
  expect(found.distinct).toBe(7)
})

test("what machines do at their start is in the initial state, and noted; a choice makes several", async () => {
  const eager = (choices: number) =>
    Machine.make("eager", { state: Heard, messages: [Said], initial: (): ReadonlyArray<string> => [] }).handlers(
      { Said: (heard, { word }) => Effect.succeed([...heard, word]) },
      {
        start: Effect.fnUntraced(function* (heard) {
          const word = yield* Choice.among(["a", "b", "c"].slice(0, choices))
          yield* Observe.note("started", word)
          yield* Network.broadcast(Said.make({ word }))
          return heard
        })
      }
    )
  const starts = Observer.make("starts", { initial: 0, observe: (count) => count + 1 })
  const both = Property.invariant<NodesView<ReadonlyArray<string>>, number>(
    "both starts are seen from the first state",
    {
      observer: starts,
      holds: (_, count) => count === 2
    }
  )
  // Each of two messages is in flight or heard: 4. With 3 words each: 9 initial states, 36 in all.
  const one = await run(pair({ machine: eager(1), workload: Workload.none }), [both] as never)
  expect([one.initial, one.distinct, one.generated, one.depth]).toEqual([1, 4, 5, 2])
  expect(one.properties.map(({ verdict }) => verdict._tag)).toEqual(["holds"])
  const three = await run(pair({ machine: eager(3), workload: Workload.none }))
  expect([three.initial, three.distinct]).toEqual([9, 36])
  // Node 1 is down: it does not start, and what node 0 sends it is lost.
  const alone = await run(pair({ machine: eager(1), workload: Workload.none, faults: Faults.down([1]) }))
  expect([alone.initial, alone.distinct]).toEqual([1, 1])
})

test("a crash in mid-handler lets every proper subset of the messages leave", async () => {
  const trio = System.make("trio", {
    machine: parrot,
    topology: Topology.allToAll(3),
    faults: Faults.crash({ midHandler: true, nodes: [0] }),
    workload: Workload.script([words("a")])
  })
  // Two messages: 2² − 1 = 3 subsets that are not all.
  expect(taken(await run(trio), "crash in mid-handler")).toBe(3)
})

test("a node that is down from the start neither acts nor receives", async () => {
  const found = await run(pair({ faults: Faults.down([1]) }))
  expect([found.distinct, taken(found, "deliver Said")]).toEqual([3, 0])
})

test("star, chain and ring pass a message on to every node", async () => {
  const relay = Machine.make("relay", {
    state: Heard,
    operations: [Say],
    messages: [Said],
    initial: (): ReadonlyArray<string> => []
  }).handlers({
    Say: Effect.fnUntraced(function* (heard, { word }) {
      for (const neighbour of yield* Network.neighbours) yield* Network.send(neighbour, Said.make({ word }))
      return [...heard, word]
    }),
    Said: Effect.fnUntraced(function* (heard, { word }) {
      if (heard.includes(word)) return heard
      yield* Network.forward(Said.make({ word }))
      return [...heard, word]
    })
  })
  const all = Property.atQuiescence<NodesView<ReadonlyArray<string>>>("everyone heard", {
    holds: ({ nodes }) => nodes.every(({ state }) => state.length === 1)
  })
  for (const topology of [Topology.star(4), Topology.chain(4), Topology.ring(4), Topology.allToAll(4)]) {
    const system = System.make("relay", { machine: relay, topology, workload: Workload.script([[], words("a")]) })
    expect((await run(system, [all] as never)).properties[0]?.verdict._tag).toBe("holds")
  }
})

test("a timer that is set may fire, once, and a run is quiescent only without timers", async () => {
  const Start = Schema.TaggedStruct("Start", {})
  const alarm = Machine.make("alarm", { state: Schema.String, operations: [Start], initial: () => "off" }).handlers(
    { Start: () => Effect.as(Timer.set("ring"), "waiting") },
    { timeouts: { ring: () => Effect.succeed("rung") } }
  )
  const system = System.make("alarm", {
    machine: alarm,
    topology: Topology.allToAll(1),
    workload: Workload.script([[Start.make({})]])
  })
  const found = await run(system)
  expect([found.distinct, found.quiescent, taken(found, "timeout ring")]).toEqual([3, 1, 1])
})

test("every alternative of a choice is tried, in the order given", async () => {
  const Roll = Schema.TaggedStruct("Roll", {})
  const die = Machine.make("die", { state: Schema.Finite, operations: [Roll], initial: () => 0 }).handlers({
    Roll: Effect.fnUntraced(function* () {
      const tens = yield* Choice.among([10, 20])
      return tens + (yield* Choice.among([1, 2, 3]))
    })
  })
  const system = System.make("die", {
    machine: die,
    topology: Topology.allToAll(1),
    workload: Workload.script([[Roll.make({})]])
  })
  const found = await run(system)
  expect([found.distinct, found.generated, found.handlerRuns]).toEqual([7, 7, 12])
})

test("drawn operations come from a budget of the whole system, in any order from each node's list", async () => {
  // Two draws over two nodes that only count: (0,0) (1,0) (0,1) (2,0) (1,1) (0,2).
  const Tick = Schema.TaggedStruct("Tick", {})
  const counter = Machine.make("counter", { state: Schema.Finite, operations: [Tick], initial: () => 0 }).handlers({
    Tick: (count) => Effect.succeed(count + 1)
  })
  const drawn = System.make("drawn", {
    machine: counter,
    topology: Topology.ring(2),
    workload: Workload.drawn(2, [Tick.make({})])
  })
  expect((await run(drawn)).distinct).toBe(6)
  // Two operations in any order at one node: sets of operations done, 2² = 4.
  const any = System.make("any", {
    machine: counter,
    topology: Topology.ring(2),
    workload: Workload.anyOrder([[Tick.make({}), Tick.make({})]])
  })
  expect((await run(any)).distinct).toBe(4)
})

test("a guarded message that never may be delivered leaves the system stuck, not quiescent", async () => {
  const picky = Machine.make("picky", {
    state: Heard,
    operations: [Say],
    messages: [Said],
    initial: (): ReadonlyArray<string> => []
  }).handlers(
    {
      Say: (heard, { word }) => Effect.as(Network.broadcast(Said.make({ word })), heard),
      Said: (heard) => Effect.succeed(heard)
    },
    { guards: { Said: () => false } }
  )
  const found = await run(pair({ machine: picky, workload: Workload.script([words("a")]) }))
  expect([found.distinct, found.quiescent, found.deadlocked]).toEqual([2, 0, 1])
})

test("causal pasts follow the messages: what a node has heard of happened before what it writes", async () => {
  const Write = Schema.TaggedStruct("Write", { name: Schema.String })
  const Note = Schema.TaggedStruct("Note", {})
  const node = Machine.make("writer", {
    state: Schema.Null,
    operations: [Write],
    messages: [Note],
    initial: () => null
  }).handlers({
    Write: Effect.fnUntraced(function* (_state, { name }) {
      yield* Observe.wrote(name)
      yield* Network.broadcast(Note.make({}))
      return null
    }),
    Note: () => Effect.succeed(null)
  })
  const pasts = Observer.make("pasts", {
    initial: {} as { readonly [write: string]: string },
    observe: (known, seen) => (seen.kind === "wrote" ? { ...known, [seen.write]: seen.past.join() } : known),
    causal: true
  })
  const system = System.make("writers", {
    machine: node,
    topology: Topology.chain(3),
    workload: Workload.script([[Write.make({ name: "a" })], [Write.make({ name: "b" })], [Write.make({ name: "c" })]])
  })
  const reach = (name: string, holds: (known: { readonly [write: string]: string }) => boolean) =>
    Property.reachable<NodesView<null>, { readonly [write: string]: string }>(name, {
      observer: pasts,
      holds: (_view, known) => holds(known)
    })
  const found = await run(system, [
    reach("a before b before c", ({ b, c }) => b === "a" && c === "a,b"),
    reach("all concurrent", ({ a, b, c }) => a === "" && b === "" && c === ""),
    reach("c knows a without b, though b's node alone is its neighbour", ({ b, c }) => b === "" && c === "a")
  ] as never)
  expect(found.properties.map(({ verdict }) => verdict._tag)).toEqual(["reached", "reached", "unreached"])
})

test("a clock shows exactly what its bounds allow", async () => {
  const Read = Schema.TaggedStruct("Read", {})
  const reader = Machine.make("reader", {
    state: Schema.Array(Schema.Int),
    operations: [Read],
    initial: (): ReadonlyArray<number> => []
  }).handlers({
    Read: Effect.fnUntraced(function* (seen) {
      return [...seen, yield* LocalClock.now]
    })
  })
  const seen = async (clocks: ClockModel): Promise<number> =>
    (
      await run(
        System.make("reader", {
          machine: reader,
          topology: Topology.allToAll(1),
          clocks,
          workload: Workload.script([[Read.make({}), Read.make({})]])
        })
      )
    ).levels[2] ?? 0
  // Two readings of 0…2. Perfect: pairs that do not fall, 6; never equal: 3.
  expect(await seen(Clocks.perfect({ horizon: 2 }))).toBe(6)
  expect(await seen(Clocks.perfect({ horizon: 2, unique: true }))).toBe(3)
  // Offsets given: the same 6, shifted.
  expect(await seen(Clocks.offset([-5], { horizon: 2 }))).toBe(6)
  // A constant unknown offset 0 or 1: 6 pairs for each offset, kept apart because the offset is known afterwards.
  expect(await seen(Clocks.skewed({ horizon: 2, skew: 1 }))).toBe(12)
  // A varying offset: pairs of 0…3 that do not fall and whose first reading is not later than its time allows: 10.
  expect(await seen(Clocks.drifting({ horizon: 2, skew: 1 }))).toBe(10)
  // One step back: after 0, 1, 2, 3 the second reading may also be one less than the first, where that is not negative.
  expect(await seen(Clocks.drifting({ horizon: 2, skew: 1, stepsBack: 1 }))).toBe(13)
})
