/**
 * Counts of each action besides its transitions: those that led back, and its outcomes at each node.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { raceModel } from "../../models/multi-leader/race.ts"
import { twoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import { outcomesOf } from "../coverage/Coverage.ts"
import { Machine, Network, Observe, System, Topology, Workload } from "../model/index.ts"
import { drawnGraphOf } from "../trace/DrawnGraph.ts"
import { explore } from "./Explorer.ts"

const actionsOf = async <View>(system: System<View>) => (await Effect.runPromise(explore(system, []))).actions

const outcome = (taken: number, unchanged: number, sent: number, answered: number, refused: number) => ({
  taken,
  unchanged,
  sent,
  answered,
  refused
})

const Put = Schema.TaggedStruct("Put", {})
const Told = Schema.TaggedStruct("Told", {})

/** Takes one put, tells the others of it, and refuses every later one. */
const once = Machine.make("once", {
  state: Schema.Boolean,
  operations: [Put],
  messages: [Told],
  initial: () => false
}).handlers({
  Put: Effect.fnUntraced(function* (has) {
    if (has) {
      yield* Observe.rejected()
      return has
    }
    yield* Network.broadcast(Told.make({}))
    yield* Observe.acknowledged("put")
    return true
  }),
  Told: () => Effect.succeed(true)
})

test("a put that is taken, one that is refused, and the message of the first, each at its node", async () => {
  const system = System.make("once", {
    machine: once,
    topology: Topology.allToAll(2),
    workload: Workload.script([[Put.make({}), Put.make({})], []])
  })
  const nothing = outcome(0, 0, 0, 0, 0)
  const actions = await actionsOf(system)
  expect(actions.map(({ name, outcomes }) => [name, outcomes])).toEqual([
    // n0 is asked in two situations: with two puts left it sends and answers, with one left it refuses and stays as it is.
    ["invoke Put", [outcome(2, 1, 1, 1, 1), nothing]],
    // n1 has Told in its inbox in one situation, and changes.
    ["deliver Told", [nothing, outcome(1, 0, 0, 0, 0)]]
  ])
})

test("an action of a link has no node; one that is never taken has zeros at each", async () => {
  const system = System.make("once", {
    machine: once,
    topology: Topology.allToAll(2),
    network: Network.unordered({ cut: 1 }),
    workload: Workload.none
  })
  const actions = await actionsOf(system)
  expect(actions.map(({ name, outcomes }) => [name, outcomes === null ? null : outcomesOf(outcomes)])).toEqual([
    ["deliver Told", outcome(0, 0, 0, 0, 0)],
    ["cut", null],
    ["heal", null]
  ])
})

test("whatever happens at a node is taken there in some situation, and the other way round", async () => {
  for (const { outcomes, taken } of await actionsOf(raceModel.system({ leaders: 3, delivery: "causal" }))) {
    expect([outcomes !== null && outcomesOf(outcomes).taken > 0, taken > 0]).toEqual([true, true])
  }
})

test("the steps that lead back to their own state are those of the state graph", async () => {
  const system = twoPhaseCommitModel.system({ n: 3 })
  const { edges } = drawnGraphOf(system, [], 288)!
  const loops = edges.filter(({ from, to }) => from === to).flatMap(({ labels }) => labels)
  const actions = await actionsOf(system)
  expect(actions.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(loops.length)
  const again = loops.filter((label) => label.startsWith("receivesAbort")).length
  expect(actions.find(({ name }) => name === "receivesAbort")?.unchanged).toBe(again)
})
