/**
 * Parameters that are not possible, and names that do not fit into the name of a case: refused where they are declared.
 */
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { Model } from "./Model.ts"
import { WholeState } from "./WholeState.ts"

/** A value that no compiler has looked at. */
const any = (value: unknown): never => value as never

const system = WholeState.make("x", { variables: { x: WholeState.variable(Schema.Finite, 0) }, actions: () => ({}) })

describe("a parameter that is not possible is refused", () => {
  test.each<[string, () => unknown]>([
    [
      "Model.integer: default is 4, but it takes a whole number from 1 to 3",
      () => Model.integer({ default: 4, least: 1, most: 3, about: "" })
    ],
    [
      "Model.integer: default is 1.5, but it takes a whole number from 1 to 3",
      () => Model.integer({ default: 1.5, least: 1, most: 3, about: "" })
    ],
    [
      "Model.integer: most is 0, but it takes a whole number of at least 1",
      () => Model.integer({ default: 1, least: 1, most: 0, about: "" })
    ],
    [
      "Model.integer: least is NaN, but it takes a whole number",
      () => Model.integer({ default: 1, least: Number.NaN, most: 3, about: "" })
    ],
    [
      'Model.choice: default is "c", but it takes one of "a", "b"',
      () => Model.choice({ default: any("c"), values: ["a", "b"], about: "" })
    ],
    [
      'Model.choice: values has 1 and "1", but it takes values that differ in writing, so that a case\'s name says which one it has',
      () => Model.choice({ default: 1, values: [1, any("1")], about: "" })
    ],
    [
      "Model.choice: values has true twice, but it takes values that differ in writing, so that a case's name says which one it has",
      () => Model.choice({ default: true, values: [true, false, true], about: "" })
    ],
    [
      "Model.choice: values has NaN, but it takes texts, finite numbers, true and false",
      () => Model.choice({ default: Number.NaN, values: [Number.NaN], about: "" })
    ],
    [
      "Model.choice: values has null, but it takes texts, finite numbers, true and false",
      () => Model.choice({ default: any(null), values: [any(null)], about: "" })
    ],
    ["Model.choice: default is 1, but it takes one of ", () => Model.choice({ default: any(1), values: [], about: "" })]
  ])("%s", (problem, make) => {
    expect(make).toThrow(new RangeError(problem))
  })
})

describe("names of models and their parameters", () => {
  const make =
    (name: string, parameter = "n") =>
    () =>
      Model.make({
        name,
        about: "",
        source: "",
        parameters: { [parameter]: Model.integer({ default: 1, least: 1, most: 1, about: "" }) },
        system: () => system
      })
  const fits = "but it takes a text that is not empty, without spaces and any of / , = @"

  test.each(["", "a/b", "a b", "a,b", "a=b", "a@0", "a\nb", "a\u0007"])("%j is refused of both", (name) => {
    expect(make(name)).toThrow(new RangeError(`Model.make: the name is ${JSON.stringify(name)}, ${fits}`))
    expect(make("m", name)).toThrow(
      new RangeError(`Model.make("m"): a parameter is named ${JSON.stringify(name)}, ${fits}`)
    )
  })

  test("that every object inherits are as good as any", () => {
    expect(Object.keys(make("constructor", "toString")().parameters)).toEqual(["toString"])
  })
})
