/** Mutants of a system, their fates, and the pins of those. */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { catalogue } from "../../test/catalogue.ts"
import { selectCases } from "../suite/Suite.ts"
import { mutantDrift, parseMutantPins, pinMutants, pinnedScore, printMutantPins } from "./MutantPins.ts"
import { mutate } from "./Mutation.ts"

const mutated = (id: string, limits = {}) => {
  const [suiteCase] = selectCases(catalogue, [id], [])
  if (suiteCase === undefined) throw new Error(`no case ${id}`)
  return Effect.runPromise(mutate(suiteCase, { limits }))
}

describe("a system of nodes", () => {
  // Two handlers, one send, one message with one field that varies: 2 + 2 + 1 mutants. Only a set that misses elements
  // at one replica differs from the other's: by skipping or ignoring what arrives, or by never sending it. Additions that
  // do nothing leave the replicas empty, where convergence says nothing, and a set is the same after a second copy.
  test("has a mutant per handler, send, and field of a message that varies", async () => {
    const { mutants } = await mutated("grow-only-set/replicas=2,operations=2")
    expect(mutants.map(({ fate, name, operator }) => [name, operator, fate])).toEqual([
      ["Add does nothing", "skip handler", "killed"],
      ["Add does not send Added", "drop send", "killed"],
      ["Add sends Added twice", "send twice", "survived"],
      ["Added does nothing", "skip handler", "killed"],
      ["Added ignores element", "ignore field", "killed"]
    ])
  })

  test("a property is counted for each mutant that it is false of, and for those that silence it", async () => {
    const { properties, score } = await mutated("grow-only-set/replicas=2,operations=2")
    expect(properties.map(({ judged, kills, name, silenced }) => [name, judged, kills, silenced])).toEqual([
      ["replicas converge", true, 3, 1]
    ])
    expect(score).toEqual({ killed: 4, of: 5 })
  })

  test("the values that Model.mutants declares are judged by the properties of the case without one", async () => {
    const { mutants } = await mutated("single-copy-register/clients=2,servers=1")
    expect(mutants.filter(({ operator }) => operator === "declared").map(({ fate, name }) => [name, fate])).toEqual([
      ["mutant=forgets", "killed"]
    ])
  })

  test("a mutant whose search a limit ends before a property notices is undecided, and counts against the score", async () => {
    const { mutants, score } = await mutated("grow-only-set/replicas=2,operations=2", { states: 9 })
    const twice = mutants.find(({ operator }) => operator === "send twice")
    expect([twice?.fate, twice?.why, score.of]).toEqual(["undecided", "state limit", 5])
  })
})

describe("a whole-state model", () => {
  // Seven actions that write 11 variables in all (TwoPhase.tla): 7 + 10 mutants. Properties about commitment let every
  // mutant of an abort pass: no property promises that an abort happens.
  test("has a mutant per action and per variable that it writes", async () => {
    const { mutants } = await mutated("two-phase-commit/n=3")
    const count = (operator: string) => mutants.filter((each) => each.operator === operator).length
    expect([count("skip action"), count("drop write"), mutants.length]).toEqual([7, 10, 17])
    expect(mutants.filter(({ fate }) => fate === "survived").map(({ name }) => name)).toEqual([
      "managerAborts never happens",
      "managerAborts does not set messages",
      "choosesToAbort never happens",
      "choosesToAbort does not set resource",
      "receivesAbort never happens",
      "receivesAbort does not set resource"
    ])
  })
})

describe("pins", () => {
  test("what is printed is read again, with the score of all cases", async () => {
    const result = await mutated("two-phase-commit/n=3")
    const pins = { [result.id]: pinMutants(result) }
    expect(parseMutantPins("mutants.json", printMutantPins(pins))).toEqual(pins)
    expect(pinnedScore(pins)).toEqual(result.score)
    expect(mutantDrift(result, pinMutants(result))).toEqual([])
  })

  test("a mutant that survives anew and a property that falls never falsified are drift", async () => {
    const result = await mutated("grow-only-set/replicas=2,operations=2")
    const pinned = { ...pinMutants(result), killed: 5, survived: [] }
    expect(mutantDrift(result, pinned)).toEqual([
      "grow-only-set/replicas=2,operations=2: killed 5 → 4",
      "grow-only-set/replicas=2,operations=2: “Add sends Added twice”: survived now"
    ])
    const neverFalsified = { ...result, properties: result.properties.map((property) => ({ ...property, kills: 0 })) }
    expect(mutantDrift(neverFalsified, pinMutants(result))).toEqual([
      "grow-only-set/replicas=2,operations=2: “replicas converge”: never falsified now"
    ])
  })

  test("a file of another shape is refused by its path", () => {
    expect(() => parseMutantPins("mutants.json", "{}")).toThrow(/^mutants\.json is no baseline/)
  })
})
