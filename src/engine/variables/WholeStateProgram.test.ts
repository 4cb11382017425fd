/**
 * Tiny whole-state models as programs: their successors in order, and how often each action runs.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { entriesOf, initialStatesOf, refusalOf, stepsOf } from "../../../test/programs.ts"
import { Choice, WholeState, type WholeState as WholeStateModel } from "../../model/index.ts"
import { type Program, Successors } from "../Program.ts"
import { wholeStateProgram } from "./WholeStateProgram.ts"

const programOf = (model: WholeStateModel<unknown>, checkDeterminism = false): Program =>
  wholeStateProgram(model, { observers: [], checkDeterminism })

/** Two counters up to 2, one of which can be lost; `copy` sets the right one to what the left one was. */
const counters = () =>
  WholeState.make("counters", {
    variables: { left: WholeState.variable(Schema.Int, 0, 1), right: WholeState.variable(Schema.Int, 5) },
    actions: ({ left, right }) => ({
      add: WholeState.each(
        [1, 2],
        Effect.fnUntraced(function* (amount) {
          const value = yield* left.get
          yield* WholeState.when(value + amount <= 2)
          yield* left.set(value + amount)
        })
      ),
      copy: WholeState.action(
        Effect.gen(function* () {
          yield* right.set(yield* left.get)
          yield* left.set(9)
          yield* left.set(yield* left.get)
        })
      ),
      lose: WholeState.action(left.set(0))
    }),
    faults: ["lose"]
  })

describe("successors", () => {
  test("are those of every enabled action in order, one for each value of its parameter", () => {
    const program = programOf(counters())
    expect(initialStatesOf(program)).toEqual([
      { left: 0, right: 5 },
      { left: 1, right: 5 }
    ])
    expect(stepsOf(program, program.initial[0]!)).toEqual([
      ["add(1)", { left: 1, right: 5 }],
      ["add(2)", { left: 2, right: 5 }],
      ["copy", { left: 0, right: 0 }],
      ["lose", { left: 0, right: 5 }]
    ])
    expect(stepsOf(program, program.initial[1]!)).toEqual([
      ["add(1)", { left: 2, right: 5 }],
      ["copy", { left: 1, right: 1 }],
      ["lose", { left: 0, right: 5 }]
    ])
  })

  test("name their action by its place in the declaration, happen at no node and note nothing", () => {
    const program = programOf(counters())
    expect(program.actions).toEqual([
      { name: "add", fault: false },
      { name: "copy", fault: false },
      { name: "lose", fault: true }
    ])
    const found = entriesOf(program, program.initial[1]!)
    // `copy` sets two variables, one of them twice: the last value counts.
    expect(found.map(({ next: _, ...head }) => head)).toEqual([
      { action: 0, observations: 0, node: -1, edits: 1 },
      { action: 1, observations: 0, node: -1, edits: 2 },
      { action: 2, observations: 0, node: -1, edits: 1 }
    ])
    expect([program.observations(0), program.remembered(0, 0), program.outcomes(0)]).toEqual([[], undefined, null])
    expect(program.observerSlots).toEqual(new Map())
  })

  test("are the same when they are asked for again, also for only their units", () => {
    const program = programOf(counters())
    // The instances are add(1), add(2), copy and lose; each is a unit of its own.
    expect(program.fairnessClasses).toEqual([
      { action: 0, label: "add(1)" },
      { action: 0, label: "add(2)" },
      { action: 1 },
      { action: 2 }
    ])
    expect([...program.initial].map((state) => program.fairnessClassesOf(state))).toEqual([
      [0, 1, 2, 3],
      [0, 2, 3]
    ])
    const state = program.initial[1]!
    expect(entriesOf(program, state)).toEqual(entriesOf(program, state))
  })

  test("make a state quiescent by their absence", () => {
    const program = programOf(counters())
    const out = new Successors()
    expect(program.isQuiescent(program.initial[0]!, out)).toBe(true)
    program.expand(program.initial[0]!, out)
    expect(program.isQuiescent(program.initial[0]!, out)).toBe(false)
  })
})

test("a step is described as an action of no node, by its place among the successors; past the last there is none", () => {
  const program = programOf(counters())
  const state = program.initial[1]!
  expect(program.describeStep(state, 1)).toEqual({
    kind: "action",
    action: 1,
    label: "copy",
    node: undefined,
    received: undefined,
    sent: [],
    unsent: [],
    observations: []
  })
  expect(program.describeStep(state, 2)).toMatchObject({ action: 2, label: "lose" })
  expect(refusalOf(() => program.describeStep(state, 3))).toEqual(new RangeError("no successor 3"))
})

describe("an action runs", () => {
  /** `pick` reads the member of the family that `place` names. */
  const lookup = () =>
    WholeState.make("lookup", {
      variables: {
        place: WholeState.variable(Schema.Int, 0, 1),
        all: WholeState.family(2, Schema.Int, 0, 1),
        seen: WholeState.variable(Schema.Int, 0, 1)
      },
      actions: ({ all, place, seen }) => ({
        pick: WholeState.action(
          Effect.gen(function* () {
            const at = yield* place.get
            yield* seen.set((yield* all.at(at).get) + (yield* all.at(at).get) + at)
          })
        )
      })
    })

  test("once for each combination of the values that it read, however many states share it", () => {
    const program = programOf(lookup())
    // 2⁴ states; the place and what stands there are four combinations.
    expect(program.initial.length).toBe(16)
    for (const state of program.initial) {
      const { all, place } = program.snapshot(state) as { place: number; all: undefined }
      expect(all).toBe(undefined)
      const before = program.snapshot(state)
      const there = before[`all[${place}]`] as number
      expect(stepsOf(program, state)).toEqual([["pick", { ...before, seen: 2 * there + place }]])
    }
    expect(program.handlerRuns()).toBe(4)
    expect(program.guards()).toEqual([{ enabled: 4, disabled: 0 }])
  })

  test("twice for each when determinism is checked, and is counted once", () => {
    const program = programOf(lookup(), true)
    for (const state of program.initial) program.fairnessClassesOf(state)
    expect(program.handlerRuns()).toBe(8)
    expect(program.guards()).toEqual([{ enabled: 4, disabled: 0 }])
  })

  test("once for each of the values of one variable, whatever other actions learned in between", () => {
    const program = programOf(
      WholeState.make("sums", {
        variables: {
          many: WholeState.variable(Schema.Int, 0, 1, 2, 3, 4, 5, 6, 7, 8),
          few: WholeState.variable(Schema.Int, 10, 20, 30),
          sum: WholeState.variable(Schema.Int, 0),
          more: WholeState.family(4, Schema.Int, 0)
        },
        actions: ({ few, many, more, sum }) => ({
          clear: WholeState.action(Effect.forEach([0, 1, 2, 3], (at) => more.at(at).set(1), { discard: true })),
          add: WholeState.action(
            Effect.gen(function* () {
              yield* sum.set((yield* few.get) + (yield* many.get))
            })
          )
        })
      })
    )
    for (const state of [...program.initial, ...program.initial]) {
      const { few, many } = program.snapshot(state) as { few: number; many: number }
      const sums = entriesOf(program, state).map(({ next }) => program.snapshot(next)["sum"])
      expect(sums).toEqual([0, few + many])
    }
    expect(program.handlerRuns()).toBe(1 + 9 * 3)
  })

  test("once though it read one of thousands of values", () => {
    const program = programOf(
      WholeState.make("thousands", {
        variables: { value: WholeState.variable(Schema.Int, ...Array.from({ length: 4_200 }, (_, value) => value)) },
        actions: ({ value }) => ({
          next: WholeState.action(Effect.flatMap(value.get, (now) => value.set((now + 1) % 4_200)))
        })
      })
    )
    // Values from 4,096 on are found by hash.
    for (const value of [0, 3, 4_095, 4_096, 4_199]) {
      const state = program.initial[value]!
      expect(stepsOf(program, state)).toEqual([["next", { value: (value + 1) % 4_200 }]])
    }
    expect(program.handlerRuns()).toBe(5)
  })

  test("as a disabled one wherever its condition is false, whatever it set before, and sets nothing then", () => {
    const program = programOf(
      WholeState.make("late", {
        variables: { on: WholeState.variable(Schema.Boolean, false, true), value: WholeState.variable(Schema.Int, 0) },
        actions: ({ on, value }) => ({
          late: WholeState.action(
            Effect.gen(function* () {
              yield* value.set(1)
              yield* WholeState.when(yield* on.get)
            })
          ),
          idle: WholeState.action(Effect.void),
          never: WholeState.action(WholeState.when(false))
        })
      })
    )
    expect(program.initial.map((state) => stepsOf(program, state))).toEqual([
      [["idle", { on: false, value: 0 }]],
      [
        ["late", { on: true, value: 1 }],
        ["idle", { on: true, value: 0 }]
      ]
    ])
    expect(program.guards()).toEqual([
      { enabled: 1, disabled: 1 },
      { enabled: 1, disabled: 0 },
      { enabled: 0, disabled: 1 }
    ])
    expect(program.handlerRuns()).toBe(4)
  })
})

describe("an action that chooses", () => {
  /** `sum` adds what it chose to the variable; from 1 on it chooses twice. */
  const choosing = (start: number) =>
    WholeState.make("choosing", {
      variables: { sum: WholeState.variable(Schema.Int, start) },
      actions: ({ sum }) => ({
        reset: WholeState.action(sum.set(0)),
        sum: WholeState.action(
          Effect.gen(function* () {
            const first = yield* Choice.among([10, 20])
            const value = yield* sum.get
            const second = value === 0 ? 0 : yield* Choice.among([1, 2, 3])
            yield* WholeState.when(first + second !== 22)
            yield* sum.set(value + first + second)
          })
        ),
        only: WholeState.action(Effect.flatMap(Choice.among([7]), sum.set))
      })
    })

  test("has a successor for every alternative in order; each is named by its number where there are several", () => {
    const program = programOf(choosing(0))
    const state = program.initial[0]!
    expect(stepsOf(program, state)).toEqual([
      ["reset", { sum: 0 }],
      ["sum, choice 0", { sum: 10 }],
      ["sum, choice 1", { sum: 20 }],
      ["only", { sum: 7 }]
    ])
    expect([program.fairnessClassesOf(state), program.handlerRuns()]).toEqual([[0, 1, 1, 2], 4])
  })

  test("has one for every combination of alternatives that leaves it enabled, and runs once for each", () => {
    const program = programOf(choosing(1))
    const state = program.initial[0]!
    expect(stepsOf(program, state)).toEqual([
      ["reset", { sum: 0 }],
      ["sum, choice 0", { sum: 12 }],
      ["sum, choice 1", { sum: 13 }],
      ["sum, choice 2", { sum: 14 }],
      ["sum, choice 3", { sum: 22 }],
      ["sum, choice 4", { sum: 24 }],
      ["only", { sum: 7 }]
    ])
    // Six pairs of alternatives, and one run of each of the others.
    expect([program.fairnessClassesOf(state), program.handlerRuns()]).toEqual([[0, 1, 1, 1, 1, 1, 2], 8])
    expect(program.guards()[1]).toEqual({ enabled: 5, disabled: 1 })
  })

  test("may have more successors than there was room for", () => {
    const program = programOf(
      WholeState.make("wide choice", {
        variables: { value: WholeState.variable(Schema.Int, 0) },
        actions: ({ value }) => ({
          choose: WholeState.action(
            Effect.flatMap(Choice.among(Array.from({ length: 300 }, (_, each) => each)), value.set)
          )
        })
      })
    )
    const found = entriesOf(program, program.initial[0]!)
    expect(found.map(({ next }) => program.snapshot(next)["value"])).toEqual(
      Array.from({ length: 300 }, (_, each) => each)
    )
  })
})
