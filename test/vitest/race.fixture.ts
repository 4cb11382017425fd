/** Tests that a person would write, some of which fail: what vitest prints of them is the property of verify.test.ts. */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { raceModel, type RaceState, raceWrites } from "../../models/multi-leader/race.ts"
import { twoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import { everyoneDecided, noSplitDecision } from "../../properties/atomic-commit.ts"
import { consistentPrefix } from "../../properties/consistent-prefix.ts"
import { convergence } from "../../properties/convergence.ts"
import { explore, type NodesView, Property, replay } from "../../src/index.ts"
import { verify } from "../../src/vitest/index.ts"

const race = raceModel.system({ leaders: 3, delivery: "any-order" })
const property = consistentPrefix<RaceState>({
  visible: raceWrites,
  causes: (write) => (write === "update" ? ["insert"] : [])
})
const converge = convergence<RaceState>({ view: raceWrites, written: ({ inserted }) => inserted })

verify(race, [property, converge])

verify(twoPhaseCommitModel.system({ n: 4 }), [noSplitDecision, everyoneDecided], {
  expected: { [noSplitDecision.name]: "violated", [everyoneDecided.name]: "unreached" }
})

verify(
  raceModel.system({ leaders: 4, delivery: "any-order" }),
  [
    converge,
    Property.invariant<NodesView<RaceState>>("nobody has a fifth neighbour", {
      premise: ({ nodes }) => nodes.length > 4,
      holds: () => true
    }),
    Property.invariant<NodesView<RaceState>>("a property that throws", {
      holds: () => {
        throw new RangeError("a fault of the property")
      }
    })
  ],
  { limits: { states: 20 } }
)

test("matchers: a search that judged two properties", async () => {
  expect(await Effect.runPromise(explore(race, [property, converge]))).toHold()
})

test("matchers: another length", async () => {
  expect(await Effect.runPromise(explore(race, [property]))).toBeViolated({ steps: 5 })
})

test("matchers: a property that is violated after all", async () => {
  expect(await Effect.runPromise(explore(race, [property]))).not.toBeViolated({ steps: 4 })
})

test("matchers: a name that is not there", async () => {
  expect(await Effect.runPromise(explore(race, [property]))).toHold("replicas converge")
})

test("matchers: a search that was not run", () => {
  expect(explore(race, [property])).toHold()
})

test("matchers: a run that decides nothing", () => {
  expect(replay(race, [property], "0.0.0.0")).toBeViolated()
})
