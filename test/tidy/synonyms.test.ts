import { describe, expect, it } from "vitest"
import { bannedSynonyms } from "./synonyms.ts"

/** Banned words, put together here so that this file passes the rule. */
const envelope = `fli${"ght"}`
const box = `ce${"ll"}`
const pledge = `cla${"im"}`

const count = (text: string, path = "src/a.ts") => bannedSynonyms({ path, text }).length

describe("the rule itself", () => {
  it("finds a word in prose and in an identifier, alone or joined to others, in any case", () => {
    const capital = `Cl${"aim"}`
    for (const text of [`the ${pledge}s hold`, `const ${pledge}Of = 1`, `type Ring${capital}s = 1`, `ring-${pledge}`]) {
      expect(count(text)).toBe(1)
    }
    expect(count(`ex${pledge} and pro${pledge}`)).toBe(0)
  })

  it("names the line and the term", () => {
    expect(bannedSynonyms({ path: "docs/a.md", text: `one\n${pledge}s` })).toEqual([
      `docs/a.md:2 "${pledge}s" is called property: ARCHITECTURE.md, "Vocabulary"`
    ])
  })

  it("allows a message in flight", () => {
    const capital = `Fl${"ight"}`
    for (const text of [`in ${envelope}`, `in-${envelope}`, `in${capital}`]) expect(count(text)).toBe(0)
    expect(count(`the ${envelope} arrives`)).toBe(1)
  })

  it("allows the boxes of a table, and the model about them", () => {
    expect(count(`a table ${box} and a spreadsheet ${box}`)).toBe(0)
    expect(count(box, "models/multi-leader/rows.ts")).toBe(0)
    expect(count(box, "models/stores/rows.ts")).toBe(1)
  })

  it("reads the titles of the tests of test/, and nothing else there", () => {
    const text = [
      `it("holds the ${pledge}", () => ${pledge})`,
      `describe.each([1])(\`the ${pledge} of \${x}\`, f)`,
      `expect("${pledge}")`
    ].join("\n")
    expect(bannedSynonyms({ path: "test/a.test.ts", text })).toHaveLength(2)
    expect(count(pledge, "bench/a.ts")).toBe(0)
  })

  it("leaves the change log and the vocabulary alone, and reads the pages", () => {
    expect(count(pledge, "CHANGELOG.md")).toBe(0)
    expect(count(pledge, "README.md")).toBe(1)
    const page = `# House\n\n## Vocabulary\n\n${pledge}\n\n## Walks\n\n${pledge}\n`
    expect(bannedSynonyms({ path: "ARCHITECTURE.md", text: page })).toEqual([
      expect.stringContaining("ARCHITECTURE.md:9")
    ])
  })
})
