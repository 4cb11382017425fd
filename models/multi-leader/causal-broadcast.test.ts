import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { causalPrefix, consistentPrefix } from "plait/properties/consistent-prefix"
import { convergence } from "plait/properties/convergence"
import { explore } from "../../src/search/Explorer.ts"
import { causalBroadcastModel, causalWrites, type Gate } from "./causal-broadcast.ts"

const properties = [
  causalPrefix({ visible: causalWrites }),
  convergence({ view: causalWrites }),
  consistentPrefix({
    visible: causalWrites,
    causes: (write) => (write === "a2" ? ["a1"] : write === "b2" ? ["b1"] : [])
  })
]

const judge = (gate: Gate, repeat: number, writes = 2) =>
  Effect.map(
    explore(causalBroadcastModel.system({ gate, leaders: 3, repeat, writes }), properties),
    ({ complete, properties }) => {
      assert.isTrue(complete)
      const [prefix, converges, ownOrder] = properties.map(({ verdict }) => verdict)
      return { prefix, converges, ownOrder }
    }
  )

describe("writes sent from every leader to every other", () => {
  it.effect("shown at once, a write overtakes the one before it", () =>
    Effect.gen(function* () {
      const { converges, ownOrder, prefix } = yield* judge("none", 0)
      assert(prefix?._tag === "violated")
      // Two writes at leader 0 and the arrival of the second.
      assert.strictEqual(prefix.evidence.steps.length, 3)
      assert.strictEqual(prefix.because, "n1 shows a2 but not a1, which it depends on.")
      assert.strictEqual(ownOrder?._tag, "violated")
      // Sets of writes converge whatever the order: convergence says nothing about the prefix.
      assert.strictEqual(converges?._tag, "holds")
    })
  )

  it.effect("shown at once, one write a leader: still an answer overtakes what it answers, as in figure 5-9", () =>
    Effect.gen(function* () {
      const { ownOrder, prefix } = yield* judge("none", 0, 1)
      assert(prefix?._tag === "violated")
      // Write, its arrival at leader 1, the answer, whose arrival at leader 2 comes first: 4 steps, as in race.ts.
      assert.strictEqual(prefix.evidence.steps.length, 4)
      assert.strictEqual(ownOrder?._tag, "vacuous")
    })
  )

  for (const repeat of [0, 1]) {
    it.effect(`waiting for its causes, no write is shown before them, ${repeat} messages repeated`, () =>
      Effect.gen(function* () {
        const { converges, ownOrder, prefix } = yield* judge("exact", repeat)
        assert.deepStrictEqual([prefix?._tag, converges?._tag, ownOrder?._tag], ["holds", "holds", "holds"])
      })
    )
  }

  it.effect("a gate that ignores the origin's own entry is caught", () =>
    Effect.gen(function* () {
      const { prefix } = yield* judge("others-only", 0)
      assert(prefix?._tag === "violated")
      assert.strictEqual(prefix.evidence.steps.length, 3)
    })
  )

  it.effect("a gate with ≤ for = passes as long as nothing is repeated, and is caught when a message is", () =>
    Effect.gen(function* () {
      const quiet = yield* judge("at-most", 0)
      assert.strictEqual(quiet.prefix?._tag, "holds")
      const { prefix } = yield* judge("at-most", 1)
      assert(prefix?._tag === "violated")
      // a1, a2 at 0, both arrive at 1, b1 at 1; at 2 a1 arrives twice (and is repeated), counts twice, and lets b1 in.
      assert.strictEqual(prefix.evidence.steps.length, 9)
      assert.strictEqual(prefix.because, "n2 shows b1 but not a2, which it depends on.")
    })
  )
})
