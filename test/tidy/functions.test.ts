import { describe, expect, it } from "vitest"
import { functionLimit, longFunctions } from "./functions.ts"

const path = "src/a.ts"
/** A body of so many lines, braces included. */
const body = (lines: number) => `{${"\n".repeat(lines - 1)}}`
const found = (text: string, allowed: ReadonlyArray<string> = []) => longFunctions(allowed)({ path, text })
const lines = functionLimit + 1

describe("the rule itself", () => {
  it("allows a function of exactly the limit, and finds one a line longer", () => {
    expect(found(`function turn() ${body(functionLimit)}`)).toEqual([])
    expect(found(`\nfunction turn() ${body(lines)}`)).toEqual([
      `${path}:2 turn has ${lines} lines, ${functionLimit} is the limit of a function`
    ])
  })

  it.each([
    ["an arrow function", `const turn = () => ${body(lines)}`],
    ["an arrow function without braces", `const turn = () => [${"\n".repeat(functionLimit)}]`],
    ["a function expression", `const turn = function* () ${body(lines)}`],
    ["a property of an object", `const x = { turn: () => ${body(lines)} }`],
    ["a method of an object", `const x = { turn() ${body(lines)} }`],
    ["a method of a class", `class X { turn() ${body(lines)} }`],
    ["a field of a class", `class X { turn = () => ${body(lines)} }`]
  ])("measures and names %s", (_form, text) => {
    expect(found(text)).toEqual([expect.stringContaining(`turn has ${lines} lines`)])
  })

  it("finds a function without a name, and counts the lines of the functions inside a function", () => {
    expect(found(`Effect.gen(function* () ${body(lines)})`)).toEqual([
      expect.stringContaining(`a function has ${lines}`)
    ])
    expect(found(`function turn() {\n[1].map(() => ${body(functionLimit)})\n}`)).toEqual([
      expect.stringContaining(`turn has ${functionLimit + 2} lines`)
    ])
  })

  it("allows the functions it is given, and does not look at tests or outside src/", () => {
    const text = `function turn() ${body(lines)}`
    expect(found(text, [`${path} turn`])).toEqual([])
    expect(longFunctions()({ path: "src/a.test.ts", text })).toEqual([])
    expect(longFunctions()({ path: "test/a.ts", text })).toEqual([])
  })
})
