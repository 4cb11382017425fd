import { describe, expect, it } from "vitest"
import { lineLimit, tooLong, withoutMeaning } from "./shape.ts"

describe("the rules themselves", () => {
  it("allow a file of exactly the limit, and find one a line longer", () => {
    const path = "src/model/Machine.ts"
    expect(tooLong({ path, text: "x\n".repeat(lineLimit) })).toEqual([])
    expect(tooLong({ path, text: "x\n".repeat(lineLimit + 1) })).toEqual([
      `${path}:${lineLimit + 1} has ${lineLimit + 1} lines, ${lineLimit} is the limit`
    ])
  })

  it("find a name that would fit anything, of a file or of a folder", () => {
    const paths = ["src/model/utils.ts", "src/helpers/Ring.ts", "src/model/types.test.ts", "src/model/Machine.ts"]
    expect(paths.flatMap((path) => withoutMeaning({ path, text: "" }))).toEqual([
      `src/model/utils.ts:1 "utils" would fit anything`,
      `src/helpers/Ring.ts:1 "helpers" would fit anything`,
      `src/model/types.test.ts:1 "types" would fit anything`
    ])
  })
})
