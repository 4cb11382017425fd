import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { searched } from "../../../test/trust/searched.ts"
import {
  Choice,
  Clocks,
  Faults,
  LocalClock,
  Machine,
  Network,
  System,
  Timer,
  Topology,
  Workload
} from "../../model/index.ts"
import { compile } from "../compile.ts"
import { initialEnvironment } from "../nodes/Environment.ts"
import { NodeTransitions } from "../nodes/NodeTransitions.ts"
import { FairnessClasses } from "./FairnessClasses.ts"

const Put = Schema.TaggedStruct("Put", { value: Schema.Finite })
const Told = Schema.TaggedStruct("Told", { value: Schema.Finite })

/** Everything of which there are several kinds of step: messages that can be lost or doubled, two timers, choices, links. */
const system = () => {
  const machine = Machine.make("node", {
    state: Schema.Finite,
    operations: [Put],
    messages: [Told],
    initial: () => 0
  }).handlers(
    {
      Put: Effect.fnUntraced(function* (_, { value }) {
        yield* Network.broadcast(Told.make({ value }))
        yield* Timer.set("early")
        yield* Timer.set("late")
        return value
      }),
      Told: (state) => Choice.among([state, 7])
    },
    { timeouts: { early: (state) => Effect.succeed(state), late: (state) => Effect.succeed(state) } }
  )
  return System.make("nodes", {
    machine,
    topology: Topology.allToAll(3),
    network: Network.unordered({ lose: 1, duplicate: 1, cut: 1 }),
    faults: Faults.crash({ recoveries: 1 }),
    workload: Workload.script([[Put.make({ value: 1 })], [Put.make({ value: 1 }), Put.make({ value: 2 })], []])
  })
}

test("steps are of one unit where action, node or link, input and sender are the same, whatever is chosen", () => {
  const program = compile(system(), [])
  const { store } = searched(program, 600)
  const labels = new Map<number, Set<string>>()
  for (let id = 0; id < 600; id++) {
    store.unpack(id)
    const state = store.current.slice()
    for (const [ordinal, fairnessClass] of program.fairnessClassesOf(state).entries()) {
      const { action, label } = program.describeStep(state, ordinal)
      expect(program.fairnessClasses[fairnessClass]).toEqual({ action })
      const known = labels.get(fairnessClass) ?? new Set()
      // What a label says is the action with its node or link, its input and its sender, and then what is chosen.
      const { name } = program.actions[action]!
      labels.set(fairnessClass, known.add(`${name}: ${label.replace(/, choice \d/, "")}`))
    }
  }
  const found = [...labels.values()].map((each) => [...each].join(" and "))
  expect(found.filter((each) => each.includes(" and "))).toEqual([])
  expect(new Set(found).size).toBe(found.length)
  expect([...labels.keys()].toSorted((left, right) => left - right)).toEqual(
    program.fairnessClasses.map((_, fairnessClass) => fairnessClass)
  )
  const kinds = new Set(found.map((each) => each.split(":")[0]))
  expect([...kinds].toSorted()).toEqual(program.actions.map(({ name }) => name).toSorted())
})

test("the units of a node are found out once for each of its states and each environment", () => {
  const whole = system()
  const transitions = new NodeTransitions(whole, { causal: false, checkDeterminism: false })
  const { environments } = transitions.semantics
  const start = initialEnvironment(whole, { causal: false, timed: false })
  const [all, noCrash] = [start, { ...start, crash: 0 }].map((each) => environments.intern(each))
  const configurations = [0, 1].map((node) => transitions.semantics.initial(node, false))
  const fairnessClasses = new FairnessClasses(transitions)
  const found = fairnessClasses.ofNode(0, configurations[0]!, all!)
  // It is asked to put, or crashes.
  expect([
    found,
    fairnessClasses.ofNode(0, configurations[0]!, noCrash!),
    fairnessClasses.ofNode(1, configurations[1]!, all!)
  ]).toEqual([[0, 1], [0], [2, 3]])
  expect(fairnessClasses.ofNode(0, configurations[0]!, all!)).toBe(found)
})

test("a step that comes after the horizon is of the unit that it has in time", () => {
  const machine = Machine.make("stamping", {
    state: Schema.Finite,
    operations: [Put],
    messages: [Told],
    initial: () => -1
  }).handlers({
    Put: Effect.fnUntraced(function* (state, { value }) {
      yield* LocalClock.now
      yield* Network.broadcast(Told.make({ value }))
      return state
    }),
    Told: () => LocalClock.now
  })
  // Each of two nodes is told by the third: in time if it was told at 0, and too late if it was told at 1.
  const program = compile(
    System.make("stamping", {
      machine,
      topology: Topology.allToAll(3),
      clocks: Clocks.perfect({ horizon: 1 }),
      workload: Workload.script([[Put.make({ value: 1 })]])
    }),
    []
  )
  const { store } = searched(program)
  const inTime = new Map<number, string>()
  const tooLate = new Set<number>()
  for (let id = 0; id < store.count; id++) {
    store.unpack(id)
    const state = store.current.slice()
    for (const [ordinal, fairnessClass] of program.fairnessClassesOf(state).entries()) {
      inTime.set(fairnessClass, program.describeStep(state, ordinal).label)
    }
    for (const fairnessClass of program.fairnessClassesOutOfTime!(state)) tooLate.add(fairnessClass)
  }
  expect([...tooLate].map((fairnessClass) => inTime.get(fairnessClass))).toEqual([
    `n1 receives Told {"value":1} from n0, clock 1`,
    `n2 receives Told {"value":1} from n0, clock 1`
  ])
})
