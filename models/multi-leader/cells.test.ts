import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence } from "plait/properties/convergence"
import { noTornRow } from "plait/properties/no-torn-row"
import { explore } from "../../src/search/Explorer.ts"
import { cellsModel, rowsOf, shownRow } from "./cells.ts"

type Settings = Parameters<typeof cellsModel.system>[0]

const settings: Settings = { unit: "cell", writes: "two-updates", apart: 0, rule: "tombstone-then-larger" }

const judge = (changed: Partial<Settings>) => {
  const values = { ...settings, ...changed }
  const properties = [noTornRow({ row: shownRow, written: rowsOf(values.writes) }), convergence({ view: shownRow })]
  return Effect.map(explore(cellsModel.system(values), properties), ({ complete, properties }) => {
    assert.isTrue(complete)
    const [torn, converges] = properties.map(({ verdict }) => verdict)
    return { torn, converges }
  })
}

describe("a row under Cassandra's rule for the winner", () => {
  it.effect("cell by cell, two writes with one timestamp leave a row that nobody wrote, on every replica", () =>
    Effect.gen(function* () {
      const { converges, torn } = yield* judge({})
      assert(torn?._tag === "violated")
      // Two writes and one arrival: the larger of 2 and 3 with the larger of "123" and "111".
      assert.strictEqual(torn.evidence.steps.length, 3)
      assert.strictEqual(
        torn.because,
        'n0 shows (3, "123"), which nobody wrote; written were (2, "123") and (3, "111").'
      )
      assert.strictEqual(converges?._tag, "holds")
    })
  )

  for (const changed of [
    { apart: 1 },
    { unit: "row" },
    { writes: "update-and-delete" },
    { unit: "row", writes: "update-and-delete" }
  ] as const) {
    it.effect(`no row is torn with ${Object.entries(changed).join(" and ").replaceAll(",", " ")}`, () =>
      Effect.gen(function* () {
        const { converges, torn } = yield* judge(changed)
        assert.deepStrictEqual([torn?._tag, converges?._tag], ["holds", "holds"])
      })
    )
  }

  for (const changed of [{ rule: "arrival" }, { rule: "untidy", writes: "update-and-delete" }] as const) {
    it.effect(`a tie by ${changed.rule} is caught: replicas diverge`, () =>
      Effect.gen(function* () {
        const { converges } = yield* judge(changed)
        assert(converges?._tag === "violated")
        // Both write, both take the other's write.
        assert.strictEqual(converges.evidence.steps.length, 4)
      })
    )
  }
})
