import { describe, expect, it } from "vitest"
import { beyondAllowance, byDirectory } from "./allowances.ts"
import { at, type File } from "./tree.ts"

const rule = (file: File) => [...file.text.matchAll(/x/g)].map(({ index }) => at(file, index, "x"))
const files = [
  { path: "src/model/a.ts", text: "x\nx" },
  { path: "src/model/b.ts", text: "x" },
  { path: "docs/guide.md", text: "x" },
  { path: "README.md", text: "x" }
]

describe("the allowances", () => {
  it("count by room of src/, and all pages together", () => {
    expect(byDirectory(rule, files).map(([directory, found]) => [directory, found.length])).toEqual([
      ["pages", 2],
      ["src/model", 3]
    ])
  })

  it("allow exactly as many findings as they say, and list all of a directory that has more", () => {
    const beyond = (allowances: Readonly<Record<string, number>>) =>
      beyondAllowance({ statement: "", rule, allowances })(files)
    expect(beyond({ pages: 2, "src/model": 3 })).toEqual([])
    expect(beyond({ pages: 1, "src/model": 3 })).toEqual([
      "pages:1 has 2 findings, 1 are allowed",
      "docs/guide.md:1 x",
      "README.md:1 x"
    ])
    expect(beyond({ pages: 2 })).toEqual(["src/model/a.ts:1 x", "src/model/a.ts:2 x", "src/model/b.ts:1 x"])
  })
})
