import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { Machine, Network, type NodesView, System, Topology, WholeState, Workload } from "../../model/index.ts"
import { Observer, Property } from "../../property/index.ts"
import { refusalOf } from "../../../test/programs.ts"
import { follow } from "../../trace/follow.ts"
import { frameOf } from "../../trace/replay.ts"
import { checkerOf, decidingValue } from "./Checkers.ts"
import { compile } from "../compile.ts"
import { FALSE, TRUE } from "./Predicates.ts"

interface Pair {
  readonly left: number
  readonly right: number
}

const boom = new Error("boom")

const throwing = (): never => {
  throw boom
}

/** Starts in nine states, with 0, 1 or 2 in each of two variables, and adds one to the right. */
const pairs = () =>
  WholeState.make("pairs", {
    variables: {
      left: WholeState.variable(Schema.Finite, 0, 1, 2),
      right: WholeState.variable(Schema.Finite, 0, 1, 2)
    },
    actions: ({ right }) => ({
      up: WholeState.action(Effect.flatMap(right.get, (value) => right.set(value + 1)))
    })
  })

/**
 * Results of a property of pairs in (0, 0), (0, 1) … (2, 2): its answers (2 if it threw), the pairs it applies to, and
 * the value thrown last.
 */
const judgedPairs = (property: Property<Pair>) => {
  const program = compile(pairs(), [property])
  const checker = checkerOf(program, property as Property<unknown>)
  const answers = program.initial.map((state) => checker.evaluate(state))
  const applies = program.initial.map((state) => checker.applies(state))
  return { answers: answers.join(""), applies: applies.map(Number).join(""), thrown: checker.thrown() }
}

const Put = Schema.TaggedStruct("Put", { value: Schema.Finite })
const Told = Schema.TaggedStruct("Told", { value: Schema.Finite })

/** Two nodes, of which each is asked to put 10 more than its number, and tells the other. */
const nodes = () => {
  const machine = Machine.make("node", {
    state: Schema.Finite,
    operations: [Put],
    messages: [Told],
    initial: ({ id }) => id
  }).handlers({
    Put: (_, { value }) => Effect.as(Network.broadcast(Told.make({ value })), value),
    Told: (_, { value }) => Effect.succeed(value)
  })
  return System.make("nodes", {
    machine,
    topology: Topology.allToAll(2),
    workload: Workload.script([[Put.make({ value: 10 })], [Put.make({ value: 11 })]])
  })
}

type View = NodesView<number>

/** Results of a property of nodes at the end of a schedule. */
const judgedNodes = (property: Property<View>, ...schedules: ReadonlyArray<ReadonlyArray<number>>) => {
  const program = compile(nodes(), [property])
  const checker = checkerOf(program, property as Property<unknown>)
  const frames = schedules.map((ordinals) => {
    const followed = follow(program, { initialIndex: 0, ordinals })
    if (followed._tag === "diverged") throw new Error(`diverged at step ${followed.step}`)
    return frameOf(program, followed.states, checker, followed.trace)
  })
  return {
    answers: frames.map((frame) => checker.evaluate(frame)).join(""),
    applies: frames.map((frame) => Number(checker.applies(frame))).join(""),
    thrown: checker.thrown()
  }
}

/** The states (0, 1), (10, 1), (0, 11) and (10, 11): first n0 is asked to put, or n1, and then the other. */
const schedules = [[], [0], [1], [0, 0]]

const holds = () => true

test("a property is asked of states, quiescent states, steps or runs, as its kind says", () => {
  const observer = Observer.make("nothing", { initial: 0, observe: () => 0 })
  const properties: ReadonlyArray<readonly [judgedAt: string, decidingValue: number, property: Property<View>]> = [
    ["state", FALSE, Property.invariant("property", { holds })],
    ["state", FALSE, Property.onEveryNode<number>("property", { holds })],
    ["state", FALSE, Property.monitor("property", { observer, rejects: () => undefined })],
    ["state", TRUE, Property.reachable("property", { holds })],
    ["quiescence", FALSE, Property.atQuiescence("property", { holds })],
    ["run", FALSE, Property.eventually("property", { holds })],
    ["step", FALSE, Property.stepInvariant("property", { holds })]
  ]
  for (const [judgedAt, truth, property] of properties) {
    const checker = checkerOf(compile(nodes(), [property]), property as Property<unknown>)
    expect([checker.property, checker.judgedAt, decidingValue(checker.property)]).toEqual([property, judgedAt, truth])
  }
})

describe("a property about states", () => {
  test("is true or false of each, and says something in every one without a premise", () => {
    expect(judgedPairs(Property.invariant("left is less", { holds: ({ left, right }) => left < right }))).toEqual({
      answers: "011001000",
      applies: "111111111",
      thrown: undefined
    })
  })

  test("is an implication: it speaks where its premise is true, and is not asked elsewhere", () => {
    const premise = ({ left }: Pair) => left === 1
    const holds = ({ left, right }: Pair) => (left === 1 ? right === 2 : throwing())
    expect(judgedPairs(Property.invariant("right is 2", { holds, premise }))).toEqual({
      answers: "111001111",
      applies: "000111000",
      thrown: undefined
    })
  })

  test("of runs is asked what holds also where it does not begin", () => {
    const from = ({ left }: Pair) => left === 1
    expect(judgedPairs(Property.eventually("right is 2", { holds: ({ right }) => right === 2, from }))).toEqual({
      answers: "001001001",
      applies: "000111000",
      thrown: undefined
    })
  })

  test("that looks for a situation needs its premise and what it looks for", () => {
    const premise = ({ left }: Pair) => left === 1
    expect(judgedPairs(Property.reachable("right is 2", { holds: ({ right }) => right === 2, premise }))).toEqual({
      answers: "000001000",
      applies: "000111000",
      thrown: undefined
    })
  })

  test("that throws has neither answer, and says what it threw", () => {
    expect(
      judgedPairs(Property.reachable("left is 1", { holds: ({ left }) => (left > 1 ? throwing() : true) }))
    ).toEqual({ answers: "111111222", applies: "111111111", thrown: boom })
  })

  test("whose premise throws has neither answer, says nothing there, and says what was thrown", () => {
    const premise = ({ left }: Pair) => (left === 0 ? throwing() : left === 1)
    expect(judgedPairs(Property.atQuiescence("right is 2", { holds: ({ right }) => right === 2, premise }))).toEqual({
      answers: "222001111",
      applies: "000111000",
      thrown: boom
    })
  })

  test("is asked what its observer remembers, one of several, wherever it is asked", () => {
    const asked = (name: string, least: number) =>
      Observer.make(name, {
        initial: 0,
        observe: (values, { kind, ...seen }) => (kind === "invoked" && seen.node >= least ? values + 1 : values)
      })
    const [all, last] = [asked("all nodes", 0), asked("the last node", 1)]
    const options = { holds: (_: View, count: number) => count === 1, premise: (_: View, count: number) => count > 0 }
    const properties = [all, last].map((observer) => Property.invariant("one", { observer, ...options }))
    const program = compile(nodes(), properties)
    const answers = properties.map((property) => {
      const checker = checkerOf(program, property as Property<unknown>)
      return schedules.map((ordinals) => {
        const followed = follow(program, { initialIndex: 0, ordinals })
        const state = followed._tag === "followed" ? followed.states.at(-1)! : new Int32Array(0)
        return [checker.evaluate(state), checker.applies(state)]
      })
    })
    const [none, one, more] = [
      [TRUE, false],
      [TRUE, true],
      [FALSE, true]
    ]
    expect(answers).toEqual([
      [none, one, one, more],
      [none, none, one, one]
    ])
  })

  test("is told nothing of an observer that the program does not have", () => {
    const told: Array<unknown> = []
    const observer = Observer.make("absent", { initial: 7, observe: () => 7 })
    const property = Property.invariant<View, number>("property", { observer, holds: (_, seen) => told.push(seen) > 0 })
    const program = compile(nodes(), [])
    const checker = checkerOf(program, property as Property<unknown>)
    expect([checker.evaluate(program.initial[0]!), told]).toEqual([TRUE, [undefined]])
  })
})

describe("a property about every node", () => {
  test("is true where it is true of all nodes, and is asked once of each local state", () => {
    const asked: Array<string> = []
    const property = Property.onEveryNode<number>("below 10", {
      holds: ({ id, state }) => {
        asked.push(`n${id} ${state}`)
        return state < 10
      }
    })
    expect(judgedNodes(property, ...schedules)).toEqual({ answers: "1000", applies: "1111", thrown: undefined })
    expect(asked).toEqual(["n0 0", "n1 1", "n0 10", "n1 11"])
  })

  test("says something where its premise is true of some node", () => {
    const is = (value: number) =>
      Property.onEveryNode<number>("property", { holds, premise: ({ state }) => state === value })
    expect(judgedNodes(is(10), ...schedules)).toEqual({ answers: "1111", applies: "0101", thrown: undefined })
    expect(judgedNodes(is(11), ...schedules)).toEqual({ answers: "1111", applies: "0011", thrown: undefined })
    expect(judgedNodes(is(12), ...schedules)).toEqual({ answers: "1111", applies: "0000", thrown: undefined })
  })

  test("that throws of one node has neither answer, unless a node before it decides", () => {
    const at = (first: number, second: number) =>
      Property.onEveryNode<number>("property", {
        holds: ({ state }) => (state === first ? false : state === second ? throwing() : true)
      })
    expect(judgedNodes(at(10, 11), ...schedules)).toEqual({ answers: "1020", applies: "1111", thrown: boom })
    expect(judgedNodes(at(11, 10), ...schedules)).toEqual({ answers: "1202", applies: "1111", thrown: boom })
  })

  test("is an implication at each node: one node's premise does not make it speak of another", () => {
    const holds = ({ state }: { readonly state: number }) => state === 11
    const at = (value: number) =>
      Property.onEveryNode<number>("property", { holds, premise: ({ state }) => state === value })
    expect(judgedNodes(at(10), ...schedules)).toEqual({ answers: "1010", applies: "0101", thrown: undefined })
    expect(judgedNodes(at(11), ...schedules)).toEqual({ answers: "1111", applies: "0011", thrown: undefined })
  })

  test("whose premise throws has neither answer, and says what was thrown", () => {
    const premise = ({ state }: { readonly state: number }) => (state === 10 ? throwing() : state === 11)
    const property = Property.onEveryNode<number>("property", { holds: ({ state }) => state !== 0, premise })
    expect(judgedNodes(property, ...schedules)).toEqual({ answers: "1212", applies: "0011", thrown: boom })
  })
})

describe("a property about steps", () => {
  test("sees the states on both sides, the action, the node and the observations", () => {
    const seen: Array<unknown> = []
    const property = Property.stepInvariant<View>("property", {
      holds: ({ nodes: before }, { nodes: after }, { action, node, observations }) => {
        const states = [...before, ...after].map(({ state }) => state)
        return seen.push([states, action, node, observations.map((each) => `${each.kind} at n${each.node}`)]) < 3
      }
    })
    // Delivered in the end is what n0 told n1.
    expect(judgedNodes(property, [0], [0, 0], [0, 1])).toEqual({ answers: "110", applies: "111", thrown: undefined })
    expect(seen).toEqual([
      [[0, 1, 10, 1], "invoke Put", 0, ["invoked at n0"]],
      [[10, 1, 10, 11], "invoke Put", 1, ["invoked at n1"]],
      [[10, 1, 10, 10], "deliver Told", 1, []]
    ])
  })

  test("sees no node where a step belongs to none", () => {
    const nodes: Array<unknown> = []
    const property = Property.stepInvariant<Pair>("property", {
      holds: (before, after, { node }) => nodes.push([node, before.right, after.right]) > 0
    })
    const program = compile(pairs(), [])
    const checker = checkerOf(program, property as Property<unknown>)
    const followed = follow(program, { initialIndex: 1, ordinals: [0] })
    if (followed._tag === "diverged") throw new Error("diverged")
    expect(checker.evaluate(frameOf(program, followed.states, checker, followed.trace))).toBe(TRUE)
    expect(nodes).toEqual([[undefined, 1, 2]])
  })

  test("is asked once for the same of what it read, and says what it threw", () => {
    let runs = 0
    const property = Property.stepInvariant<View>("property", {
      holds: (_before, { nodes: [first] }, { action }) => {
        runs++
        return action === "deliver Told" ? throwing() : first?.state === 10
      }
    })
    // Of the last four steps the first two are one to the property, and the others are deliveries.
    expect(judgedNodes(property, [1], [0], [0, 0], [0, 1])).toEqual({ answers: "0112", applies: "1111", thrown: boom })
    expect(runs).toBe(3)
  })
  test("is an implication, whose premise may throw", () => {
    const premised = (holds: boolean) =>
      Property.stepInvariant<View>("property", {
        holds: () => holds,
        premise: (_before, { nodes: [first] }, { action }) =>
          action === "deliver Told" ? throwing() : first?.state === 10
      })
    const steps = [[1], [0], [0, 1]]
    expect(judgedNodes(premised(false), ...steps)).toEqual({ answers: "102", applies: "010", thrown: boom })
    expect(judgedNodes(premised(true), ...steps)).toEqual({ answers: "112", applies: "010", thrown: boom })
  })
})

describe("a predicate that answers otherwise when it is run again is refused, by its place and what it was shown:", () => {
  /** True once. */
  const once = () => {
    let calls = 0
    return () => calls++ === 0
  }
  const refused = <Seen>(system: System<Seen>, property: Property<Seen>) => {
    const program = compile(system, [property])
    const checker = checkerOf(program, property as Property<unknown>)
    const followed = follow(program, { initialIndex: 0, ordinals: [0] })
    if (followed._tag === "diverged") throw new Error("diverged")
    checker.evaluate(frameOf(program, followed.states, checker, followed.trace))
    return refusalOf(() => checker.recheck())
  }
  /** The place of a predicate, by a title whose part after a comma is its role. */
  const where = (title: string) => `property "p"${title.replace(/^[^,]*/, "")}`
  const one = '{"left":0,"right":1}'
  const inNodes = JSON.stringify({
    n0: { state: 10, inbox: [] },
    n1: { state: 1, inbox: ['Told {"value":10} from n0'] }
  })

  test.each<[string, Property<Pair>, string]>([
    ["of states", Property.invariant("p", { holds: once() }), one],
    ["of states, premise", Property.invariant("p", { holds, premise: once() }), one],
    ["of runs, from", Property.eventually("p", { holds, from: once() }), one],
    ["of steps", Property.stepInvariant("p", { holds: once() }), `{"left":0,"right":0}, then ${one}`],
    ["of steps, premise", Property.stepInvariant("p", { holds, premise: once() }), `{"left":0,"right":0}, then ${one}`]
  ])("%s", (title, property, input) => {
    expect(refused(pairs(), property)).toMatchObject({ where: where(title), input })
  })

  test.each<[string, Property<View>]>([
    ["of nodes", Property.onEveryNode<number>("p", { holds: once() })],
    ["of nodes, premise", Property.onEveryNode<number>("p", { holds, premise: once() })]
  ])("%s", (title, property) => {
    expect(refused(nodes(), property)).toMatchObject({ where: where(title), input: inNodes })
  })

  test("and no other", () => {
    expect(refused(pairs(), Property.invariant("p", { holds }))).toBe("not refused")
    expect(refused(pairs(), Property.stepInvariant("p", { holds }))).toBe("not refused")
    expect(refused(nodes(), Property.onEveryNode<number>("p", { holds }))).toBe("not refused")
  })
})
