import { describe, expect, it } from "vitest"
import { againstDirection, type Direction, directions, intoCommandLine, withoutRoom } from "./directions.ts"

const row = (room: string): Direction => {
  const found = directions.find((each) => each.room === room)
  if (found === undefined) throw new Error(`no row for ${room}`)
  return found
}

describe("the rule itself", () => {
  const model = (text: string) => againstDirection(row("models/"))({ path: "models/Ring.ts", text })
  const report = (text: string) => againstDirection(row("src/report/"))({ path: "src/report/html/Page.ts", text })

  it("allows what the row names, and the room itself", () => {
    const allowed = ["plait", "plait/properties/convergence", "./Register.ts", "effect", "effect/Schema"]
    expect(model(allowed.map((each) => `import { x } from "${each}"`).join("\n"))).toEqual([])
  })

  it("finds a value, a type, an inline type, a re-export and a dynamic import, and says where", () => {
    const text = [
      `import { a } from "../src/engine/Engine.ts"`,
      `import type { b } from "../src/model/Machine.ts"`,
      `const c: import("../src/trace/Trace.ts").Trace = d`,
      `export * from "../src/property/index.ts"`,
      `const e = await import("node:fs")`
    ].join("\n")
    expect(model(text)).toEqual([
      "models/Ring.ts:1 models/ may not import ../src/engine/Engine.ts",
      "models/Ring.ts:2 models/ may not import a type from ../src/model/Machine.ts",
      "models/Ring.ts:3 models/ may not import a type from ../src/trace/Trace.ts",
      "models/Ring.ts:4 models/ may not import ../src/property/index.ts",
      "models/Ring.ts:5 models/ may not import node:fs"
    ])
  })

  it("does not take a package for another whose name it begins", () => {
    expect(model(`import { x } from "effect-other"`)).toEqual(["models/Ring.ts:1 models/ may not import effect-other"])
  })

  it("tells a type from a value where only types may cross", () => {
    expect(report(`import { type Case } from "../../suite/Case.ts"`)).toEqual([])
    expect(report(`import { type Case, run } from "../../suite/Case.ts"`)).toEqual([
      "src/report/html/Page.ts:1 src/report/ may not import ../../suite/Case.ts"
    ])
  })

  it("finds an import of the command line even in a test", () => {
    const path = "src/suite/Suite.test.ts"
    expect(intoCommandLine({ path, text: `import { main } from "../cli/main.ts"` })).toEqual([
      `${path}:1 nothing may import the command line: ../cli/main.ts`
    ])
  })

  it("finds a room that has no row", () => {
    expect(withoutRoom({ path: "src/attic/Box.ts", text: "" })).toEqual([
      "src/attic/Box.ts:1 this room has no row in test/tidy/directions.ts"
    ])
  })
})
