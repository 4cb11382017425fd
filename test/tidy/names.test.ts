import { describe, expect, it } from "vitest"
import { sharedTypeNames } from "./names.ts"

const a = (text: string) => ({ path: "src/a.ts", text })
const b = (text: string) => ({ path: "src/b.ts", text })

describe("the rule itself", () => {
  it("finds a type, an interface and a class of the same name in two files, at the second", () => {
    for (const text of ["export type Ring = 1", "export interface Ring {}", "export class Ring {}"]) {
      expect(sharedTypeNames()([a("export interface Ring {}"), b(`\n${text}`)])).toEqual([
        "src/b.ts:2 Ring is also a type of src/a.ts"
      ])
    }
  })

  it("finds a type that is exported by a list", () => {
    const listed = b("type Ring = 1\nexport type { Ring }")
    expect(sharedTypeNames()([a("export class Ring {}"), listed])).toHaveLength(1)
  })

  it("allows a re-export, a private type, a value, and a schema with its type", () => {
    const text = `export type { Ring } from "./a.ts"\ntype Hoop = 1\nexport const Loop = 1`
    const first = "export const Ring = 1\nexport type Ring = typeof Ring\nexport type Hoop = 1\nexport type Loop = 1"
    expect(sharedTypeNames()([a(first), b(text)])).toEqual([])
  })

  it("allows the names it is given, and does not look at tests or outside src/", () => {
    const text = "export type Ring = 1"
    expect(sharedTypeNames(["Ring"])([a(text), b(text)])).toEqual([])
    const elsewhere = ["src/b.test.ts", "models/b.ts"].map((path) => ({ path, text }))
    expect(sharedTypeNames()([a(text), ...elsewhere])).toEqual([])
  })
})
