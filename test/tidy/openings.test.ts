import { describe, expect, it } from "vitest"
import { clauseOpenings } from "./openings.ts"

const path = "src/a.ts"
const count = (text: string) => clauseOpenings({ path, text }).length

describe("the rule itself", () => {
  it.each(["What it holds.", "Whether it holds.", "How many are held.", "Where it is held.", "Which is held."])(
    "finds a comment that begins with a clause: %s",
    (opening) => {
      const header = "/** The ring. */\n"
      expect(count(`${header}/** ${opening} */\nconst a = 1`)).toBe(1)
      expect(count(`${header}/**\n * ${opening} */\nconst a = 1`)).toBe(1)
    }
  )

  it("finds a question, and a condition without a consequence", () => {
    expect(count("/** Is it held? */")).toBe(1)
    expect(count("/** If it is held. */")).toBe(1)
    expect(count("/** If it is held, the ring stops. */")).toBe(0)
  })

  it("allows a noun and a verb, and clauses after the first sentence", () => {
    for (const opening of [
      "The ring. What it holds is plain.",
      "Returns what is held.",
      "True if it is held.",
      "Whatnot."
    ]) {
      expect(count(`/** ${opening} */`)).toBe(0)
    }
  })

  it("finds it at a member, and names the line and the first words", () => {
    const text =
      "// The ring.\nexport interface Ring {\n  /** What the ring of nodes holds. */\n  readonly size: number\n}"
    expect(clauseOpenings({ path, text })).toEqual([`${path}:3 begins with a clause: What the ring of …`])
  })

  it("reads a header of line comments, and no other line comment", () => {
    expect(count("// What the ring holds.\n")).toBe(1)
    expect(count("// The ring.\n\n// What follows is private.\nconst a = 1")).toBe(0)
  })

  it("does not look outside src/, models/ and properties/", () => {
    expect(clauseOpenings({ path: "test/a.ts", text: "/** What it holds. */" })).toEqual([])
  })
})
