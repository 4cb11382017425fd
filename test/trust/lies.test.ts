/**
 * Ways in which checkers have been seen to lie, each a test named after the lie. Symmetry and several workers do not
 * exist here yet, and so cannot lie yet.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { forgetfulTwoPhaseCommitModel, twoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import { noSplitDecision } from "../../properties/atomic-commit.ts"
import { catalogue } from "../../src/catalogue/index.ts"
import { explore, type ExploreOptions } from "../../src/explorer/Explorer.ts"
import { simulate } from "../../src/explorer/RandomWalks.ts"
import {
  Faults,
  Machine,
  Network,
  type NodesView,
  System,
  Topology,
  WholeState,
  Workload
} from "../../src/model/index.ts"
import { Property } from "../../src/property/index.ts"
import { selectCells } from "../../src/suite/Suite.ts"
import { UsageError } from "../../src/suite/UsageError.ts"
import { replay } from "../../src/trace/replay.ts"
import { scheduleOf } from "../../src/trace/Trace.ts"

const forgetful = forgetfulTwoPhaseCommitModel.system({ n: 3 })
const correct = twoPhaseCommitModel.system({ n: 3 })

const run = <View>(system: System<View>, claims: ReadonlyArray<Property<View>>, options: ExploreOptions = {}) =>
  Effect.runPromise(explore(system, claims, options))

const verdictsOf = async <View>(system: System<View>, claims: ReadonlyArray<Property<View>>) =>
  (await run(system, claims)).properties.map(({ verdict }) => verdict._tag)

const Go = Schema.TaggedStruct("Go", {})

const throwing = (): never => {
  throw new Error("oops")
}

test("a discovery is overwritten by a later, longer one", async () => {
  const found = await run(forgetful, [noSplitDecision])
  const { verdict } = found.properties[0]!
  expect(found.depth).toBeGreaterThan(7)
  expect(verdict._tag === "violated" ? verdict.evidence.steps.length : verdict._tag).toBe(7)
})

test("a depth cap over a global visited set misses states", async () => {
  const { levels } = await run(correct, [])
  for (let depth = 1; depth < levels.length; depth++) {
    const within = levels.slice(0, depth + 1).reduce((sum, count) => sum + count, 0)
    expect((await run(correct, [], { limits: { depth } })).distinct).toBe(within)
  }
})

test("limits looked at every n iterations return as if complete", async () => {
  for (let states = 1; states < 288; states += 13) {
    const found = await run(correct, [noSplitDecision], { limits: { states } })
    expect([found.complete, found.stopReason]).toEqual([false, "state limit"])
    expect(found.properties[0]!.verdict._tag).toBe("inconclusive")
  }
})

test("partial results are thrown away at the limit", async () => {
  const found = await run(forgetful, [noSplitDecision], { limits: { depth: 8 } })
  expect([found.complete, found.properties[0]!.verdict._tag]).toEqual([false, "violated"])
})

test("a property that throws counts as false, or a premise that throws as never true", async () => {
  const claims = [
    Property.invariant("claim", { holds: throwing }),
    Property.invariant("premise", { holds: () => true, premise: throwing }),
    Property.reachable("situation", { holds: throwing })
  ]
  expect(await verdictsOf(correct as System<unknown>, claims as never)).toEqual(["failed", "failed", "failed"])
  const machine = Machine.make("m", { state: Schema.Null, operations: [Go], initial: () => null }).handlers({
    Go: () => Effect.succeed(null)
  })
  const system = System.make("m", { machine, topology: Topology.allToAll(1) })
  const perNode = Property.onEveryNode<null>("premise of a node", { holds: () => true, premise: throwing })
  expect(await verdictsOf(system, [perNode])).toEqual(["failed"])
})

test("a violation in the initial state is hidden by a property that throws a step later", async () => {
  const counter = WholeState.make("counter", {
    variables: { count: WholeState.variable(Schema.Number, 0) },
    actions: ({ count }) => ({ up: WholeState.action(count.set(1)) })
  })
  const claim = Property.invariant<{ readonly count: number }>("claim", {
    holds: ({ count }) => (count === 0 ? false : throwing())
  })
  expect(await verdictsOf(counter, [claim])).toEqual(["violated"])
})

test("0 of 0 is 100 %", async () => {
  const never = Property.invariant("says nothing", { holds: () => true, premise: () => false })
  const endless = WholeState.make("endless", {
    variables: { on: WholeState.variable(Schema.Boolean, false) },
    actions: ({ on }) => ({ flip: WholeState.action(Effect.flatMap(on.get, (value) => on.set(!value))) })
  })
  const atRest = Property.atQuiescence("is asked where nothing ever rests", { holds: () => true })
  expect(await verdictsOf(endless as System<unknown>, [never, atRest])).toEqual(["vacuous", "vacuous"])
})

test("a green run in which nothing was checked", () => {
  expect(() => selectCells(catalogue, ["no-such-model"], [])).toThrow(UsageError)
})

test("a step invariant sees no observations unless somebody else observes", async () => {
  const machine = Machine.make("m", { state: Schema.Null, operations: [Go], initial: () => null }).handlers({
    Go: () => Effect.succeed(null)
  })
  const workload = Workload.script([[Go.make({})]])
  const system = System.make("m", { machine, topology: Topology.allToAll(1), workload })
  const unseen = Property.stepInvariant<NodesView<null>>("nothing is invoked", {
    holds: (_before, _after, { observations }) => observations.every(({ kind }) => kind !== "invoked")
  })
  expect(await verdictsOf(system, [unseen])).toEqual(["violated"])
})

test("of two steps that violate a claim the fault is told", async () => {
  const machine = Machine.make("m", {
    state: Schema.Number,
    operations: [Go],
    messages: [Go],
    initial: () => 0
  }).handlers({
    Go: (state) => Effect.as(Network.broadcast(Go.make({})), state + 1)
  })
  const system = System.make("m", {
    machine,
    topology: Topology.chain(2),
    faults: Faults.crash({ nodes: [0] }),
    workload: Workload.script([[], [Go.make({})]])
  })
  const still = Property.stepInvariant<NodesView<number>>("nothing happens", { holds: () => false })
  const { verdict } = (await run(system, [still])).properties[0]!
  expect(verdict).toMatchObject({ _tag: "violated", evidence: { steps: [{ fault: false }] } })
})

test("a counterexample does not replay", async () => {
  const { verdict } = (await run(forgetful, [noSplitDecision])).properties[0]!
  if (verdict._tag !== "violated") throw new Error(verdict._tag)
  const labels = verdict.evidence.steps.map(({ label }) => label)
  expect(replay(forgetful, [noSplitDecision], scheduleOf(verdict.evidence), labels)).toMatchObject({
    _tag: "replayed",
    decided: [noSplitDecision.name]
  })
})

test("a metric is counted twice", async () => {
  const { actions, distinct, generated, initial, levels } = await run(forgetful, [])
  const sum = (numbers: ReadonlyArray<number>) => numbers.reduce((total, each) => total + each, 0)
  expect(sum(actions.map(({ taken }) => taken)) + initial).toBe(generated)
  expect([sum(actions.map(({ fresh }) => fresh)) + initial, sum(levels)]).toEqual([distinct, distinct])
})

test("two runs of one search say two things", async () => {
  const said = async () => {
    const { elapsedMillis: _, ...rest } = await run(forgetful, [noSplitDecision], { limits: { states: 200 } })
    return JSON.stringify(rest)
  }
  expect(await said()).toBe(await said())
})

test("random walks that find nothing are called a pass", async () => {
  const walked = await Effect.runPromise(simulate(correct, [noSplitDecision], { walks: 50, seed: 1, maxSteps: 30 }))
  expect(walked.properties.map(({ verdict }) => verdict._tag)).toEqual(["inconclusive"])
})

test("an encoding forgets a field that a property reads", async () => {
  const fields = ["a", "b", "c"] as const
  const State = Schema.Struct({ a: Schema.Boolean, b: Schema.Boolean, c: Schema.Boolean })
  const Set = Schema.TaggedStruct("Set", { field: Schema.Literals(fields) })
  const machine = Machine.make("m", {
    state: State,
    operations: [Set],
    initial: () => ({ a: false, b: false, c: false })
  }).handlers({ Set: (state, { field }) => Effect.succeed({ ...state, [field]: true }) })
  const workload = Workload.drawn(
    1,
    fields.map((field) => Set.make({ field }))
  )
  const found = await run(System.make("m", { machine, topology: Topology.allToAll(1), workload }), [])
  // Nothing set yet, or any one of the three fields.
  expect(found.distinct).toBe(4)
})
