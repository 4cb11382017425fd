import { describe, expect, it } from "vitest"
import { rules } from "./rules.ts"
import { tree } from "./tree.ts"

describe("in the tree", () => {
  it.each(rules.map(({ statement, rule }) => [statement, rule] as const))("%s", (_statement, rule) => {
    expect(rule(tree)).toEqual([])
  })
})
