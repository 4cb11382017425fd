/**
 * Clocks that are read as a choice agree with clocks that tick: a two-node last-write-wins register reaches the same
 * joint states either way, for every kind of clock.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { explore } from "../../search/Explorer.ts"
import {
  Choice,
  type ClockModel,
  Clocks,
  LocalClock,
  Machine,
  Network,
  type NodesView,
  Self,
  System,
  Topology,
  WholeState,
  Workload
} from "../../model/index.ts"
import { Property } from "../../property/index.ts"

const Node = Schema.Struct({ timestamp: Schema.Int, writer: Schema.Int, writes: Schema.Int })
type Node = typeof Node.Type
const TrackedEnvelope = Schema.Struct({
  to: Schema.Int,
  timestamp: Schema.Int,
  writer: Schema.Int,
  earliest: Schema.Int
})

const NOTHING = -100
const start: Node = { timestamp: NOTHING, writer: -1, writes: 0 }
const keep = (node: Node, timestamp: number, writer: number): Node =>
  timestamp > node.timestamp || (timestamp === node.timestamp && writer > node.writer)
    ? { ...node, timestamp, writer }
    : node

const Write = Schema.TaggedStruct("Write", {})
const Sync = Schema.TaggedStruct("Sync", { timestamp: Schema.Int, writer: Schema.Int })

const machine = Machine.make("register", {
  state: Node,
  operations: [Write],
  messages: [Sync],
  initial: () => start
}).handlers({
  Write: Effect.fnUntraced(function* (node) {
    const timestamp = yield* LocalClock.now
    const writer = yield* Self.id
    yield* Network.broadcast(Sync.make({ timestamp, writer }))
    return { ...keep(node, timestamp, writer), writes: node.writes + 1 }
  }),
  Sync: (node, { timestamp, writer }) => Effect.succeed(keep(node, timestamp, writer))
})

/** The joint states of the system whose clock readings are choices. */
const chosen = async (clocks: ClockModel): Promise<ReadonlySet<string>> => {
  const seen = new Set<string>()
  const record = Property.invariant<NodesView<Node>>("seen", {
    holds: ({ nodes }) => seen.add(JSON.stringify(nodes.map(({ state }) => state))).size > 0
  })
  const workload = Workload.script([[Write.make({})], [Write.make({}), Write.make({})]])
  await Effect.runPromise(
    explore(System.make("chosen", { machine, topology: Topology.chain(2), clocks, workload }), [record])
  )
  return seen
}

const range = (least: number, most: number): ReadonlyArray<number> =>
  Array.from({ length: most - least + 1 }, (_, index) => least + index)

/** The joint states of the same system with real time, ticks, and for each node an offset and what it showed last. */
const ticked = async ({ horizon, latency, offsets, stepsBack, unique }: ClockModel): Promise<ReadonlySet<string>> => {
  const given = (node: number): ReadonlyArray<number> =>
    offsets.kind === "given" ? [offsets.perNode[node] ?? 0] : range(offsets.least, offsets.most)
  const model = WholeState.make("ticked", {
    variables: {
      time: WholeState.variable(Schema.Int, 0),
      node: WholeState.family(2, Node, start),
      shown: WholeState.family(2, Schema.Int, NOTHING),
      back: WholeState.family(2, Schema.Int, stepsBack),
      offset0: WholeState.variable(Schema.Int, ...given(0)),
      offset1: WholeState.variable(Schema.Int, ...given(1)),
      envelopes: WholeState.variable(Schema.ReadonlySet(TrackedEnvelope), new Set<typeof TrackedEnvelope.Type>())
    },
    actions: ({ back, envelopes, node, offset0, offset1, shown, time }) => ({
      tick: WholeState.action(
        Effect.gen(function* () {
          const now = yield* time.get
          yield* WholeState.when(now <= horizon + latency)
          yield* time.set(now + 1)
        })
      ),
      write: WholeState.each([0, 1], (writer) =>
        Effect.gen(function* () {
          const now = yield* time.get
          const before = yield* node.at(writer).get
          yield* WholeState.when(now <= horizon && before.writes < writer + 1)
          const varying = yield* Choice.among(offsets.kind === "varying" ? given(writer) : [0])
          const fixed = offsets.kind === "varying" ? 0 : yield* (writer === 0 ? offset0 : offset1).get
          const timestamp = now + fixed + varying
          const last = yield* shown.at(writer).get
          const left = yield* back.at(writer).get
          const falls = timestamp < last || (unique && timestamp === last)
          yield* WholeState.when(!falls || (left > 0 && timestamp !== last))
          if (falls) yield* back.at(writer).set(left - 1)
          yield* shown.at(writer).set(timestamp)
          yield* node.at(writer).set({ ...keep(before, timestamp, writer), writes: before.writes + 1 })
          const envelope = { to: 1 - writer, timestamp, writer, earliest: now + latency }
          yield* envelopes.set(new Set([...(yield* envelopes.get), envelope]))
        })
      ),
      deliver: WholeState.action(
        Effect.gen(function* () {
          const all = [...(yield* envelopes.get)]
          yield* WholeState.when(all.length > 0)
          const envelope = yield* Choice.among(all)
          yield* WholeState.when((yield* time.get) >= envelope.earliest)
          const target = node.at(envelope.to)
          yield* target.set(keep(yield* target.get, envelope.timestamp, envelope.writer))
          yield* envelopes.set(new Set(all.filter((other) => other !== envelope)))
        })
      )
    })
  })
  const seen = new Set<string>()
  const record = Property.invariant<{ readonly node: ReadonlyArray<Node> }>("seen", {
    holds: ({ node }) => seen.add(JSON.stringify([...node])).size > 0
  })
  await Effect.runPromise(explore(model, [record as never]))
  return seen
}

const clocks: ReadonlyArray<readonly [name: string, clocks: ClockModel]> = [
  ["perfect", Clocks.perfect({ horizon: 2 })],
  ["perfect, no latency", Clocks.perfect({ horizon: 2, latency: 0 })],
  ["perfect, latency 2", Clocks.perfect({ horizon: 2, latency: 2 })],
  ["unique readings", Clocks.perfect({ horizon: 2, unique: true })],
  ["given offsets", Clocks.offset([0, -2], { horizon: 2 })],
  ["skewed by 1", Clocks.skewed({ horizon: 2, skew: 1 })],
  ["skewed by 2", Clocks.skewed({ horizon: 2, skew: 2 })],
  ["drifting", Clocks.drifting({ horizon: 2, skew: 1 })],
  ["stepping back", Clocks.drifting({ horizon: 2, skew: 2, stepsBack: 1 })],
  ["stepping back, unique", Clocks.drifting({ horizon: 2, skew: 1, stepsBack: 1, unique: true })]
]

test.each(clocks)("%s", async (_name, model) => {
  const [choices, ticks] = [await chosen(model), await ticked(model)]
  expect([...choices].sort()).toEqual([...ticks].sort())
  expect(choices.size).toBeGreaterThan(10)
})
