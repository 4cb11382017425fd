/** Refinements of an abstract model that has several variables and several steps in a state. */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { Property, type ViewOf, WholeState } from "../index.ts"
import { explore } from "./Explorer.ts"

/** Two switches and a lamp, changed one at a time; together, a pair of switches is set at once. */
const lamps = (together: boolean) =>
  WholeState.make("lamps", {
    variables: { lamp: WholeState.variable(Schema.Boolean, false), isOn: WholeState.family(2, Schema.Boolean, false) },
    actions: ({ isOn, lamp }) => ({
      lights: WholeState.action(lamp.set(true)),
      switches: WholeState.each([0, 1], (index) => isOn.at(index).set(true)),
      ...(together
        ? { both: WholeState.action(Effect.all([isOn.at(0).set(true), isOn.at(1).set(true)], { discard: true })) }
        : {})
    })
  })

type Lamps = ViewOf<ReturnType<typeof lamps>>

const told = async (together: boolean, map: (view: Lamps) => unknown) => {
  const refines = Property.refines<Lamps, Lamps>("lamps", {
    abstract: lamps(false),
    map: (view) => map(view) as Lamps
  })
  const { properties } = await Effect.runPromise(explore(lamps(together), [refines]))
  const verdict = properties[0]!.verdict
  if (verdict._tag === "failed") return verdict.error
  return "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
}

test("every step of several is one of the abstract model's, from each of its states", async () => {
  expect(await told(false, (view) => view)).toBe("holds")
  expect(await told(false, ({ isOn, lamp }) => ({ lamp, isOn: [...isOn].reverse() }))).toBe("holds")
})

test("two abstract steps at once are none", async () => {
  expect(await told(true, (view) => view)).toBe("violated in 1")
  expect(await told(false, ({ isOn, lamp }) => ({ lamp, isOn: [lamp || isOn[0], lamp || isOn[1]] }))).toBe(
    "violated in 1"
  )
})

test("a mapping that gives no state of the abstract model is refused by what is wrong with it", async () => {
  const wrong = async (state: unknown) => {
    const text = await told(false, () => state)
    return text.slice(text.indexOf("no state of lamps: ") + "no state of lamps: ".length)
  }
  expect(await wrong(null)).toMatch(/^null is no state/)
  expect(await wrong(5)).toMatch(/^5 is no state/)
  expect(await wrong({ isOn: [true, true] })).toMatch(/^it has no "lamp"/)
  expect(await wrong({ lamp: true, isOn: [true] })).toMatch(/^"isOn" is a family: it takes an array of 2 values/)
  expect(await wrong({ lamp: true, isOn: true })).toMatch(/^"isOn" is a family: it takes an array of 2 values/)
  expect(await wrong({ lamp: true, isOn: [true, true], more: 1 })).toMatch(/^there is no variable "more"/)
})

test("a variable that the mapping leaves out is not found in what every object inherits", async () => {
  for (const name of ["constructor", "toString", "valueOf", "hasOwnProperty"]) {
    const model = WholeState.make(name, {
      variables: { [name]: WholeState.variable(Schema.Boolean, false) },
      actions: () => ({})
    })
    const refines = Property.refines<object, object>("itself", { abstract: model as never, map: () => ({}) })
    const { properties } = await Effect.runPromise(explore(model as never, [refines]))
    expect(properties[0]!.verdict).toMatchObject({ error: expect.stringContaining(`it has no "${name}"`) })
  }
})
