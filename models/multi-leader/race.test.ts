import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence } from "plait/properties/convergence"
import { causalPrefix, consistentPrefix } from "plait/properties/consistent-prefix"
import { explore } from "../../test/explore-given.ts"
import { type NodesView, Property } from "plait"
import { raceModel, type RaceState, raceWrites } from "./race.ts"

const causes = (write: string | number) => (write === "update" ? ["insert"] : [])
const prefix = consistentPrefix<RaceState>({ visible: raceWrites, causes })
const overtaken = Property.reachable<NodesView<RaceState>>("an update is in flight to a leader without the row", {
  holds: ({ nodes }) =>
    nodes.some(({ inbox, state }) => !state.inserted && inbox.some(({ message }) => message._tag === "Updated"))
})

// Distinct states as TLC counts them for Race.tla: messages delivered exactly once.
const counts = [
  { leaders: 3, delivery: "any-order", distinct: 13 },
  { leaders: 4, delivery: "any-order", distinct: 41 },
  { leaders: 3, delivery: "causal", distinct: 11 },
  { leaders: 4, delivery: "causal", distinct: 27 }
] as const

describe("insert/update race", () => {
  for (const { delivery, distinct, leaders } of counts) {
    it.effect(`${leaders} leaders with ${delivery} delivery have ${distinct} states, as in Race.tla`, () =>
      Effect.gen(function* () {
        const found = yield* explore(raceModel.system({ leaders, delivery }), [])
        assert.deepStrictEqual([found.distinct, found.complete], [distinct, true])
      })
    )
  }

  it.effect("in any order an update is seen without its insert after 4 steps", () =>
    Effect.gen(function* () {
      // Insert, its arrival at leader 1, the update, its arrival at leader 2.
      const { properties } = yield* explore(raceModel.system({ leaders: 3, delivery: "any-order" }), [
        prefix,
        causalPrefix({ visible: raceWrites }),
        convergence({ view: raceWrites }),
        overtaken
      ])
      const [stated, observed, converged, reached] = properties.map(({ verdict }) => verdict)
      for (const verdict of [stated, observed]) {
        assert(verdict?._tag === "violated")
        assert.strictEqual(verdict.evidence.steps.length, 4)
        assert.strictEqual(verdict.because, "n2 shows update but not insert, which it depends on.")
      }
      assert.strictEqual(converged?._tag, "holds")
      assert(reached?._tag === "reached")
      assert.strictEqual(reached.evidence.steps.length, 3)
    })
  )

  for (const leaders of [3, 4]) {
    it.effect(`with causal delivery ${leaders} leaders never show an update without its insert`, () =>
      Effect.gen(function* () {
        const { properties } = yield* explore(raceModel.system({ leaders, delivery: "causal" }), [
          prefix,
          causalPrefix({ visible: raceWrites }),
          convergence({ view: raceWrites }),
          overtaken
        ])
        const tags = properties.map(({ verdict }) => verdict._tag)
        assert.deepStrictEqual(tags, ["holds", "holds", "holds", "reached"])
      })
    )
  }

  it.effect("two leaders leave the update nobody to overtake at", () =>
    Effect.gen(function* () {
      const { properties } = yield* explore(raceModel.system({ leaders: 2, delivery: "any-order" }), [
        prefix,
        overtaken
      ])
      assert.deepStrictEqual(
        properties.map(({ verdict }) => verdict._tag),
        ["holds", "unreached"]
      )
    })
  )
})
