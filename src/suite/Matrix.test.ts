import { describe, expect, test } from "vitest"
import type { CaseResult, PropertyReport } from "./CheckCase.ts"
import { consequences, type Guarantee, keptMatrix, matrixDrift, matrixOf, type PlacedResult } from "./Matrix.ts"

const guarantee = (name: string, ...implies: ReadonlyArray<string>): Guarantee => ({
  name,
  label: name.slice(0, 3),
  about: "",
  source: "",
  implies
})

const chain = [guarantee("strong", "middle"), guarantee("middle", "weak"), guarantee("weak"), guarantee("apart")]

const property = (name: string, verdict: PropertyReport["verdict"], steps = 0): PropertyReport => ({
  name,
  kind: "monitor",
  verdict,
  checked: 1,
  why: null,
  note: null,
  expected: null,
  counterexample:
    verdict === "violated"
      ? {
          length: steps,
          faults: 0,
          schedule: ["a step"],
          replay: `${name}@0.${steps}`,
          because: "so",
          itf: null,
          loop: null
        }
      : null
})

const suiteCase = (id: string, properties: ReadonlyArray<PropertyReport>, setting = "plain"): PlacedResult => ({
  place: { design: "design", setting },
  result: { id, properties } as CaseResult
})

const verdicts = (results: ReadonlyArray<PlacedResult>) =>
  matrixOf(results, chain).rows.map(({ guarantees }) =>
    guarantees.map(({ steps, verdict }) => (steps === null ? verdict : `${verdict} in ${steps}`))
  )

test("what follows from a guarantee follows through others, too", () => {
  expect([...consequences(chain, "strong")]).toEqual(["middle", "weak"])
  expect([...consequences(chain, "weak")]).toEqual([])
})

describe("a row", () => {
  test("says that a guarantee holds where some case gave it something to say and none refutes it", () => {
    const found = verdicts([
      suiteCase("a", [property("weak", "holds"), property("apart", "vacuous")]),
      suiteCase("b", [property("weak", "vacuous")])
    ])
    expect(found).toEqual([["vacuous", "vacuous", "holds", "vacuous"]])
  })

  test("takes the shortest of the traces that violate a guarantee", () => {
    expect(
      verdicts([suiteCase("a", [property("apart", "violated", 5)]), suiteCase("b", [property("apart", "violated", 3)])])
    ).toEqual([["vacuous", "vacuous", "vacuous", "violated in 3"]])
  })

  test("fails a stronger guarantee by the trace of a weaker one, though the stronger held in the cases that asked for it", () => {
    const { rows } = matrixOf(
      [suiteCase("a", [property("strong", "holds")]), suiteCase("b", [property("weak", "violated", 4)])],
      chain
    )
    expect(rows[0]?.guarantees.map(({ through, verdict }) => `${verdict} ${through}`)).toEqual([
      "violated weak",
      "violated weak",
      "violated null",
      "vacuous null"
    ])
  })

  test("names the strongest that hold and the weakest that fail", () => {
    const { rows } = matrixOf(
      [suiteCase("a", [property("strong", "violated", 2), property("middle", "holds"), property("weak", "holds")])],
      chain
    )
    expect([rows[0]?.strongest, rows[0]?.weakestViolated]).toEqual([["middle"], ["strong"]])
  })

  test("is not decided where a limit ended a search, and failed where the property threw", () => {
    expect(
      verdicts([
        suiteCase("a", [property("weak", "inconclusive"), property("apart", "failed")]),
        suiteCase("b", [property("weak", "holds")])
      ])
    ).toEqual([["vacuous", "vacuous", "inconclusive", "failed"]])
  })

  test("is judged by what a kind of design properties in words of its own, and fails where one of them fails", () => {
    const laws = { ...guarantee("laws", "weak"), properties: ["first law", "second law"] }
    const placed = suiteCase("a", [property("first law", "holds"), property("second law", "violated", 3)])
    const { contradictions, rows } = matrixOf([placed], [laws, guarantee("weak")])
    expect(rows[0]?.guarantees.map(({ name, steps, verdict }) => [name, verdict, steps])).toEqual([
      ["laws", "violated", 3],
      ["weak", "vacuous", null]
    ])
    expect(contradictions).toEqual([])
    const against = suiteCase("a", [property("first law", "holds"), property("weak", "violated", 2)])
    expect(matrixOf([against], [laws, guarantee("weak")]).contradictions).toEqual([
      "a: “laws” holds and “weak”, which it implies, is violated"
    ])
  })

  test("stands in the table of its part, wherever its cases are", () => {
    const placed = (id: string, part: string, design: string): PlacedResult => ({
      place: { part, design, setting: "plain" },
      result: { id, properties: [] } as unknown as CaseResult
    })
    const { rows } = matrixOf(
      [placed("a", "sets", "one"), placed("b", "maps", "two"), placed("c", "sets", "three")],
      []
    )
    expect(rows.map(({ design, part }) => `${part}: ${design}`)).toEqual(["sets: one", "sets: three", "maps: two"])
  })

  test("stands beside the other settings of its design, wherever their cases are", () => {
    const other = {
      place: { design: "other", setting: "plain" },
      result: { id: "o", properties: [] } as unknown as CaseResult
    }
    const { rows } = matrixOf([suiteCase("a", []), other, suiteCase("b", [], "crash")], chain)
    expect(rows.map(({ design, setting }) => `${design}, ${setting}`)).toEqual([
      "design, plain",
      "design, crash",
      "other, plain"
    ])
  })
})

test("a case in which a stronger guarantee holds and one that follows from it fails contradicts a theorem", () => {
  const { contradictions } = matrixOf(
    [suiteCase("a", [property("strong", "holds"), property("weak", "violated", 2)])],
    chain
  )
  expect(contradictions).toEqual(["a: “strong” holds and “weak”, which it implies, is violated"])
  expect(
    matrixOf([suiteCase("a", [property("strong", "violated", 2), property("weak", "holds")])], chain).contradictions
  ).toEqual([])
})

test("what is kept leaves out what nothing was said of, and how a violation came about", () => {
  const found = matrixOf([suiteCase("a", [property("weak", "violated", 4)])], chain)
  const weak = { verdict: "violated", steps: 4, replay: "weak@0.4" }
  expect(keptMatrix(found)).toEqual({
    schema: "plait/matrix@2",
    rows: [
      {
        design: "design",
        setting: "plain",
        cases: ["a"],
        guarantees: [
          { ...weak, name: "strong", through: "weak" },
          { ...weak, name: "middle", through: "weak" },
          { ...weak, name: "weak", through: null }
        ]
      }
    ]
  })
})

describe("drift", () => {
  const now = matrixOf([suiteCase("a", [property("weak", "violated", 4)])], chain)
  const text = (rows: unknown) => JSON.stringify({ schema: "plait/matrix@2", rows })

  test("is none against what was found, nor against what is kept of it", () => {
    expect(matrixDrift(text(now.rows), "matrix.json", now)).toEqual([])
    expect(matrixDrift(JSON.stringify(keptMatrix(now)), "matrix.json", now)).toEqual([])
  })

  test("is said per guarantee, in words", () => {
    const before = matrixOf([suiteCase("a", [property("weak", "holds"), property("apart", "violated", 2)])], chain)
    expect(matrixDrift(text(before.rows), "matrix.json", now)).toEqual([
      "design; plain; strong: vacuous → violated in 4",
      "design; plain; middle: vacuous → violated in 4",
      "design; plain; weak: holds → violated in 4",
      "design; plain; apart: violated in 2 → vacuous"
    ])
  })

  test("against a file that is no matrix is an error that names it", () => {
    expect(() => matrixDrift("{", "reports/matrix.json", now)).toThrow(/^reports\/matrix.json is no baseline: /)
  })
})
