/**
 * What is made of a system and the properties to check, and what is refused before the search.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { refusalOf } from "../../test/programs.ts"
import { Machine, System, Topology, WholeState, Workload } from "../model/index.ts"
import { type Fairness, Observer, Property } from "../property/index.ts"
import { compile } from "./compile.ts"
import { Successors } from "./Program.ts"

const Put = Schema.TaggedStruct("Put", {})

const nodes = () => {
  const machine = Machine.make("register", { state: Schema.Int, operations: [Put], initial: () => 0 }).handlers({
    Put: (state) => Effect.succeed(state + 1)
  })
  return System.make("nodes", {
    machine,
    topology: Topology.allToAll(1),
    workload: Workload.script([[Put.make({})]])
  })
}
const variables = () =>
  WholeState.make("variables", {
    variables: { value: WholeState.variable(Schema.Int, 0) },
    actions: ({ value }) => ({ add: WholeState.action(Effect.flatMap(value.get, (now) => value.set(now + 1))) })
  })

const seen = (name: string) => Observer.make(name, { initial: 0, observe: (count: number) => count + 1 })
const watching = (observer: Observer<number>, name = "watched") =>
  Property.invariant<unknown, number>(name, { observer, holds: () => true })
const plain = Property.invariant<unknown>("plain", { holds: () => true })
const eventually = (fairness: Fairness) => Property.eventually<unknown>("soon", { holds: () => true, fairness })

test("a system of nodes has its nodes in the state, and each observer of the properties once", () => {
  const [left, right] = [seen("left"), seen("right")]
  const program = compile(nodes(), [watching(right), plain, watching(left), watching(right, "again")])
  // One node, then the observers by first mention; nothing is bounded that could change, so no slot for the environment.
  expect([...program.observerSlots].map(([observer, slot]) => [observer === right, slot])).toEqual([
    [true, 1],
    [false, 2]
  ])
  expect(program.snapshot(program.initial[0]!)).toEqual({
    n0: { state: 0, inbox: [] },
    "observed: right": 0,
    "observed: left": 0
  })
  expect(compile(nodes(), [plain]).observerSlots.size).toBe(0)
})

test("a whole-state model has its variables in the state", () => {
  const program = compile(variables(), [plain])
  expect(program.snapshot(program.initial[0]!)).toEqual({ value: 0 })
})

test("a whole-state model notes nothing that could be observed: an observer is refused", () => {
  expect(refusalOf(() => compile(variables(), [plain, watching(seen("writes")), watching(seen("reads"))]))).toEqual({
    system: "variables",
    where: 'property with observer "writes"',
    offence: "is not composed correctly",
    input: "",
    detail: "whole-state models note no observations: keep what the property needs in a variable"
  })
})

test.each([
  ["a system of nodes", nodes],
  ["a whole-state model", variables]
])("each call of %s runs once, or twice if determinism is to be checked", (_, system) => {
  const runs = (...options: [] | [{ readonly checkDeterminism?: boolean }]) => {
    const program = compile<unknown>(system(), [], ...options)
    program.expand(program.initial[0]!, new Successors())
    return program.handlerRuns()
  }
  expect([runs(), runs({}), runs({ checkDeterminism: false }), runs({ checkDeterminism: true })]).toEqual([1, 1, 1, 2])
})

describe("an action that fairness names", () => {
  const compiled = (...fairness: ReadonlyArray<Fairness>) =>
    refusalOf(() => compile<unknown>(variables(), [plain, ...fairness.map(eventually)]))

  test("may be one of the system, or a fault that it does not allow", () => {
    expect(compiled({}, { actions: { add: "strong", crash: "none" } })).toBe("not refused")
  })

  test("is otherwise refused, whichever property names it", () => {
    expect(compiled({ actions: { add: "weak" } }, { actions: { remove: "weak" } })).toEqual({
      system: "variables",
      where: 'the fairness of property "soon"',
      offence: "names an action that does not exist",
      input: "",
      detail: '"remove" is none of "add"'
    })
  })
})
