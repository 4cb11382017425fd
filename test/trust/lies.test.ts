/**
 * Ways in which checkers have been seen to lie, each a test named after the lie. Symmetry and several workers do not
 * exist here yet, and so cannot lie yet. Tested elsewhere: an option that is read and ignored (src/cli/edges.test.ts, a
 * flag that a command has no use for is refused), output that is copied into pages by hand (test/readme.test.ts), a
 * passing run whose states fell from 84,776 to 8 (drift from the baseline, src/suite/Baseline.test.ts).
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { forgetfulTwoPhaseCommitModel, twoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import { noSplitDecision } from "../../properties/atomic-commit.ts"
import { catalogue } from "../catalogue.ts"
import { percentText } from "../../src/coverage/Coverage.ts"
import { HashLanes } from "../../src/engine/interning/ContentHash.ts"
import { compile } from "../../src/engine/index.ts"
import type { ExploreOptions } from "../../src/search/Explorer.ts"
import { explore } from "../explore-given.ts"
import { defaultLimits } from "../../src/search/Limits.ts"
import { simulate } from "../../src/search/random/RandomWalks.ts"
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
import { selectCases } from "../../src/suite/Suite.ts"
import { UsageError } from "../../src/suite/UsageError.ts"
import { replay } from "../../src/trace/replay.ts"
import { decodeReplayId, encodeReplayId } from "../../src/trace/ReplayId.ts"
import { scheduleOf } from "../../src/trace/Trace.ts"
import { searched } from "./searched.ts"

const forgetful = forgetfulTwoPhaseCommitModel.system({ n: 3 })
const correct = twoPhaseCommitModel.system({ n: 3 })

const run = <View>(system: System<View>, properties: ReadonlyArray<Property<View>>, options: ExploreOptions = {}) =>
  Effect.runPromise(explore(system, properties, options))

const verdictsOf = async <View>(system: System<View>, properties: ReadonlyArray<Property<View>>) =>
  (await run(system, properties)).properties.map(({ verdict }) => verdict._tag)

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
  const properties = [
    Property.invariant("property", { holds: throwing }),
    Property.invariant("premise", { holds: () => true, premise: throwing }),
    Property.reachable("situation", { holds: throwing })
  ]
  expect(await verdictsOf(correct as System<unknown>, properties as never)).toEqual(["failed", "failed", "failed"])
  const machine = Machine.make("m", { state: Schema.Null, operations: [Go], initial: () => null }).handlers({
    Go: () => Effect.succeed(null)
  })
  const system = System.make("m", { machine, topology: Topology.allToAll(1) })
  const perNode = Property.onEveryNode<null>("premise of a node", { holds: () => true, premise: throwing })
  expect(await verdictsOf(system, [perNode])).toEqual(["failed"])
})

/** Alternates between two states, from which a step to a third is always possible. */
const undecided = WholeState.make("undecided", {
  variables: { at: WholeState.variable(Schema.Finite, 0) },
  actions: ({ at }) => ({
    turn: WholeState.action(Effect.flatMap(at.get, (now) => (now < 2 ? at.set(1 - now) : at.set(now)))),
    decide: WholeState.action(Effect.flatMap(at.get, () => at.set(2)))
  })
})
const decides = Property.eventually<{ readonly at: number }>("it decides", {
  holds: ({ at }) => at === 2,
  fairness: { actions: { decide: "none" } }
})

test("something is said to happen eventually because loops are ignored", async () => {
  const { verdict } = (await run(undecided, [decides])).properties[0]!
  if (verdict._tag !== "violated") throw new Error(verdict._tag)
  const { loop, steps } = verdict.evidence
  expect([loop, steps.map(({ action }) => action)]).toEqual([0, ["turn", "turn"]])
})

test("a property about runs is judged on the part of the graph that a limit left", async () => {
  const { complete, properties } = await run(undecided, [decides], { limits: { states: 2 } })
  expect([complete, properties[0]!.verdict._tag]).toEqual([false, "inconclusive"])
})

test("by default there is no limit at all", () => {
  expect(Object.values(defaultLimits).filter((limit) => !Number.isFinite(limit))).toEqual([])
})

test("states that JSON prints alike, such as two sets, are one", async () => {
  const picks = WholeState.make("picks", {
    variables: { picked: WholeState.variable(Schema.ReadonlySet(Schema.Finite), new Set<number>()) },
    actions: ({ picked }) => ({ pick: WholeState.each([1, 2, 3], (one) => picked.set(new Set([one]))) })
  })
  // Nothing picked, or any one of three.
  expect((await run(picks, [])).distinct).toBe(4)
})

test("states of equal hash are one, and errors: 0 is printed without a word", () => {
  const program = compile(correct, [])
  const search = searched({ ...program, hashes: program.hashes.map(() => new HashLanes()) })
  // TwoPhase.tla with three resource managers.
  expect([search.store.count, search.generated]).toEqual([288, 1146])
})

test("a crash forgets nothing, or what is durable", async () => {
  const fields = { promised: Schema.Boolean, seen: Schema.Boolean }
  const machine = Machine.make("voter", {
    state: Schema.Struct(fields),
    operations: [Go],
    initial: () => ({ promised: false, seen: false }),
    durable: ["promised"]
  }).handlers({ Go: () => Effect.succeed({ promised: true, seen: true }) })
  const system = System.make("voter", {
    machine,
    topology: Topology.allToAll(1),
    faults: Faults.crash({ recoveries: 1 }),
    workload: Workload.script([[Go.make({})]])
  })
  type View = NodesView<{ readonly promised: boolean; readonly seen: boolean }>
  const after = (promised: boolean, seen: boolean) =>
    Property.reachable<View>(`${promised} ${seen}`, {
      holds: ({ nodes: [node] }) => node?.state.promised === promised && node.state.seen === seen
    })
  // The promise survives alone; what was seen is never there without it.
  expect(await verdictsOf(system, [after(true, false), after(false, true)])).toEqual(["reached", "unreached"])
})

test("a violation in the initial state is hidden by a property that throws a step later", async () => {
  const counter = WholeState.make("counter", {
    variables: { count: WholeState.variable(Schema.Finite, 0) },
    actions: ({ count }) => ({ up: WholeState.action(count.set(1)) })
  })
  const property = Property.invariant<{ readonly count: number }>("property", {
    holds: ({ count }) => (count === 0 ? false : throwing())
  })
  expect(await verdictsOf(counter, [property])).toEqual(["violated"])
})

test("0 of 0 is 100 %", async () => {
  const never = Property.invariant("says nothing", { holds: () => true, premise: () => false })
  const endless = WholeState.make("endless", {
    variables: { on: WholeState.variable(Schema.Boolean, false) },
    actions: ({ on }) => ({ flip: WholeState.action(Effect.flatMap(on.get, (value) => on.set(!value))) })
  })
  const atRest = Property.atQuiescence("is asked where nothing ever rests", { holds: () => true })
  expect(await verdictsOf(endless as System<unknown>, [never, atRest])).toEqual(["vacuous", "vacuous"])
  expect(percentText({ covered: 0, total: 0 })).toBe("n/a")
})

test("a green run in which nothing was checked", () => {
  expect(() => selectCases(catalogue, ["no-such-model"], [])).toThrow(UsageError)
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

test("of two steps that violate a property the fault is told", async () => {
  const machine = Machine.make("m", {
    state: Schema.Finite,
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
  const id = encodeReplayId("two-phase-commit-forgetful/n=3", scheduleOf(verdict.evidence))
  const { schedule } = decodeReplayId(id) ?? { schedule: { initialIndex: -1, ordinals: [] } }
  expect(replay(forgetful, [noSplitDecision], schedule, labels)).toMatchObject({
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
