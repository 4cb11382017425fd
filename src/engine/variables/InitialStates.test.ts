/**
 * Initial states of whole-state models as plain values, what is refused of them, and states that are given by their
 * variables.
 */
import { Schema } from "effect"
import { expect, test } from "vitest"
import { initialStatesOf, refusalOf } from "../../../test/programs.ts"
import { WholeState } from "../../model/index.ts"
import { wholeStateProgram } from "./WholeStateProgram.ts"

type Initial = (state: { readonly word: string; readonly each: ReadonlyArray<number> }) => boolean
type Listed = ReadonlyArray<{ readonly word?: unknown; readonly each?: unknown; readonly off?: unknown }>

/** A word and two numbers, each of its own kind of values. */
const words = (initial?: Initial | Listed) =>
  WholeState.make("words", {
    variables: { word: WholeState.variable(Schema.String, "a", "b"), each: WholeState.family(2, Schema.Int, 0) },
    actions: () => ({}),
    ...(initial === undefined ? {} : { initial: initial as Initial })
  })

const programOf = <View>(model: WholeState<View>, checkDeterminism = false) =>
  wholeStateProgram(model as WholeState<unknown>, { observers: [], checkDeterminism })

const state = (word: string, ...each: ReadonlyArray<number>) => ({ word, "each[0]": each[0], "each[1]": each[1] })

test("each member of a family starts with its own value of a listed state", () => {
  const starts = initialStatesOf(programOf(words([{ each: [1, 2] }, { word: "c", each: [3, 4] }])))
  expect(starts).toEqual([state("a", 1, 2), state("b", 1, 2), state("c", 3, 4)])
})

test("a state given by its variables has the ids of its values, each in its own slot", () => {
  const program = programOf(words())
  const vector = program.vectorOf!({ word: "c", each: [5, 6] })
  expect(program.snapshot(vector)).toEqual(state("c", 5, 6))
  expect(program.vectorOf!({ word: "a", each: [0, 0] })).toEqual(program.initial[0])
})

test("a family of one takes a list too", () => {
  const one = WholeState.make("one", {
    variables: { each: WholeState.family(1, Schema.String, "a") },
    actions: () => ({})
  })
  const { initial, vectorOf } = programOf(one)
  expect(() => vectorOf!({ each: "b" })).toThrow('"each" is a family: it takes an array of 1 values')
  expect(vectorOf!({ each: ["a"] })).toEqual(initial[0])
  expect(refusalOf(() => vectorOf!({ each: [] }))).toMatchObject({ offence: "is not composed correctly" })
})

test("what is refused of initial states says where it is", () => {
  const refused = (initial: Initial | Listed, checkDeterminism = false) =>
    refusalOf(() => programOf(words(initial), checkDeterminism))
  const wrong = { system: "words", offence: "is not composed correctly", input: "" }
  expect(refused([{ off: 1 }])).toEqual({
    ...wrong,
    where: 'initial state {"off":1}',
    detail: '"off" is none of "word", "each"'
  })
  expect(refused([{ each: [1] }])).toEqual({
    ...wrong,
    where: 'initial state {"each":[1]}',
    detail: '"each" is a family: it takes an array of 2 values'
  })
  expect(refused([{ each: [0, "x"] }])).toMatchObject({ where: "initial value of each[1]", input: "" })
  const boom: Initial = () => {
    throw new RangeError("boom")
  }
  expect(refused(boom)).toMatchObject({ where: "initial", offence: "threw", detail: "RangeError: boom" })
})

test("an initial value that is no plain data is refused where its slot takes it", () => {
  const held = WholeState.make("held", {
    variables: { any: WholeState.variable(Schema.Any, () => 0) },
    actions: () => ({})
  })
  expect(refusalOf(() => programOf(held))).toMatchObject({
    where: "initial value of any",
    offence: "used a value that is not plain data"
  })
})

test("an initial predicate that counts its calls is refused, also where no call is made twice", () => {
  for (const checkDeterminism of [false, true]) {
    let calls = 0
    expect(
      refusalOf(() =>
        programOf(
          words(({ word }) => word !== "" && calls++ < 2),
          checkDeterminism
        )
      )
    ).toMatchObject({
      where: "initial",
      offence: "is not deterministic"
    })
  }
})
