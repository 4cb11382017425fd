/**
 * Answers that are neither true nor false, and views that someone tries to change, wherever code of a model answers.
 * Whatever JavaScript takes for true would make every property hold.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import type { ModelRefused } from "../engine/index.ts"
import { Machine, type NodesView, System, Topology, WholeState, Workload } from "../model/index.ts"
import { Observer, Property } from "../property/index.ts"
import { explore } from "../../test/explore-given.ts"
import { simulate } from "./random/RandomWalks.ts"

const Raise = Schema.TaggedStruct("Raise", {})

type View = NodesView<{ readonly level: number; readonly seen: ReadonlyArray<number> }>

/** Two nodes, each asked to raise its level once. */
const levels = (guard?: () => boolean) =>
  System.make("levels", {
    machine: Machine.make("gauge", {
      state: Schema.Struct({ level: Schema.Natural, seen: Schema.Array(Schema.Natural) }),
      operations: [Raise],
      initial: () => ({ level: 0, seen: [] })
    }).handlers(
      { Raise: ({ level, seen }) => Effect.succeed({ level: level + 1, seen: [...seen, level] }) },
      guard === undefined ? {} : { guards: { Raise: guard } }
    ),
    topology: Topology.allToAll(2),
    workload: Workload.script([[Raise.make({})], [Raise.make({})]])
  })

const refused = async (run: Effect.Effect<unknown, ModelRefused>) => {
  const { detail, offence, where } = await Effect.runPromise(Effect.flip(run))
  return { detail, offence, where }
}

const neither = (where: string, returned: string, wanted = "true or false") => ({
  where,
  offence: "returned neither true nor false",
  detail: `It returned ${returned}, not ${wanted}.`
})

/** Answers that JavaScript takes for true or false, and what they are called. */
const answers: ReadonlyArray<readonly [() => unknown, string]> = [
  [async () => false, "a promise"],
  [() => Effect.succeed(false), "an Effect"],
  [() => () => false, "a function"],
  [() => undefined, "undefined"],
  [() => 1, "the number 1"],
  [() => "yes", 'the text "yes"']
]

const count = Observer.make("how many were seen", { initial: 0, observe: (seen) => seen + 1 })

type Answer = () => boolean

const properties: ReadonlyArray<readonly [string, (answer: Answer) => Property<View>, string]> = [
  ["an invariant", (holds) => Property.invariant("p", { holds }), ""],
  ["an invariant of every node", (holds) => Property.onEveryNode("p", { holds }), ""],
  ["a step invariant", (holds) => Property.stepInvariant("p", { holds }), ""],
  ["a property of quiescent states", (holds) => Property.atQuiescence("p", { holds }), ""],
  ["a situation", (holds) => Property.reachable("p", { holds }), ""],
  ["a property of runs", (holds) => Property.eventually("p", { holds }), ""],
  ["where a property of runs begins", (from) => Property.eventually("p", { holds: () => true, from }), ", from"],
  ["a premise", (premise) => Property.invariant("p", { holds: () => true, premise }), ", premise"],
  ["a premise of every node", (premise) => Property.onEveryNode("p", { holds: () => true, premise }), ", premise"],
  [
    "a monitor's premise",
    (premise) => Property.monitor("p", { observer: count, rejects: () => undefined, premise }),
    ", premise"
  ]
]

describe.each(properties)("%s", (_what, propertyOf, role) => {
  test.each(answers)("that answers %o is refused as one that returned %s", async (answer, said) => {
    const property = propertyOf(answer as Answer)
    expect(await refused(explore(levels(), [property]))).toEqual(neither(`property "p"${role}`, said))
  })

  test("is refused by random walks as well, but for what they do not judge", async () => {
    const property = propertyOf((() => undefined) as never)
    const walks = simulate(levels(), [property], { walks: 3, seed: 1 })
    const found = await (property.kind === "eventually" ? Effect.runPromise(walks) : refused(walks))
    const expected = neither(`property "p"${role}`, "undefined")
    expect(found).toMatchObject(property.kind === "eventually" ? { walks: 0 } : expected)
  })
})

test.each<readonly [() => unknown, string]>([
  [() => true, "true"],
  [() => false, "false"],
  [() => null, "null"],
  [() => 0, "the number 0"],
  [async () => "late", "a promise"]
])("a monitor whose `rejects` returns %o is refused: a text or undefined is expected", async (rejects, said) => {
  const monitor = Property.monitor<number, View>("p", { observer: count, rejects: rejects as never })
  expect(await refused(explore(levels(), [monitor]))).toEqual(
    neither('property "p", rejects', said, "a text or undefined")
  )
})

test.each(answers)("a guard that answers %o is refused as one that returned %s", async (answer, said) => {
  const guarded = levels(answer as Answer)
  expect(await refused(explore(guarded, []))).toEqual(neither("machine gauge, guard Raise", said))
  const anything = Property.reachable<View>("anything", { holds: () => false })
  expect(await refused(simulate(guarded, [anything], { walks: 1, seed: 1 }))).toEqual(
    neither("machine gauge, guard Raise", said)
  )
})

test("a guard that says no lets nothing happen", async () => {
  expect(
    await Effect.runPromise(
      explore(
        levels(() => false),
        []
      )
    )
  ).toMatchObject({ distinct: 1 })
})

test.each(answers)("a condition %o of an action is refused", async (answer, said) => {
  const model = WholeState.make("counter", {
    variables: { value: WholeState.variable(Schema.Natural, 0) },
    actions: ({ value }) => ({
      count: WholeState.action(Effect.andThen(WholeState.when(answer() as boolean), value.set(1)))
    })
  })
  expect(await refused(explore(model, []))).toEqual({
    where: "action count",
    offence: "returned neither true nor false",
    detail: `WholeState.when was given ${said}, not true or false.`
  })
})

describe("a predicate cannot change what it is shown", () => {
  const changes: ReadonlyArray<readonly [string, (view: View) => unknown]> = [
    ["takes the nodes out", ({ nodes }) => (nodes as Array<unknown>).splice(0)],
    ["turns the nodes round", ({ nodes }) => (nodes as Array<unknown>).reverse()],
    ["puts a node in", ({ nodes }) => (nodes as Array<unknown>).push(1)],
    ["replaces a node's state", ({ nodes }) => Object.defineProperty(nodes[0], "state", { value: 7 })],
    ["adds to a node", ({ nodes }) => Object.assign(nodes[0] as object, { noted: true })],
    ["replaces the nodes", (view) => Object.assign(view, { nodes: [] })],
    ["adds to the view", (view) => Object.assign(view, { noted: true })],
    ["changes a state", ({ nodes }) => Object.assign(nodes[0]!.state, { level: 7 })],
    ["changes a part of a state", ({ nodes }) => (nodes[0]!.state.seen as Array<number>).push(7)],
    ["fills an inbox", ({ nodes }) => (nodes[0]!.inbox as Array<unknown>).push(7)]
  ]

  test.each(changes)("one that %s has thrown", async (_what, change) => {
    const property = Property.invariant<View>("p", { holds: (view) => change(view) !== undefined })
    const { properties } = await Effect.runPromise(explore(levels(), [property]))
    expect(properties[0]?.verdict).toMatchObject({
      _tag: "failed",
      error: expect.stringMatching(/^TypeError: Cannot /)
    })
  })

  test("nor does one that catches what it is thrown leave a trace for its next call", async () => {
    const property = Property.invariant<View>("p", {
      holds: (view) => {
        for (const [, change] of changes) {
          try {
            change(view)
          } catch {
            // As if nothing had been.
          }
        }
        return view.nodes.length === 2 && view.nodes.every(({ state }) => state.level < 1)
      }
    })
    const { properties } = await Effect.runPromise(explore(levels(), [property]))
    expect(properties[0]?.verdict).toMatchObject({ _tag: "violated", evidence: { steps: { length: 1 } } })
  })

  test("nor can it change a step, or the variables of a whole-state model", async () => {
    const step = Property.stepInvariant<View>("p", {
      holds: (_before, _after, step) => Object.assign(step, { noted: true }) !== undefined
    })
    const model = WholeState.make("family", {
      variables: { values: WholeState.family(2, Schema.Natural, 0) },
      actions: () => ({})
    })
    type Family = { readonly values: ReadonlyArray<number> }
    const views = [
      Property.invariant<Family>("array", { holds: ({ values }) => (values as Array<number>).push(1) > 0 }),
      Property.invariant<Family>("view", { holds: (view) => Object.assign(view, { noted: true }) !== undefined })
    ]
    const failed = { verdict: { _tag: "failed" } }
    expect((await Effect.runPromise(explore(levels(), [step]))).properties).toMatchObject([failed])
    expect((await Effect.runPromise(explore(model, views))).properties).toMatchObject([failed, failed])
  })
})

test("a predicate that keeps something from call to call is refused at the end of a search at the latest", async () => {
  let highest = 0
  const monotone = Property.invariant<View>("p", {
    holds: ({ nodes }) =>
      (highest = Math.max(highest, nodes[0]!.state.level + nodes[1]!.state.level)) < 5 && highest < 2
  })
  const found = { where: 'property "p"', offence: "is not deterministic" }
  expect(await refused(explore(levels(), [monotone]))).toMatchObject(found)
  highest = 0
  expect(await refused(simulate(levels(), [monotone], { walks: 5, seed: 1 }))).toMatchObject(found)
  let calls = 0
  const alternating = Property.reachable<View>("p", { holds: ({ nodes }) => nodes[0]!.state.level < 0 && calls++ > 0 })
  expect(await Effect.runPromise(explore(levels(), [alternating], { checkDeterminism: true }))).toMatchObject({
    properties: [{ verdict: { _tag: "unreached" } }]
  })
})

test("choices of a property of runs are refused where they are declared, unless they are one of the allowed", () => {
  const given = (options: object) => () => Property.eventually<View>("p", { holds: () => true, ...options })
  const fairnessKinds = 'one of "none", "weak", "strong", "finite"'
  for (const value of [1, "yes", null, async () => true, Effect.succeed(true), {}]) {
    expect(given({ stable: value })).toThrow(/^Property\.eventually\("p"\): stable .* takes true or false$/)
    expect(given({ fairness: { default: value } })).toThrow(`but it takes ${fairnessKinds}`)
    expect(given({ fairness: { actions: { lose: value } } })).toThrow(`fairness.actions, "lose", is`)
    expect(given({ fairness: { together: [{ actions: ["lose"], fairnessKind: value }] } })).toThrow(
      'but it takes one of "weak", "strong"'
    )
  }
  expect(given({ fairness: { together: [{ actions: "lose", fairnessKind: "weak" }] } })).toThrow("but it takes a list")
  expect(given({ fairness: "weak" })).toThrow('fairness is "weak", but it takes { default, actions, together }')
  expect(given({ stable: true, fairness: { default: "finite" } })).not.toThrow()
})

test("steps that enable an action are changing ones or any; another word is an error of the property", async () => {
  const model = WholeState.make("counter", {
    variables: { value: WholeState.variable(Schema.Natural, 0) },
    actions: ({ value }) => ({ count: WholeState.action(value.set(1)) })
  })
  const property = Property.invariant<unknown>("p", { holds: (_view, _remembered, is) => is("count", "all" as never) })
  const { properties } = await Effect.runPromise(explore(model, [property]))
  expect(properties[0]?.verdict).toMatchObject({
    _tag: "failed",
    error: expect.stringContaining('enabled: steps is "all", but it takes one of "changing", "any"')
  })
})

test("an action of which a property asks whether it is enabled is run again at the end of a search", async () => {
  let highest = 0
  const model = WholeState.make("counter", {
    variables: { value: WholeState.variable(Schema.Natural, 0) },
    actions: ({ value }) => ({
      count: WholeState.action(
        Effect.flatMap(value.get, (now) => {
          highest = Math.max(highest, now)
          return Effect.andThen(WholeState.when(highest < 2), value.set(now + 1))
        })
      )
    })
  })
  const asks = Property.invariant<unknown>("p", { holds: (_view, _remembered, enabled) => enabled("count") || true })
  expect(await refused(explore(model, [asks]))).toMatchObject({
    where: "action count",
    offence: "is not deterministic"
  })
})

test("an action that breaks a rule when a property asks about it is refused, also where no run goes on", async () => {
  const model = WholeState.make("counter", {
    variables: { value: WholeState.variable(Schema.Natural, 0) },
    actions: ({ value }) => ({
      count: WholeState.action(
        Effect.flatMap(value.get, (now) =>
          Effect.andThen(WholeState.when(now === 0 || (1 as never)), value.set(now + 1))
        )
      )
    }),
    constraint: ({ value }) => value === 0
  })
  const asks = Property.invariant<unknown>("p", { holds: (_view, _remembered, enabled) => enabled("count") || true })
  expect(await refused(explore(model, [asks]))).toEqual({
    where: "action count",
    offence: "returned neither true nor false",
    detail: "WholeState.when was given the number 1, not true or false."
  })
})
