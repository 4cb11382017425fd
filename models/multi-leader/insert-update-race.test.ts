import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { consistentPrefix } from "plait/properties/consistent-prefix"
import { convergence } from "plait/properties/convergence"
import { explore } from "../../src/search/Explorer.ts"
import { type NodesView, Property } from "plait"
import { insertUpdateRaceModel, type RowState, rowShown, rowWrites } from "./insert-update-race.ts"

const prefix = consistentPrefix<RowState>({
  visible: rowWrites,
  causes: (write) => (write === "update" ? ["insert"] : [])
})
const everywhere = Property.atQuiescence<NodesView<RowState>>("every leader ends with the update's value", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.row === 1)
})
const overtaken = Property.reachable<NodesView<RowState>>("an update is in flight to a leader without the row", {
  holds: ({ nodes }) =>
    nodes.some(({ inbox, state }) => state.row === null && inbox.some(({ message }) => message._tag === "Updated"))
})

// Kleppmann's figure 5-9 by apply rule at the third leader: dropped or overwritten updates diverge, an ignored duplicate
// key converges though the prefix was broken, a buffered update converges and keeps it.
const outcomes = [
  { rule: "drop", prefix: "holds", converges: "violated", ends: "violated" },
  { rule: "overwrite", prefix: "violated", converges: "violated", ends: "violated" },
  { rule: "ignore", prefix: "violated", converges: "holds", ends: "holds" },
  { rule: "buffer", prefix: "holds", converges: "holds", ends: "holds" }
] as const

describe("insert/update race with rows", () => {
  for (const { rule, ...expected } of outcomes) {
    it.effect(`rule ${rule}: convergence is ${expected.converges} and the prefix ${expected.prefix}`, () =>
      Effect.gen(function* () {
        const { properties } = yield* explore(insertUpdateRaceModel.system({ leaders: 3, rule }), [
          prefix,
          convergence({ view: rowShown }),
          everywhere,
          overtaken
        ])
        const [prefixed, converges, ends, reached] = properties.map(({ verdict }) => verdict)
        assert.deepStrictEqual(
          [prefixed?._tag, converges?._tag, ends?._tag],
          [expected.prefix, expected.converges, expected.ends]
        )
        assert.strictEqual(reached?._tag, "reached")
        // Insert, its arrival at leader 1, the update, its arrival at leader 2.
        if (prefixed?._tag === "violated") assert.strictEqual(prefixed.evidence.steps.length, 4)
        // All that can happen: two writes and four deliveries.
        if (converges?._tag === "violated") {
          assert.strictEqual(converges.evidence.steps.length, 6)
          assert.match(converges.because, /n2 shows 0/)
        }
      })
    )
  }
})
