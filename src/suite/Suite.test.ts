import { describe, expect, test } from "vitest"
import { catalogue } from "../../test/catalogue.ts"
import { closest } from "./closest.ts"
import { caseFromId, caseIdOf, casesOf, defaultsOf, selectCases } from "./Suite.ts"
import { UsageError } from "./UsageError.ts"

const ids = (filters: ReadonlyArray<string>, sets: ReadonlyArray<string> = []) =>
  selectCases(catalogue, filters, sets).map(({ id }) => id)

describe("cases are selected", () => {
  test("all of them without a filter; a model's; one; those that contain a word", () => {
    expect(ids([])).toEqual(casesOf(catalogue, false).map(({ id }) => id))
    expect(ids(["two-phase-commit"])).toEqual([
      "two-phase-commit/n=3",
      "two-phase-commit/n=5",
      "two-phase-commit/n=6",
      "two-phase-commit/n=7"
    ])
    expect(ids(["two-phase-commit/n=5"])).toEqual(["two-phase-commit/n=5"])
    expect(ids(["replicas=3,operations=5"])).toEqual(["grow-only-set/replicas=3,operations=5"])
  })
  test("in the matrix or not, where parameters are set; the others keep their defaults", () => {
    expect(ids(["grow-only-set"], ["operations=2"])).toEqual(["grow-only-set/replicas=3,operations=2"])
    expect(ids(["two-phase-commit/n=4"])).toEqual(["two-phase-commit/n=4"])
  })
  test("every case of the matrix has an identifier of its own that leads back to it", () => {
    const cases = casesOf(catalogue, true)
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
    for (const { entry, id, values } of cases) expect(caseFromId(catalogue, id)).toEqual({ id, entry, values })
  })
  test("with the default of every parameter inside its bounds", () => {
    for (const entry of catalogue) expect(caseFromId(catalogue, caseIdOf(entry, defaultsOf(entry)))?.entry).toBe(entry)
  })
})

describe("a request that names what does not exist", () => {
  const wrong: ReadonlyArray<readonly [filters: ReadonlyArray<string>, sets: ReadonlyArray<string>, advice: string]> = [
    [["lamport-regster"], [], "did you mean lamport-register?"],
    [["zzz"], [], "plait list shows them all"],
    [[], ["n=3"], "plait check two-phase-commit --set n=4"],
    [["grow-only-set"], ["replica=3"], "did you mean replicas?"],
    [["grow-only-set"], ["replicas"], "--set replicas=3"],
    [["grow-only-set"], ["replicas=99"], "replicas is a whole number from 1 to 6"],
    [["grow-only-set"], ["replicas=2.5"], "replicas is a whole number from 1 to 6"]
  ]
  test.each(wrong)("%j with %j is told what to type", (filters, sets, advice) => {
    const error = (() => {
      try {
        return ids(filters, sets)
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(UsageError)
    expect((error as UsageError).advice).toBe(advice)
    expect((error as UsageError).message.endsWith(advice)).toBe(true)
  })
})

test("the closest word is the one with the fewest edits, if it is close at all", () => {
  expect(closest("colour", ["color", "collar", "cooler"])).toBe("color")
  expect(closest("xyz", ["abc"])).toBe(undefined)
  expect(closest("x", [])).toBe(undefined)
})
