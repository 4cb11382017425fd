import { describe, expect, it } from "vitest"
import { findingsIn, type Part, parts } from "./parts.ts"

const root = ["", "home", "a"].join("/")

const part = (name: string): Part => {
  const found = parts.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no part ${name}`)
  return found
}

describe("the findings in the output of a tool", () => {
  it("stand at a path and a line, with the lines that continue a message of the compiler", () => {
    const output = "src/a.ts(3,7): error TS2322: Not assignable.\n  The types differ.\nsrc/b.ts(1,1): error TS1: No.\n"
    expect(findingsIn(part("types"), output, root)).toEqual([
      "src/a.ts:3 error TS2322: Not assignable.",
      "  The types differ.",
      "src/b.ts:1 error TS1: No."
    ])
  })

  it("have a path from the root, even if the tool prints an absolute one", () => {
    const output = `${root}/src/a.ts(5,44): error effect(floatingEffect): Not yielded.\nChecked 9 files out of 9 files.`
    expect(findingsIn(part("effect"), output, root)).toEqual(["src/a.ts:5 error effect(floatingEffect): Not yielded."])
  })

  it("are read from a linter without the column and the summary", () => {
    const output = "src/a.ts:4:1: Unexpected var. [Error/eslint(no-var)]\n\n1 problem\n"
    expect(findingsIn(part("lint"), output, root)).toEqual(["src/a.ts:4 Unexpected var. [Error/eslint(no-var)]"])
  })

  it("are the files that are not formatted, each with the command that formats it", () => {
    expect(findingsIn(part("format"), "src/a.ts\n", root)).toEqual(["src/a.ts:1 is not formatted: npm run format"])
  })

  it("are the output as it is, if the tool itself breaks", () => {
    expect(findingsIn(part("types"), "Segmentation fault\n", root)).toEqual(["Segmentation fault"])
  })
})
