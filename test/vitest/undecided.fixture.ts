/** Searches that a limit ends: no test of theirs passes, whichever way it asks. */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { raceModel, type RaceState, raceWrites } from "../../models/multi-leader/race.ts"
import { convergence } from "../../properties/convergence.ts"
import { explore } from "../../src/index.ts"
import { verify } from "../../src/vitest/index.ts"

const race = raceModel.system({ leaders: 3, delivery: "causal" })
const converge = convergence<RaceState>({ view: raceWrites, written: ({ inserted }) => inserted })
const limits = { states: 2 }

verify(race, [converge], { limits })
verify(race, [converge], { limits, allowIncomplete: true })

test("an undecided property does not hold", async () => {
  expect(await Effect.runPromise(explore(race, [converge], { limits }))).toHold()
})

test("nor is it without a violation", async () => {
  expect(await Effect.runPromise(explore(race, [converge], { limits }))).not.toBeViolated()
})

test("nor does it not hold", async () => {
  expect(await Effect.runPromise(explore(race, [converge], { limits }))).not.toHold()
})
