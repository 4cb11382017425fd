/**
 * The program of a system and the properties to check, and the refusals before the search.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { refusalOf } from "../../test/programs.ts"
import { type ClockModel, Clocks, Machine, System, Topology, WholeState, Workload } from "../model/index.ts"
import { type Fairness, Observer, Property } from "../property/index.ts"
import { compile, judgedApart, refuseNamesakes } from "./compile.ts"
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

describe("what is not composed correctly is refused by name:", () => {
  const refused = (where: string, detail: string) => ({
    system: "nodes",
    where,
    offence: "is not composed correctly",
    input: "",
    detail
  })

  test("two properties of one name", () => {
    const [one, other] = [{ name: "one" }, { name: "other" }]
    expect(refusalOf(() => refuseNamesakes("nodes", [one, other]))).toBe("not refused")
    expect(refusalOf(() => refuseNamesakes("nodes", [one, other, { name: "other" }]))).toEqual(
      refused("the list of properties", "two are named “other”: each takes a name of its own")
    )
  })

  test("parts that no constructor would take, and an error of another kind is none of the system", () => {
    const system = { ...nodes(), topology: { ...Topology.allToAll(1), neighbours: [[1]] } }
    expect(refusalOf(() => compile(system, []))).toMatchObject(refused("the system", expect.stringMatching(/node 1/)))
    expect(() => compile({ ...nodes(), topology: undefined as never }, [])).toThrow(TypeError)
  })

  test("a property about runs of a model with constraints, and no other property", () => {
    const bounded = { ...variables(), name: "nodes", constraint: () => true }
    expect(refusalOf(() => compile<unknown>(bounded, [plain]))).toBe("not refused")
    expect(refusalOf(() => compile<unknown>(bounded, [plain, eventually({})]))).toEqual(
      refused(
        'property "soon" of what happens eventually',
        "a run that leaves the constraint is cut off there, so that no search of what is inside decides it: bound the model by guards in its actions instead"
      )
    )
  })
})

test("properties about runs are judged apart where an observer of another property is there, those of one observer together", () => {
  const [left, right] = [seen("left"), seen("right")]
  const runs = (observer?: Observer<number>) =>
    Property.eventually<unknown, number>("runs", { holds: () => true, ...(observer && { observer }) })
  const [one, other, none] = [runs(left), runs(left), runs()]
  expect(judgedApart([one, plain, other])).toEqual([])
  expect(judgedApart([none, plain])).toEqual([])
  expect(judgedApart([one, watching(right), none, other])).toEqual([[one, other], [none]])
  expect(judgedApart([none, watching(right)])).toEqual([[none]])
})

test("steps are taken in the order of time where there are clocks", () => {
  const environment = (clocks?: ClockModel) => {
    const program = compile<unknown>({ ...nodes(), clocks }, [])
    return program.snapshot(program.initial[0]!)["environment"]
  }
  expect([environment(), environment(Clocks.perfect({ horizon: 1 }))]).toEqual([
    undefined,
    expect.objectContaining({ now: 0 })
  ])
})
