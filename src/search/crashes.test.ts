/**
 * Messages to a node that crashes. Node 0 sends node 1 one message, which the network may deliver twice; node 1 remembers
 * on disk how much it added, and in memory alone that it has added.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import {
  Choice,
  Clocks,
  Faults,
  type InFlight,
  LocalClock,
  Machine,
  Network,
  type NodesView,
  System,
  Topology,
  WholeState,
  Workload
} from "../model/index.ts"
import { Property } from "../property/index.ts"
import { explore } from "../../test/explore-given.ts"

const Ask = Schema.TaggedStruct("Ask", {})
const Increase = Schema.TaggedStruct("Increase", {})
const State = Schema.Struct({ sum: Schema.Natural, known: Schema.Boolean })
type State = typeof State.Type
type View = NodesView<State>

const summing = Machine.make("summing", {
  state: State,
  operations: [Ask],
  messages: [Increase],
  initial: (): State => ({ sum: 0, known: false }),
  durable: ["sum"]
}).handlers({
  Ask: (state) => Effect.as(Network.send(1, Increase.make({})), state),
  Increase: (state) => Effect.succeed(state.known ? state : { sum: state.sum + 1, known: true })
})

const once = Property.invariant<View>("nothing is added twice", { holds: ({ nodes }) => nodes[1]!.state.sum <= 1 })
const waits = Property.reachable<View>("a message waits for a node that is down", {
  holds: ({ nodes }) => nodes.some(({ inbox, up }) => !up && inbox.length > 0)
})
const atRest = Property.atQuiescence<View>("a message waits for nobody at quiescence", {
  holds: ({ nodes }) => nodes.every(({ inbox }) => inbox.length === 0)
})

const explored = (
  inFlight: InFlight | undefined,
  { duplicate = 1, order = "unordered" as "unordered" | "ordered", recoveries = 1, down = [] as Array<number> } = {}
) => {
  const faults = Faults.crash({ recoveries, nodes: [1], ...(inFlight === undefined ? {} : { inFlight }) })
  const system = System.make("summing", {
    machine: summing,
    topology: Topology.chain(2),
    network: Network[order]({ duplicate }),
    faults: { ...faults, down },
    workload: Workload.script([[Ask.make({})]])
  })
  return Effect.runPromise(explore(system, [once, waits, atRest]))
}

const verdicts = async (...given: Parameters<typeof explored>) =>
  (await explored(...given)).properties.map(({ verdict }) => verdict._tag)

describe("a crash", () => {
  test.each(["unordered", "ordered"] as const)(
    "leaves the messages in flight: a duplicate arrives after the recovery (%s)",
    async (order) => {
      expect(await verdicts(undefined, { order })).toEqual(["violated", "reached", "violated"])
      expect(await verdicts("kept", { order })).toEqual(["violated", "reached", "violated"])
    }
  )

  test("that breaks the connections leaves none: no duplicate arrives after it", async () => {
    expect(await verdicts("lost")).toEqual(["holds", "unreached", "holds"])
  })

  test("of either kind reaches what both reach", async () => {
    expect(await verdicts("either")).toEqual(["violated", "reached", "violated"])
  })

  test("without a recovery leaves messages in flight for ever, which is quiescent and no deadlock", async () => {
    const kept = await explored("kept", { duplicate: 0, recoveries: 0 })
    expect(kept.properties.map(({ verdict }) => verdict._tag)).toEqual(["holds", "reached", "violated"])
    expect(kept.deadlocked).toBe(0)
    // Up: not asked, sent, received. Down: not asked, asked with the message in flight, and received before.
    expect(kept.distinct).toBe(6)
    // Lost: in place of the message in flight, nothing is.
    expect((await explored("lost", { duplicate: 0, recoveries: 0 })).distinct).toBe(6)
  })
})

test("what is sent to a node that is down from the start is lost", async () => {
  expect(await verdicts("kept", { down: [1] })).toEqual(["holds", "unreached", "holds"])
})

describe("what can go in more ways than any search tries is refused by name:", () => {
  const failure = (system: Parameters<typeof explore>[0]) =>
    Effect.runPromise(Effect.flip(explore(system, []))).then((error) => Reflect.get(error as object, "offence"))
  const Go = Schema.TaggedStruct("Go", {})
  const machineOf = (go: (state: null) => Effect.Effect<null, never, Network | Choice | LocalClock>) =>
    Machine.make("wide", { state: Schema.Null, operations: [Go], messages: [Go], initial: () => null }).handlers({
      Go: go
    })
  const systemOf = (go: Parameters<typeof machineOf>[0], faults = Faults.none) =>
    System.make("wide", {
      machine: machineOf(go),
      topology: Topology.chain(2),
      faults,
      workload: Workload.script([[Go.make({})]])
    })
  const sends = (count: number) =>
    Effect.fnUntraced(function* () {
      for (let left = count; left > 0; left--) yield* Network.send(1, Go.make({}))
      return null
    })
  const chooses = (times: number, alternatives: number) =>
    Effect.fnUntraced(function* () {
      const list = Array.from({ length: alternatives }, (_, index) => index)
      for (let left = times; left > 0; left--) yield* Choice.among(list)
      return null
    })

  test("crashes in the middle of a handler that sends 25 or 40 messages", async () => {
    const faults = Faults.crash({ midHandler: true, nodes: [0] })
    expect(await failure(systemOf(sends(25), faults))).toBe("may crash in too many ways")
    expect(await failure(systemOf(sends(40), faults))).toBe("may crash in too many ways")
  })

  test("a choice among very many alternatives, and choices that multiply to as many", async () => {
    expect(await failure(systemOf(chooses(1, 70_000)))).toBe("can go in too many ways")
    const model = WholeState.make("wide", {
      variables: { on: WholeState.variable(Schema.Boolean, false) },
      actions: () => ({ choose: WholeState.action(chooses(1, 70_000)()) })
    })
    expect(await failure(model)).toBe("can go in too many ways")
  })

  test.each([
    ["shows", Clocks.perfect({ horizon: 2 ** 25 })],
    ["shows after very many more", Clocks.perfect({ horizon: 2 ** 52 })],
    ["guesses its offset among", Clocks.skewed({ horizon: 0, skew: 2 ** 25 })],
    ["drifts among", Clocks.drifting({ horizon: 1, skew: 2 ** 25 })]
  ])("a clock that %s very many values", async (_, clocks) => {
    const reads = Effect.fnUntraced(function* () {
      yield* LocalClock.now
      return null
    })
    expect(await failure({ ...systemOf(reads), clocks })).toBe("can go in too many ways")
    const unread = { ...systemOf(chooses(0, 0)), clocks }
    expect((await Effect.runPromise(explore(unread, []))).distinct).toBe(2)
  })

  test("a storm of messages", async () => {
    expect(await failure(systemOf(sends(5_000)))).toBe("sent too many messages")
  })
})
