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

type DiscoverySite = { readonly at: number; readonly last: number }

/** Moves along arrows in their order. A step sets two variables; one that stays where it is sets none. */
const along = (
  first: number,
  arrows: ReadonlyArray<readonly [from: number, to: number]>,
  ready: (from: number) => boolean = () => true
) =>
  WholeState.make("places", {
    variables: { at: WholeState.variable(Schema.Int, first), last: WholeState.variable(Schema.Int, 0) },
    actions: ({ at, last }) => ({
      goes: WholeState.each(
        arrows,
        Effect.fnUntraced(function* ([from, to]) {
          yield* WholeState.when((yield* at.get) === from && ready(from))
          if (from === to) return
          yield* at.set(to)
          yield* last.set(from)
        })
      )
    })
  })

const same = (view: DiscoverySite): DiscoverySite => view

const follows = (
  given: WholeState<DiscoverySite>,
  abstract: WholeState<DiscoverySite>,
  map: (view: DiscoverySite) => DiscoverySite = same,
  checkDeterminism = false
) => explore(given, [Property.refines<DiscoverySite, DiscoverySite>("places", { abstract, map })], { checkDeterminism })

const verdictOf = async (given: WholeState<DiscoverySite>, abstract: WholeState<DiscoverySite>, map = same) => {
  const { verdict } = (await Effect.runPromise(follows(given, abstract, map))).properties[0]!
  return "evidence" in verdict ? `${verdict._tag} in ${verdict.evidence.steps.length}` : verdict._tag
}

test("a step that the abstract model takes from another state only is none of this state's", async () => {
  const abstract = along(0, [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 4]
  ])
  const from0 = ({ at }: DiscoverySite): DiscoverySite => ({ at, last: 0 })
  for (const place of [2, 3]) {
    const jumps = along(0, [
      [0, 1],
      [1, place]
    ])
    expect(await verdictOf(jumps, abstract, from0)).toBe("violated in 2")
  }
  expect(await verdictOf(abstract, abstract)).toBe("holds")
})

test("each abstract step is found behind others of several variables or of none", async () => {
  const abstract = along(0, [
    [0, 0],
    [0, 1],
    [0, 2],
    [0, 0],
    [0, 3]
  ])
  for (const place of [1, 2, 3]) expect(await verdictOf(along(0, [[0, place]]), abstract)).toBe("holds")
  expect(await verdictOf(along(0, [[0, 4]]), abstract)).toBe("violated in 1")
})

test("a mapping or an abstract model that keeps something from call to call is refused, and named", async () => {
  const refused = async (found: ReturnType<typeof follows>) => {
    const { detail, offence, where } = await Effect.runPromise(Effect.flip(found))
    expect(offence).toBe("is not deterministic")
    return [where, detail]
  }
  const arrows = [[0, 1]] as const
  const counter = () => {
    let calls = 0
    return () => calls++
  }
  for (const checkDeterminism of [false, true]) {
    const mapped = counter()
    const map = ({ at, last }: DiscoverySite): DiscoverySite => ({ at, last: mapped() < 2 ? last : 7 })
    const steady = along(0, arrows)
    expect(await refused(follows(steady, steady, map, checkDeterminism))).toEqual([
      'property "places", map',
      "It came to a state first, and then to another."
    ])
    const ready = counter()
    const once = along(0, arrows, () => ready() < 1)
    expect((await refused(follows(steady, once, same, checkDeterminism)))[0]).toBe("action goes([0,1])")
  }
})

test("the abstract model's calls are all made twice where determinism is checked", async () => {
  const arrows = [0, 1, 2, 3, 4].map((from) => [from, from + 1] as const)
  let calls = 0
  // The fifth call of the last arrow, which no spot check makes again.
  const once = along(0, arrows, (from) => from < 4 || calls++ < 1)
  const { where } = await Effect.runPromise(Effect.flip(follows(along(0, arrows), once, same, true)))
  expect(where).toBe("action goes([4,5])")
})
