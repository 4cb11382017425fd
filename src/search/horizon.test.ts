/**
 * Runs that end because real time does: they end at the bound, and decide no property about runs.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import {
  Clocks,
  LocalClock,
  Machine,
  Network,
  type NodesView,
  System,
  type SystemParts,
  Topology,
  Workload
} from "../model/index.ts"
import { type Fairness, Property } from "../property/index.ts"
import { explore } from "./Explorer.ts"

const Send = Schema.TaggedStruct("Send", {})
const Sent = Schema.TaggedStruct("Sent", {})

/** Sends at the time that it reads, and remembers when it received. */
const stamping = Machine.make("stamping", {
  state: Schema.Struct({ receivedAt: Schema.Int }),
  operations: [Send],
  messages: [Sent],
  initial: () => ({ receivedAt: -1 })
}).handlers({
  Send: Effect.fnUntraced(function* (state) {
    yield* LocalClock.now
    yield* Network.broadcast(Sent.make({}))
    return state
  }),
  Sent: Effect.fnUntraced(function* () {
    return { receivedAt: yield* LocalClock.now }
  })
})

type View = NodesView<{ readonly receivedAt: number }>
type Parts = Partial<SystemParts<View["nodes"][number]["state"]>>

const receives = (fairness: Fairness = {}) =>
  Property.eventually<View>("n1 receives", {
    holds: ({ nodes: [, second] }) => (second?.state.receivedAt ?? -1) >= 0,
    fairness
  })

const judged = async (property: Property<View>, parts: Parts = {}) => {
  const system = System.make("stamping", {
    machine: stamping,
    topology: Topology.graph(2, [[0, 1]]),
    clocks: Clocks.perfect({ horizon: 1 }),
    workload: Workload.script([[Send.make({})]]),
    ...parts
  })
  const found = await Effect.runPromise(explore(system, [property]))
  const verdict = found.properties[0]!.verdict
  return [verdict._tag, "note" in verdict ? verdict.note : undefined]
}

const ENDS = "no state comes back, so every run ends: judged there"
const CUT_OFF = `${ENDS}; runs that the horizon of the clocks cuts off are not judged`

test("a message that would arrive after the horizon violates nothing, and the verdict says that such runs are not judged", async () => {
  // Sent at 0 it arrives at 1; sent at 1 it would arrive at 2, when no clock is read any more.
  expect(await judged(receives())).toEqual(["holds", CUT_OFF])
  expect(await judged(receives(), { clocks: Clocks.perfect({ horizon: 5 }) })).toEqual(["holds", CUT_OFF])
  expect(await judged(receives(), { clocks: Clocks.perfect({ horizon: 0, latency: 0 }) })).toEqual(["holds", ENDS])
})

test("a run that ends for another reason than the horizon is a violation", async () => {
  expect(await judged(receives(), { network: Network.unordered({ lose: 1 }) })).toEqual(["violated", ENDS])
  // Where the message need never be delivered, a run may stop before it is, in time or not.
  expect(await judged(receives({ actions: { "deliver Sent": "none" } }))).toEqual(["violated", ENDS])
})

test("a state in which time has run out is not quiescent while a message is under way", async () => {
  const received = Property.atQuiescence<View>("n1 has received", {
    holds: ({ nodes: [, second] }) => (second?.state.receivedAt ?? -1) >= 0
  })
  expect(await judged(received)).toEqual(["holds", undefined])
})
