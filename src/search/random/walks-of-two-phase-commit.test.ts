import { Effect } from "effect"
import { expect, test } from "vitest"
import { forgetfulTwoPhaseCommitModel, twoPhaseCommitModel } from "../../../models/reference/two-phase-commit.ts"
import { everyoneDecided, noSplitDecision, type Resources } from "../../../properties/atomic-commit.ts"
import { Property } from "../../property/index.ts"
import { simulate } from "./RandomWalks.ts"

const forgetful = forgetfulTwoPhaseCommitModel.system({ n: 3 })
const walk = (seed: number) =>
  Effect.runPromise(simulate(forgetful, [noSplitDecision], { walks: 3000, seed, maxSteps: 30 }))

test("twenty seeds find the violation, shrunk to its 7 steps or to the fewest of its own steps, twice the same", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const first = await walk(seed)
    const { verdict } = first.properties[0]!
    expect(verdict._tag).toBe("violated")
    const steps = verdict._tag === "violated" ? verdict.evidence.steps.length : 0
    expect(steps >= 7 && steps <= 8 ? "short" : steps).toBe("short")
    expect(JSON.stringify(await walk(seed))).toBe(JSON.stringify(first))
  }
})

test("a correct system is never said to hold: the verdict says that it was only walked", async () => {
  const never = Property.stepInvariant<Resources>("steps are seen", { holds: () => true })
  const found = await Effect.runPromise(
    simulate(twoPhaseCommitModel.system({ n: 3 }), [noSplitDecision, everyoneDecided, never], { walks: 200, seed: 7 })
  )
  expect(found.properties.map(({ verdict }) => verdict._tag)).toEqual(["inconclusive", "reached", "inconclusive"])
  expect(found.actions.reduce((sum, { taken }) => sum + taken, 0)).toBe(found.steps)
  expect(found.distinct <= 288 && found.distinct > 100).toBe(true)
})

test("every action is listed, those that no walk took with 0", async () => {
  const [steps, seed] = [1, 1]
  const found = await Effect.runPromise(simulate(forgetful, [noSplitDecision], { walks: 100, seed, maxSteps: steps }))
  // At first a resource manager may prepare or choose to abort, and the manager may abort: nothing was received yet.
  expect(found.actions.filter(({ taken }) => taken > 0).map(({ name }) => name)).toEqual([
    "managerAborts",
    "prepares",
    "choosesToAbort"
  ])
  expect(found.actions.length).toBe(7)
})
