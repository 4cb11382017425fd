/**
 * Settings of an entry that `--set` would refuse are refused where the entry is declared, and no two cases share a name.
 */
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { Model, WholeState } from "../model/index.ts"
import { caseFromId, caseIdOf, entry, selectCases, shortCaseIdOf } from "./Suite.ts"

const system = WholeState.make("x", { variables: { x: WholeState.variable(Schema.Finite, 0) }, actions: () => ({}) })

const model = Model.make({
  name: "m",
  about: "",
  source: "",
  parameters: {
    n: Model.integer({ default: 3, least: 1, most: 6, about: "" }),
    mode: Model.choice({ default: "fast", values: ["fast", "slow"], about: "" })
  },
  requires: ({ n }) => (n === 4 ? "four do not fit" : undefined),
  system: () => system
})

const declared =
  (settings: unknown, deep: unknown = []) =>
  () =>
    entry(model, { properties: () => [], settings: settings as never, deep: deep as never })

const good = { n: 3, mode: "fast" }

test("an entry without a function of properties is refused by name", () => {
  const former = { settings: [good] } as unknown as Parameters<typeof entry>[1]
  expect(() => entry(model, former as never)).toThrow(
    new TypeError("entry(m): properties is undefined, but it takes a function that gives the properties of a setting")
  )
})

describe("an entry is refused where it is declared", () => {
  test.each<[string, () => unknown]>([
    ["settings[0] sets n to 7, but it takes a whole number from 1 to 6", declared([{ ...good, n: 7 }])],
    ["settings[0] sets n to 1.5, but it takes a whole number from 1 to 6", declared([{ ...good, n: 1.5 }])],
    ['settings[1] sets n to "2", but it takes a whole number from 1 to 6', declared([good, { ...good, n: "2" }])],
    ["settings[0] sets n to NaN, but it takes a whole number from 1 to 6", declared([{ ...good, n: Number.NaN }])],
    ['settings[0] sets mode to "fats", but it takes one of "fast", "slow"', declared([{ ...good, mode: "fats" }])],
    [
      'settings[0] sets mode to undefined, but it takes one of "fast", "slow"',
      declared([{ ...good, mode: undefined }])
    ],
    [
      "settings[0] is not possible: four do not fit, but it takes values that go together",
      declared([{ ...good, n: 4 }])
    ],
    [
      "deep[0] is not possible: four do not fit, but it takes values that go together",
      declared([], [{ ...good, n: 4 }])
    ],
    [
      'settings[0] sets "nn", which is no parameter, but it takes n, mode; did you mean n?',
      declared([{ ...good, nn: 1 }])
    ],
    [
      'settings[0] sets "constructor", which is no parameter, but it takes n, mode',
      declared([{ ...good, constructor: 1 }])
    ],
    ["settings[0] does not set mode, but it takes a value for each parameter", declared([{ n: 3 }])],
    ["settings[0] is 3, but it takes a value for each parameter, such as { n: 3 }", declared([3])],
    ["settings is an object, but it takes a list", declared(good)],
    ["deep[0] is m/n=3,mode=fast again, but it takes each case once", declared([good], [{ ...good }])]
  ])("%s", (problem, declare) => {
    expect(declare).toThrow(new RangeError(`entry m: ${problem}`))
  })

  test("not where its settings are possible", () => {
    expect(declared([good, { ...good, n: 6 }])().settings).toEqual([good, { n: 6, mode: "fast" }])
  })
})

describe("the names of cases", () => {
  const texts = ["", "a", "a,b=a", "a=b", "a,b", "a/b", "a@0.1", "a b", " a", "a\nb", "a%2Cb", "a%", "%2C", "é", "1"]
  const texting = entry(
    Model.make({
      name: "texts",
      about: "",
      source: "",
      parameters: {
        a: Model.choice({ default: "a", values: texts, about: "" }),
        b: Model.choice({ default: "a", values: texts, about: "" })
      },
      system: () => system
    }),
    { properties: () => [], settings: texts.flatMap((a) => texts.map((b) => ({ a, b }))) }
  )

  test("differ wherever the values do, long and short", () => {
    const { settings } = texting
    expect(new Set(settings.map((setting) => caseIdOf(texting, setting))).size).toBe(texts.length ** 2)
    expect(new Set(settings.map((setting) => shortCaseIdOf(texting, setting))).size).toBe(texts.length ** 2)
  })

  test("are read back as the values that they name", () => {
    for (const values of texting.settings) {
      expect(caseFromId([texting], caseIdOf(texting, values))?.values).toEqual(values)
      expect(caseFromId([texting], shortCaseIdOf(texting, values))?.values).toEqual(values)
    }
  })

  test("hold a value's text as it is, but for what would end it", () => {
    expect(caseIdOf(texting, { a: "a,b=a", b: "a\nb" })).toBe("texts/a=a%2Cb=a,b=a%0Ab")
    expect(caseIdOf(texting, { a: "a b", b: "a@0.1" })).toBe("texts/a=a b,b=a@0.1")
  })

  test("need no escapes where a value is set", () => {
    const [suiteCase] = selectCases([texting], ["texts"], ["a=a,b=a", "b=%2C"])
    expect(suiteCase?.values).toEqual({ a: "a,b=a", b: "%2C" })
  })
})

test("a name that every object inherits is no parameter", () => {
  expect(() => selectCases([declared([])()], ["m"], ["constructor=1"])).toThrow('m has no parameter "constructor"')
})

test("a parameter of a name that every object inherits is set only where a setting has it as its own", () => {
  const parameters = { toString: Model.integer({ default: 3, least: 1, most: 5, about: "n" }) }
  const inherited = Model.make({ name: "m", about: "", source: "", parameters, system: () => system })
  const properties = () => []
  expect(() => entry(inherited, { properties, settings: [{} as never] })).toThrow(
    "settings[0] does not set toString, but it takes a value for each parameter"
  )
  expect(entry(inherited, { properties, settings: [{ toString: 4 }] }).settings).toEqual([{ toString: 4 }])
})
