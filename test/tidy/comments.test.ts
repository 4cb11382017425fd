import { describe, expect, it } from "vitest"
import { withoutCost, withoutDoc, withoutHeader } from "./comments.ts"

const path = "src/model/Machine.ts"

describe("the rules themselves", () => {
  it("find a property that is silent about its cost, in a comment of documentation and not in code", () => {
    const silent = { path: "properties/silent.ts", text: "/** Observes `wrote`. */\nexport const costs = 1" }
    expect(withoutCost(silent)).toEqual(["properties/silent.ts:1 does not say what it observes and what it costs"])
    expect(withoutCost({ ...silent, text: "/** Observes nothing. Costs nothing. */" })).toEqual([])
    expect(withoutCost({ ...silent, path: "src/silent.ts" })).toEqual([])
  })

  it("take a block or a line comment for a header, after a first line that names the interpreter", () => {
    for (const text of ["/** A ring. */\n", "// A ring.\n", "#!/usr/bin/env node\n// A ring.\n"]) {
      expect(withoutHeader({ path, text })).toEqual([])
    }
  })

  it("find a file that begins with its imports", () => {
    expect(withoutHeader({ path, text: `import { x } from "y"\n// too late` })).toEqual([
      `${path}:1 opens without a comment that says what the file is about`
    ])
  })

  it("find an export with no comment, a line comment, or another export's comment above it", () => {
    const text = ["export const a = 1", "// b", "export type b = 1", "/** c */", "const c = 1", "export class D {}"]
    expect(withoutDoc({ path, text: text.join("\n") })).toEqual([
      `${path}:1 a is exported without a doc comment above it`,
      `${path}:3 b is exported without a doc comment above it`,
      `${path}:6 D is exported without a doc comment above it`
    ])
  })

  it("find a declaration that is exported by a list", () => {
    expect(withoutDoc({ path, text: "const a = 1\nexport { a }" })).toEqual([
      `${path}:1 a is exported without a doc comment above it`
    ])
  })

  it("ask one comment of overloads and of a schema with its type, and none of what is passed on", () => {
    const text = [
      "/** Doubles. */",
      "export function double(x: number): number",
      "export function double(x: string): string",
      "/** Who. */",
      "export const Id = 1",
      "export type Id = typeof Id",
      `export { x } from "./X.ts"`,
      `export * from "./Y.ts"`
    ]
    expect(withoutDoc({ path, text: text.join("\n") })).toEqual([])
  })
})
