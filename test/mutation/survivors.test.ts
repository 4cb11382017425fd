/**
 * What makes `npm run mutation` fail, and that the pinned outcome fits the code as it is.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { allPins, scoresTable } from "./pins.ts"
import { filesOfRooms, mutatedFiles, namedHere } from "./rooms.ts"
import { asWritten, complaints, type Judged, scoreOf } from "./survivors.ts"

const mutant = (status: string, becomes = "a - b"): Judged => ({ line: 3, source: "a + b", becomes, status })

test("a score counts mutants that were killed or never ended among those that could be loaded", () => {
  const all = ["Killed", "Timeout", "Survived", "NoCoverage", "RuntimeError", "CompileError", "Ignored"]
  expect(scoreOf(all.map((status) => mutant(status)))).toEqual({ mutants: 4, killed: 2 })
})

test("a survivor has to be explained, an explanation has to have a survivor, and a score may not fall", () => {
  const found = [mutant("Killed", "a * b"), mutant("Survived"), mutant("NoCoverage", "a / b")]
  const why = "explained"
  const both = [{ why, source: "a + b", becomes: ["a - b", "a / b"] }]
  expect(complaints("f.ts", found, both, { mutants: 3, killed: 1 })).toEqual([])
  expect(complaints("f.ts", found, both, undefined)).toEqual([])
  expect(complaints("f.ts", found, [], undefined)).toEqual([
    "f.ts:3 no test notices\n  - a + b\n  + a - b",
    "f.ts:3 no test reaches\n  - a + b\n  + a / b"
  ])
  expect(complaints("f.ts", found, [...both, { why, source: "a + b", becomes: ["a * b"] }], undefined)).toEqual([
    "f.ts: explained, yet no survivor: a * b"
  ])
  expect(complaints("f.ts", found, both, { mutants: 6, killed: 3 })).toEqual(["f.ts: 1 of 3, pinned are 3 of 6"])
})

test("a mutant is named by its line and what becomes of it, also where it replaces several lines", () => {
  const text = "zero\n  if (x) {\n    go()\n  } else stop()\n"
  const position = (line: number, column: number) => ({ line, column })
  expect(asWritten(text, { start: position(2, 7), end: position(2, 8) }, "true")).toEqual({
    source: "if (x) {",
    becomes: "if (true) {"
  })
  expect(asWritten(text, { start: position(2, 10), end: position(4, 4) }, "{}")).toEqual({
    source: "if (x) {",
    becomes: "if (x) {} else stop()"
  })
})

test("every file of the mutated rooms is pinned, but those that hold types and names only", () => {
  const pinned = allPins()
  expect(filesOfRooms().filter((file) => pinned[file] === undefined)).toEqual([
    "src/engine/index.ts",
    "src/engine/nodes/NodeTransition.ts",
    "src/engine/predicates/Checker.ts",
    "src/search/Exploration.ts",
    "src/search/SearchOptions.ts",
    "src/search/random/Simulation.ts"
  ])
})

test("files and judges that are named exist", () => {
  const root = join(import.meta.dirname, "..", "..")
  expect(namedHere.filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test("only files that are mutated are pinned", () => {
  expect(Object.keys(allPins()).filter((file) => !mutatedFiles().includes(file))).toEqual([])
})

test("as many survivors are explained as are pinned, each with a reason, in a line that the file still has", () => {
  const root = join(import.meta.dirname, "..", "..")
  for (const [file, { explained, killed, mutants }] of Object.entries(allPins())) {
    const lines = readFileSync(join(root, file), "utf8").split("\n")
    const known = new Set(lines.map((line) => asWritten(line, { start: at, end: at }, "").source))
    expect(explained.filter(({ source }) => !known.has(source))).toEqual([])
    expect(explained.filter(({ why }) => why.length < 10)).toEqual([])
    // One reason covers the same change in two equal lines.
    const mutantsExplained = explained.reduce((sum, { becomes }) => sum + becomes.length, 0)
    expect([file, mutantsExplained <= mutants - killed]).toEqual([file, true])
    expect([file, mutantsExplained > 0]).toEqual([file, mutants > killed])
  }
})

const at = { line: 1, column: 1 }

test("the table has a line for each file and one for all, with shares rounded down and n/a for none", () => {
  const table = scoresTable({ "a.ts": { mutants: 3, killed: 2 }, "b.ts": { mutants: 0, killed: 0 } })
  expect(table.split("\n").map((line) => line.replace(/ +/g, " "))).toEqual([
    "a.ts 2 of 3 66 %",
    "b.ts 0 of 0 n/a",
    "all 2 of 3 66 %"
  ])
})
