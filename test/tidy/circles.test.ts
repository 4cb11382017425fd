import { describe, expect, it } from "vitest"
import { circles } from "./circles.ts"

/** A tree of files of src/, each given as the text after its name. */
const files = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([name, text]) => ({ path: `src/${name}.ts`, text }))

describe("the rule itself", () => {
  it("allows imports that share a file without coming back", () => {
    const shared = files({ a: `import "./b.ts"\nimport "./c.ts"`, b: `import "./d.ts"`, c: `import "./d.ts"`, d: "" })
    expect(circles(shared)).toEqual([])
  })

  it("finds a circle through a type, an inline type, a re-export and a dynamic import, and names it", () => {
    const circle = files({
      a: `// header\nimport type { b } from "./b.ts"`,
      b: `export type b = import("./c.ts").c`,
      c: `export * from "./d.ts"`,
      d: `const a = await import("./a.ts")`
    })
    expect(circles(circle)).toEqual([
      "src/a.ts:2 begins a circle of imports: src/a.ts → src/b.ts → src/c.ts → src/d.ts → src/a.ts; 4 files import each other"
    ])
  })

  it("finds a file that imports itself", () => {
    expect(circles(files({ a: `import { a } from "./a.ts"` }))).toEqual([
      "src/a.ts:1 begins a circle of imports: src/a.ts → src/a.ts; 1 files import each other"
    ])
  })

  it("reports one finding for circles that share a file, with a shortest of them, and one for each that does not", () => {
    const knots = files({
      a: `import "./b.ts"`,
      b: `import "./c.ts"\nimport "./a.ts"`,
      c: `import "./a.ts"`,
      d: `import "./e.ts"\nimport "./a.ts"`,
      e: `import "./d.ts"`
    })
    expect(circles(knots)).toEqual([
      "src/a.ts:1 begins a circle of imports: src/a.ts → src/b.ts → src/a.ts; 3 files import each other",
      "src/d.ts:1 begins a circle of imports: src/d.ts → src/e.ts → src/d.ts; 2 files import each other"
    ])
  })

  it("follows the package's own name", () => {
    const own = [
      { path: "src/index.ts", text: `import "../models/ring.ts"` },
      { path: "models/ring.ts", text: `import { x } from "plait"` }
    ]
    expect(circles(own)).toEqual([
      "models/ring.ts:1 begins a circle of imports: models/ring.ts → src/index.ts → models/ring.ts; 2 files import each other"
    ])
  })
})
