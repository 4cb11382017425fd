/**
 * The values of whole-state models: initial states, what traces and properties are shown, and that what actions set is
 * kept. Last, random models against the reference explorer.
 */
import { Effect, Schema } from "effect"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { entriesOf, initialStatesOf } from "../../../test/programs.ts"
import { agreementOnVariables } from "../../../test/trust/agreement.ts"
import { randomVariablesCases } from "../../../test/trust/variable-arbitraries.ts"
import { WholeState, type WholeState as WholeStateModel } from "../../model/index.ts"
import type { Program } from "../Program.ts"
import { wholeStateProgram } from "./WholeStateProgram.ts"

const programOf = (model: WholeStateModel<unknown>): Program =>
  wholeStateProgram(model, { observers: [], checkDeterminism: false })

describe("what actions set is kept", () => {
  test("when an action sets more variables than there was room for", () => {
    const program = programOf(
      WholeState.make("wide", {
        variables: {
          ready: WholeState.variable(Schema.Int, 0),
          all: WholeState.family(1_100, Schema.Int, 0)
        },
        actions: ({ all, ready }) => ({
          start: WholeState.action(ready.set(1)),
          fill: WholeState.action(Effect.all(Array.from({ length: 1_100 }, (_, at) => all.at(at).set(at))))
        })
      }) as never
    )
    const [started, filled] = entriesOf(program, program.initial[0]!)
    expect([started?.edits, program.snapshot(started!.next)["ready"]]).toEqual([1, 1])
    expect(filled?.edits).toBe(1_100)
    const after = Array.from({ length: 1_100 }, (_, at) => [`all[${at}]`, at])
    expect(program.snapshot(filled!.next)).toEqual({ ready: 0, ...Object.fromEntries(after) })
  })

  test("to the last integer that there was room for, and past it", () => {
    // One integer for the action that sets nothing, then three for each that sets one variable: 1 + 1 + 3 · 341 = 1,025.
    const program = programOf(
      WholeState.make("exact", {
        variables: { value: WholeState.variable(Schema.Int, ...Array.from({ length: 700 }, (_, value) => value)) },
        actions: ({ value }) => ({
          idle: WholeState.action(Effect.void),
          next: WholeState.action(Effect.flatMap(value.get, (now) => value.set(now + 1)))
        })
      })
    )
    for (const state of [...program.initial, ...program.initial]) {
      const { value } = program.snapshot(state)
      const found = entriesOf(program, state).map(({ next }) => program.snapshot(next)["value"])
      expect(found).toEqual([value, (value as number) + 1])
    }
  })
})

describe("a view", () => {
  const model = () =>
    WholeState.make("shown", {
      variables: {
        first: WholeState.variable(Schema.String, "a"),
        all: WholeState.family(2, Schema.String, "b", "c"),
        none: WholeState.family(0, Schema.String)
      },
      actions: () => ({})
    })

  test("has every variable by name, a family as a list", () => {
    const program = programOf(model())
    const [state] = program.initial.slice(2)
    const view = program.view((position) => state![position]!)
    expect(view).toEqual({ first: "a", all: ["c", "b"], none: [] })
    expect(Object.keys(view as object)).toEqual(["first", "all", "none"])
    expect(program.snapshot(state!)).toEqual({ first: "a", "all[0]": "c", "all[1]": "b" })
  })

  test("reads only what it is asked for", () => {
    const program = programOf(model())
    const read: Array<number> = []
    const view = program.view((position) => (read.push(position), 0)) as ReturnType<typeof model>["View"]
    expect(view?.all[1]).toBe("b")
    expect([view?.first, read]).toEqual(["a", [2, 0]])
  })

  test("is of one position for each variable", () => {
    const program = programOf(model())
    expect(program.positions).toEqual([0, 1, 2].map((slot) => ({ slot, project: undefined })))
    expect(program.slots).toBe(3)
  })
})

test("the initial states are every combination of initial values, equal ones once", () => {
  const program = programOf(
    WholeState.make("start", {
      variables: {
        set: WholeState.variable(Schema.ReadonlySet(Schema.Int), new Set([1, 2]), new Set([2, 1]), new Set<number>()),
        flag: WholeState.variable(Schema.Boolean, true, false)
      },
      actions: () => ({})
    })
  )
  expect(initialStatesOf(program)).toEqual([
    { set: new Set([1, 2]), flag: true },
    { set: new Set([1, 2]), flag: false },
    { set: new Set(), flag: true },
    { set: new Set(), flag: false }
  ])
})

test("a state of one variable has two slots, the second of which is always the same; values have hashes of their own", () => {
  const of = (...initials: ReadonlyArray<number>) =>
    programOf(
      WholeState.make("one", { variables: { one: WholeState.variable(Schema.Int, ...initials) }, actions: () => ({}) })
    )
  const program = of(1, 2)
  expect([program.slots, program.initial, program.hashes.length]).toEqual([
    2,
    [Int32Array.of(0, 0), Int32Array.of(1, 0)],
    2
  ])
  // Found in another order, a value has another id and the same hash.
  const other = of(2, 1)
  const hash = ({ hashes }: Program, slot: number, id: number) => [hashes[slot]?.low[id], hashes[slot]?.high[id]]
  expect([hash(program, 0, 0), hash(program, 0, 1)]).toEqual([hash(other, 0, 1), hash(other, 0, 0)])
  expect(hash(program, 0, 0)).not.toEqual(hash(program, 0, 1))
  expect(hash(program, 1, 0)).toEqual([0, 0])
})
test("forty random models are explored as the reference explorer explores them", async () => {
  for (const random of fc.sample(randomVariablesCases, { numRuns: 40, seed: 1 })) {
    expect((await agreementOnVariables(random))._tag).not.toBe("differed")
  }
})
