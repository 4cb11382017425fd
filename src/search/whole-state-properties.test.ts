/**
 * Properties that TLA+ has and whole-state models take: what is enabled, fairness of several actions as one, refinement.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { Machine, Network, System, Topology, WholeState } from "../model/index.ts"
import { type Fairness, Property } from "../property/index.ts"
import { explore } from "../../test/explore-given.ts"
import { simulate } from "./random/RandomWalks.ts"

const told = async <View>(system: System<View>, properties: ReadonlyArray<Property<View>>, checkDeterminism = true) =>
  (await Effect.runPromise(explore(system, properties, { checkDeterminism }))).properties.map(({ verdict }) => {
    if (verdict._tag === "failed") return verdict.error
    return "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
  })

type Clock = { readonly hour: number; readonly set: boolean }

/** Goes up to three and stays; `sets` may be taken for ever and changes something once. */
const clock = WholeState.make("clock", {
  variables: { hour: WholeState.variable(Schema.Int, 0), set: WholeState.variable(Schema.Boolean, false) },
  actions: ({ hour, set }) => ({
    adds: WholeState.each(
      [1, 2],
      Effect.fnUntraced(function* (hours) {
        const now = yield* hour.get
        yield* WholeState.when(now + hours <= 3)
        yield* hour.set(now + hours)
      })
    ),
    sets: WholeState.action(set.set(true))
  })
})

test("an action is enabled where a step of it changes something, or where it can be taken at all, as is asked", async () => {
  const enabled = (name: string, action: string, where: (view: Clock) => boolean, steps?: "any") =>
    Property.invariant<Clock>(name, { holds: (view, _, isEnabled) => isEnabled(action, steps) === where(view) })
  const properties = [
    enabled("some way", "adds", ({ hour }) => hour < 3),
    enabled("one instance", "adds(2)", ({ hour }) => hour < 2),
    enabled("changing", "sets", ({ set }) => !set),
    enabled("any", "sets", () => true, "any"),
    enabled("not so", "adds(1)", () => true)
  ]
  for (const checkDeterminism of [true, false]) {
    const verdicts = await told(clock, properties, checkDeterminism)
    expect(verdicts).toEqual(["holds", "holds", "holds", "holds", "violated in 2"])
  }
})

test("a premise and a property about runs can ask what is enabled; an action that does not exist is an error", async () => {
  const properties = [
    Property.invariant<Clock>("three", {
      premise: (_, __, enabled) => !enabled("adds"),
      holds: ({ hour }, _, enabled) => enabled("adds") || hour === 3
    }),
    Property.eventually<Clock>("adds no more", { holds: (_, __, enabled) => !enabled("adds"), stable: true }),
    Property.invariant<Clock>("unknown", { holds: (_, __, enabled) => enabled("adds(7)") })
  ]
  expect(await told(clock, properties)).toEqual([
    "holds",
    "holds",
    'RangeError: no action is named "adds(7)": there are "adds", "sets"'
  ])
})

test("properties of nodes are told that they cannot ask", async () => {
  const Ping = Schema.TaggedStruct("Ping", {})
  const machine = Machine.make("quiet", {
    state: Schema.Int,
    messages: [Ping],
    initial: () => 0
  }).handlers({ Ping: (state) => Effect.succeed(state) })
  const system = System.make("quiet", { machine, topology: Topology.allToAll(2), network: Network.unordered() })
  const asks = Property.invariant<unknown>("asks", { holds: (_, __, enabled) => enabled("deliver Ping") })
  expect(await told(system as never, [asks])).toEqual([
    "TypeError: only properties of whole-state models can ask whether an action is enabled"
  ])
})

/** A light that two switches turn on, and a third turns off; nothing else happens. */
const light = WholeState.make("light", {
  variables: { on: WholeState.variable(Schema.Boolean, false), turn: WholeState.variable(Schema.Int, 0) },
  actions: ({ on, turn }) => ({
    // Enabled by turns: switch 0 in turn 0, switch 1 in turn 1.
    switches: WholeState.each(
      [0, 1],
      Effect.fnUntraced(function* (each) {
        yield* WholeState.when((yield* turn.get) === each && !(yield* on.get))
        yield* on.set(true)
      })
    ),
    turns: WholeState.action(Effect.flatMap(turn.get, (value) => turn.set(1 - value)))
  })
})

test("fairness of an action with any parameter demands more of a run than fairness for each parameter", async () => {
  const lit = (name: string, fairness: Fairness) =>
    Property.eventually<{ readonly on: boolean }>(name, { holds: ({ on }) => on, fairness })
  const properties = [
    // Each switch is enabled again and again, and never for ever: for each parameter, weak fairness owes nothing.
    lit("weak, each", { actions: { switches: "weak", turns: "weak" } }),
    lit("weak, any", { together: [{ actions: ["switches"], fairness: "weak" }], actions: { turns: "weak" } }),
    lit("strong, each", { actions: { switches: "strong", turns: "weak" } }),
    lit("weak, one", { together: [{ actions: ["switches(0)"], fairness: "weak" }] }),
    lit("strong, one", { default: "none", together: [{ actions: ["switches(0)"], fairness: "strong" }] }),
    lit("strong, one, and it turns", {
      default: "none",
      actions: { turns: "weak" },
      together: [{ actions: ["switches(0)"], fairness: "strong" }]
    }),
    lit("a disjunction with what turns", { together: [{ actions: ["switches", "turns"], fairness: "strong" }] }),
    lit("by instance", { default: "none", actions: { "switches(0)": "strong", "switches(1)": "weak" } })
  ]
  expect(await told(light, properties)).toEqual([
    "violated in 2",
    "holds",
    "holds",
    "violated in 2",
    // The run that stops in turn 1 does not enable switch 0.
    "violated in 1",
    "holds",
    "violated in 2",
    "holds"
  ])
})

test("fairness of an action that does not exist is refused by name", async () => {
  const fairness: Fairness = { together: [{ actions: ["switches(2)"], fairness: "weak" }] }
  const property = Property.eventually<unknown>("lit", { holds: () => false, fairness })
  const refused = await Effect.runPromise(Effect.flip(explore(light as never, [property])))
  expect(refused.detail).toBe('"switches(2)" is none of "switches", "turns"')
})

/** Hours that go up one by one. */
const hours = (first: number) =>
  WholeState.make("hours", {
    variables: { hour: WholeState.variable(Schema.Int, first) },
    actions: ({ hour }) => ({ ticks: WholeState.action(Effect.flatMap(hour.get, (value) => hour.set(value + 1))) })
  })

const refining = (first: number, map: (view: Clock) => { readonly hour: number }) =>
  Property.refines<Clock, { readonly hour: number }>("hours", { abstract: hours(first), map })

test("a refinement maps initial states and every step: to a step, or to no change", async () => {
  const properties = [
    refining(0, ({ hour }) => ({ hour: Math.floor(hour / 2) })),
    refining(0, ({ hour }) => ({ hour })),
    refining(1, ({ hour }) => ({ hour })),
    refining(0, ({ hour }) => ({ hour: hour / 0.7 })),
    refining(0, () => ({}) as { readonly hour: number })
  ]
  const names = properties.map((property, index) => ({ ...property, name: `hours ${index}` }))
  expect(await told(clock, names)).toEqual([
    "holds",
    "violated in 1",
    "violated in 0",
    expect.stringMatching(/^TypeError: the mapping gives no state of hours: /),
    'TypeError: the mapping gives no state of hours: it has no "hour"'
  ])
})

test("what does not refine is shown with both mapped states", async () => {
  const properties = [
    refining(0, ({ hour }) => ({ hour })),
    { ...refining(1, ({ hour }) => ({ hour })), name: "from one" }
  ]
  const { properties: results } = await Effect.runPromise(explore(clock, properties))
  const why = results.map(({ verdict }) => ("because" in verdict ? verdict.because : ""))
  expect(why).toEqual([
    "The step maps to no step of hours: from hour: 0 to hour: 2.",
    "The initial state maps to no initial state of hours: hour: 0."
  ])
})

test("random walks find a step that does not refine", async () => {
  const walked = await Effect.runPromise(
    simulate(clock, [refining(0, ({ hour }) => ({ hour }))], { walks: 20, seed: 1 })
  )
  expect(walked.properties[0]?.verdict).toMatchObject({ _tag: "violated", evidence: { steps: [{ label: "adds(2)" }] } })
})

test("random walks judge where they begin by what a refinement demands of initial states, and no later state", async () => {
  const same = ({ hour }: { readonly hour: number }) => ({ hour })
  const walked = async (first: number) => {
    const refines = Property.refines("hours", { abstract: hours(0), map: same })
    return (await Effect.runPromise(simulate(hours(first), [refines], { walks: 2, maxSteps: 3, seed: 1 })))
      .properties[0]
  }
  expect((await walked(1))?.verdict).toMatchObject({ _tag: "violated", evidence: { steps: [] } })
  // Of each walk the first state and three steps.
  expect((await walked(0))?.verdict).toEqual({ _tag: "inconclusive", why: "random walks", checked: 8 })
})
