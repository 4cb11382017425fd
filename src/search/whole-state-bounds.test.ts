/**
 * Bounds of whole-state models with TLC's meaning, by counters whose every state can be written down.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { ModelRefused } from "../engine/index.ts"
import { type System, type ViewOf, WholeState } from "../model/index.ts"
import { Property } from "../property/index.ts"
import { judgedOf } from "../property/no-deadlock.ts"
import { encodeSchedule } from "../trace/ReplayId.ts"
import { replay } from "../trace/replay.ts"
import { drawnGraphOf } from "../trace/DrawnGraph.ts"
import { scheduleOf } from "../trace/Trace.ts"
import { explore } from "../../test/explore-given.ts"
import { simulate } from "./random/RandomWalks.ts"

type Count = { readonly count: number }

const counter = (bounds: {
  readonly initial?: ((state: Count) => boolean) | ReadonlyArray<Partial<Count>>
  readonly constraint?: (state: Count) => boolean
  readonly actionConstraint?: (before: Count, after: Count) => boolean
}) =>
  WholeState.make("counter", {
    variables: { count: WholeState.variable(Schema.Int, 0, 1, 9) },
    actions: ({ count }) => ({
      one: WholeState.action(Effect.flatMap(count.get, (value) => count.set(value + 1))),
      two: WholeState.action(Effect.flatMap(count.get, (value) => count.set(value + 2)))
    }),
    ...bounds
  })

/** Far more states than any model here has inside its bounds. */
const limits = { states: 1_000 }

const found = <View>(system: System<View>, properties: ReadonlyArray<Property<View>> = [], depth = Infinity) =>
  Effect.runPromise(explore(system, properties, { limits: { ...limits, depth }, checkDeterminism: true }))

const below = (most: number) => Property.invariant<Count>(`at most ${most}`, { holds: ({ count }) => count <= most })

const verdicts = ({ properties }: Awaited<ReturnType<typeof found>>) =>
  properties.map(({ verdict }) =>
    "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
  )

test("what is outside a constraint is generated, and neither distinct nor expanded", async () => {
  // Inside: 0 to 3. From 2 the step by two, from 3 both lead outside; the initial state 9 is outside.
  const all = await found(counter({ constraint: ({ count }) => count <= 3 }))
  expect([all.initial, all.distinct, all.generated, all.depth]).toEqual([2, 4, 11, 1])
  expect([all.complete, all.levels, all.outside]).toEqual([true, [2, 2], { initial: 1, successors: 3 }])
})

test("a state outside is judged by invariants, in the fewest steps to it, and its trace can be taken again", async () => {
  const system = counter({ constraint: ({ count }) => count <= 3, initial: [{ count: 0 }] })
  const properties = [below(3), below(5), Property.reachable<Count>("five", { holds: ({ count }) => count === 5 })]
  const all = await found(system, properties)
  expect(verdicts(all)).toEqual(["violated in 2", "holds", "reached in 3"])
  // 0 to 3 are distinct; outside is met four twice and five once.
  expect(all.properties[1]?.verdict).toEqual({ _tag: "holds", checked: 7 })
  for (const { name, verdict } of all.properties) {
    if (!("evidence" in verdict)) continue
    const again = replay(system, properties, encodeSchedule(scheduleOf(verdict.evidence)))
    expect(again._tag === "replayed" ? again.decided.includes(name) : again).toBe(true)
  }
})

test("an initial state outside is judged, and no run starts there", async () => {
  const properties = [below(8), Property.reachable<Count>("ten", { holds: ({ count }) => count >= 10 })]
  const all = await found(counter({ constraint: ({ count }) => count <= 3 }), properties)
  expect(verdicts(all)).toEqual(["violated in 0", "unreached"])
  const none = await found(counter({ constraint: () => false }), properties)
  expect([none.initial, none.distinct, none.generated, none.depth, none.complete]).toEqual([0, 0, 3, 0, true])
  expect([none.outside, none.bytesPerState, verdicts(none)]).toEqual([
    { initial: 3, successors: 0 },
    0,
    ["violated in 0", "unreached"]
  ])
})

test("an action constraint leaves out steps; a state behind one may be reached by another", async () => {
  const system = counter({
    initial: [{ count: 0 }],
    constraint: ({ count }) => count <= 4,
    actionConstraint: (before, after) => after.count - before.count === 2
  })
  // 0, 2, 4 by twos; from each the step by one is outside, and from 4 the one by two.
  const steps = Property.stepInvariant<Count>("by two", {
    holds: (before, after) => after.count - before.count === 2
  })
  const all = await found(system, [steps, below(5)])
  expect([all.distinct, all.generated, all.outside.successors, all.depth]).toEqual([3, 7, 4, 2])
  expect(verdicts(all)).toEqual(["violated in 1", "violated in 3"])
})

test("an action constraint bounds a search alone, and speaks of every variable", async () => {
  const pair = WholeState.make("pair", {
    variables: { left: WholeState.variable(Schema.Int, 0), right: WholeState.variable(Schema.Int, 0) },
    actions: ({ left, right }) => ({
      left: WholeState.action(Effect.flatMap(left.get, (value) => left.set(value + 1))),
      right: WholeState.action(Effect.flatMap(right.get, (value) => right.set(value + 1)))
    }),
    actionConstraint: (before, after) => after.right <= 1 && after.left <= 3 && before.right <= before.left
  })
  // (0,0) to (3,0), (1,1) to (3,1), and (0,1), from which no step is inside. Outside are both steps from there, one each
  // from (3,0), (1,1) and (2,1), and both from (3,1).
  const all = await found(pair)
  expect([all.distinct, all.generated, all.outside]).toEqual([8, 17, { initial: 0, successors: 7 }])
})

test("a run that ends at a constraint has not ended: nothing is quiescent there", async () => {
  const quiet = Property.atQuiescence<Count>("never", { holds: () => false })
  const all = await found(counter({ constraint: ({ count }) => count <= 3 }), [quiet])
  expect([all.quiescent, all.deadlocked, verdicts(all)]).toEqual([0, 0, ["vacuous"]])
})

test("a depth limit that cuts off only what is outside cuts off nothing", async () => {
  const cut = async (most: number) => {
    const system = counter({ initial: [{ count: 0 }], constraint: ({ count }) => count <= most })
    return (await found(system, [], 1)).stopReason
  }
  expect([await cut(2), await cut(3)]).toEqual([null, "depth limit"])
})

test("what happens eventually is refused where a constraint cuts runs off", async () => {
  const ends = Property.eventually<Count>("ends", { holds: ({ count }) => count > 2 })
  const refused = await Effect.runPromise(Effect.flip(explore(counter({ constraint: () => true }), [ends], { limits })))
  expect(refused).toBeInstanceOf(ModelRefused)
  expect(refused.where).toBe('property "ends" of what happens eventually')
})

test("what a constraint throws is the model's offence, and so is an answer that differs when it is asked again", async () => {
  const boom = () => {
    throw new RangeError("boom")
  }
  const refused = async (bounds: Parameters<typeof counter>[0]) => {
    const { detail, offence, where } = await Effect.runPromise(Effect.flip(explore(counter(bounds), [], { limits })))
    return [where, offence, detail]
  }
  expect(await refused({ constraint: boom })).toEqual(["constraint", "threw", "RangeError: boom"])
  expect(await refused({ actionConstraint: boom })).toEqual(["actionConstraint", "threw", "RangeError: boom"])
  const once = () => {
    let calls = 0
    return () => calls++ < 1
  }
  for (const name of ["constraint", "actionConstraint"]) {
    expect((await refused({ initial: [{ count: 0 }], [name]: once() })).slice(0, 2)).toEqual([
      name,
      "is not deterministic"
    ])
  }
})

test("an initial predicate keeps some of the products; with none left the model is refused", async () => {
  const odd = await found(counter({ initial: ({ count }) => count % 2 === 1, constraint: ({ count }) => count < 10 }))
  expect([odd.initial, odd.outside]).toEqual([2, { initial: 0, successors: 3 }])
  const refused = await Effect.runPromise(Effect.flip(explore(counter({ initial: () => false }), [], { limits })))
  expect(refused.message).toBe(
    [
      "counter: initial is not composed correctly",
      "  it is true of none of 3 states: a model needs one to start in",
      "  Correct the system."
    ].join("\n")
  )
})

test("a list of initial states takes the place of products, and what one leaves out is as declared", async () => {
  const pair = (initial: ReadonlyArray<object>) =>
    WholeState.make("pair", {
      variables: { each: WholeState.family(2, Schema.Int, 0), on: WholeState.variable(Schema.Boolean, false, true) },
      actions: () => ({}),
      initial
    })
  expect((await found(pair([{ each: [1, 2] }, { each: [1, 2], on: true }, { on: false }]))).initial).toBe(3)
  // A variable that every listed state gives needs no value of its own.
  const own = WholeState.make("own", {
    variables: { count: WholeState.variable(Schema.Int) },
    actions: () => ({}),
    initial: [{ count: 1 }, { count: 2 }]
  })
  expect((await found(own)).initial).toBe(2)
  const detail = async (initial: object) => (await Effect.runPromise(Effect.flip(explore(pair([initial]), [])))).detail
  expect(await detail({ each: [1] })).toBe('"each" is a family: it takes an array of 2 values')
  expect(await detail({ off: true })).toBe('"off" is none of "each", "on"')
  expect((await detail({ on: 3 })).startsWith("Expected boolean")).toBe(true)
})

test("random walks end where they leave the constraint, and judge that state", async () => {
  const system = counter({ initial: [{ count: 0 }], constraint: ({ count }) => count <= 3 })
  const properties = [below(3), below(5)]
  const walked = await Effect.runPromise(simulate(system, properties, { walks: 50, seed: 1 }))
  expect(walked.properties.map(({ verdict }) => verdict._tag)).toEqual(["violated", "inconclusive"])
  expect(walked.distinct).toBe(4)
})

test("random walks that end where they leave the constraint have not ended: nothing is quiescent or deadlocked there", async () => {
  const line = (ends: boolean) =>
    WholeState.make("line", {
      variables: { count: WholeState.variable(Schema.Int, 0) },
      actions: ({ count }) => ({
        up: WholeState.action(
          Effect.gen(function* () {
            const now = yield* count.get
            yield* WholeState.when(now < 3)
            yield* count.set(now + 1)
          })
        )
      }),
      constraint: (state) => state.count < 3,
      ends: { why: "on purpose", when: () => ends }
    })
  const quiet = Property.atQuiescence<Count>("never", { holds: () => false })
  for (const ends of [true, false]) {
    const walked = await Effect.runPromise(simulate(line(ends), judgedOf(line(ends), [quiet]), { walks: 2, seed: 1 }))
    expect(walked.properties.map(({ verdict }) => verdict._tag)).toEqual(["inconclusive", "inconclusive"])
  }
})

test("a drawing shows what is inside", () => {
  const drawn = drawnGraphOf(counter({ constraint: ({ count }) => count <= 3 }) as System<unknown>, [], 20)
  expect(drawn?.states.map(({ parts }) => parts)).toEqual([["count: 0"], ["count: 1"], ["count: 2"], ["count: 3"]])
  expect(drawn?.edges.length).toBe(5)
})

test("a run that goes on outside the constraint is none", () => {
  const system = counter({ initial: [{ count: 0 }], constraint: ({ count }) => count <= 1 })
  expect(replay(system, [], "0.1.0")).toMatchObject({ _tag: "diverged", step: 2, possible: [] })
})

test("the type of what properties see is had from the system", () => {
  const system = counter({})
  const view: ViewOf<typeof system> = { count: 3 }
  expect(view.count).toBe(3)
})
