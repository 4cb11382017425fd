/** Tests that a person would write, all of which pass. */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { raceModel, type RaceState, raceWrites } from "../../models/multi-leader/race.ts"
import { forgetfulTwoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import { everyoneDecided, noSplitDecision } from "../../properties/atomic-commit.ts"
import { consistentPrefix } from "../../properties/consistent-prefix.ts"
import { convergence } from "../../properties/convergence.ts"
import { explore, replay } from "../../src/index.ts"
import { verify } from "../../src/vitest/index.ts"

const race = raceModel.system({ leaders: 3, delivery: "any-order" })
const property = consistentPrefix<RaceState>({
  visible: raceWrites,
  causes: (write) => (write === "update" ? ["insert"] : [])
})
const converge = convergence<RaceState>({ view: raceWrites, written: ({ inserted }) => inserted })

verify(raceModel.system({ leaders: 3, delivery: "causal" }), [property, converge])

verify(forgetfulTwoPhaseCommitModel.system({ n: 3 }), [noSplitDecision, everyoneDecided], {
  expected: { [noSplitDecision.name]: "violated" }
})

test("the matchers speak of all properties, or of the one that is named", async () => {
  const found = await Effect.runPromise(explore(race, [property, converge]))
  expect(found).toHold("replicas converge")
  expect(found).not.toHold()
  expect(found).toBeViolated({ property: property.name, steps: 4 })
  expect(found).not.toBeViolated({ property: property.name, steps: 5 })
  expect(found).not.toReach()
})

test("a situation is reached", async () => {
  const found = await Effect.runPromise(
    explore(forgetfulTwoPhaseCommitModel.system({ n: 3 }), [noSplitDecision, everyoneDecided])
  )
  expect(found).toReach(everyoneDecided.name)
})

test("a printed schedule shows the same violation again", () => {
  expect(replay(race, [property], "0.0.0.0.2")).toBeViolated({ steps: 4 })
  expect(replay(race, [property], "0.0.0.0.2")).toBeViolated({ property: property.name })
  expect(replay(race, [property], "0.0.0.0")).not.toBeViolated()
  expect(replay(race, [property], "0.99")).not.toBeViolated()
})
