/**
 * Runs of a whole-state model's actions, counted with what they read.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { WholeState } from "../../model/index.ts"
import { ActionCosts } from "./ActionCosts.ts"
import { Successors } from "../Program.ts"
import { wholeStateProgram } from "./WholeStateProgram.ts"

/** A family between two variables. */
const model = WholeState.make("letters", {
  variables: {
    few: WholeState.variable(Schema.Int, 0),
    boxes: WholeState.family(3, Schema.Int, 0),
    many: WholeState.variable(Schema.Int, 0),
    unread: WholeState.variable(Schema.Int, 0)
  },
  actions: ({ boxes, few, many }) => ({
    idle: WholeState.action(Effect.void),
    turn: WholeState.action(Effect.flatMap(few.get, (value) => few.set(1 - value))),
    post: WholeState.each(
      [0, 1],
      Effect.fnUntraced(function* (box) {
        yield* WholeState.when((yield* few.get) === 0)
        const next = Math.min(4, (yield* many.get) + 1)
        yield* many.set(next)
        yield* boxes.at(box).set((yield* boxes.at(box).get) + 0)
      })
    )
  })
})

test("an action that never ran has no runs and reads nothing", () => {
  expect(new ActionCosts(model).all(() => 7)).toEqual([
    { action: "idle", runs: 0, reads: [] },
    { action: "turn", runs: 0, reads: [] },
    { action: "post", runs: 0, reads: [] }
  ])
})

test("the most often run stands first, what has most values first among its reads, equals as they were declared", () => {
  const costs = new ActionCosts(model)
  for (const slot of [5, 4, 3, 1, 0, 1]) costs.read("post", slot)
  costs.read("turn", 2)
  for (const action of ["post", "turn", "turn", "post", "turn", "idle", "idle"]) costs.ran(action)
  // Slots: few, boxes[0], boxes[1], boxes[2], many, unread.
  expect(costs.all((slot) => [3, 2, 90, 8, 20, 3][slot]!)).toEqual([
    { action: "turn", runs: 3, reads: [{ variable: "boxes", values: 90 }] },
    { action: "idle", runs: 2, reads: [] },
    {
      action: "post",
      runs: 2,
      reads: [
        { variable: "many", values: 20 },
        { variable: "boxes", values: 8 },
        { variable: "few", values: 3 },
        { variable: "unread", values: 3 }
      ]
    }
  ])
})

test.each([
  [false, 1],
  [true, 2]
])("a program counts what it runs; with comparing %s %d times", (checkDeterminism, times) => {
  const program = wholeStateProgram(model, { observers: [], checkDeterminism })
  const out = new Successors()
  const seen = new Set<string>()
  const visit = (state: Int32Array): void => {
    if (seen.has(state.join())) return
    seen.add(state.join())
    out.clear()
    program.expand(state, out)
    const next: Array<Int32Array> = []
    for (let at = 0; at < out.length; at += 4 + 2 * out.data[at + 3]!) {
      const to = state.slice()
      for (let edit = 0; edit < out.data[at + 3]!; edit++)
        to[out.data[at + 4 + 2 * edit]!] = out.data[at + 5 + 2 * edit]!
      next.push(to)
    }
    next.forEach(visit)
  }
  program.initial.forEach(visit)
  const costs = program.costs()!
  // Two values of `few`, five of `many`: `post` finds the one of `few` and all of `many`, or the other and stops.
  expect(costs).toEqual([
    {
      action: "post",
      runs: 12 * times,
      reads: [
        { variable: "many", values: 5 },
        { variable: "few", values: 2 },
        { variable: "boxes", values: 1 }
      ]
    },
    { action: "turn", runs: 2 * times, reads: [{ variable: "few", values: 2 }] },
    { action: "idle", runs: Number(times), reads: [] }
  ])
  expect(costs.reduce((sum, { runs }) => sum + runs, 0)).toBe(program.handlerRuns())
})
