import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { failuresOf } from "../../test/failures.ts"

const observed = "an element is there if an addition of it is that no removal observed"
const comesBack = "a removed element does not come back"
const sameWrites = "replicas with the same writes show the same"
const converge = "replicas converge"

const overtakes = [
  "n0 is asked to Add x",
  "n0 is asked to Add y",
  "n1 receives Join {n0.2 add y} from n0",
  "n1 receives Join {n0.1 add x} from n0"
]

describe("observed-remove set with deltas", () => {
  for (const context of ["dots", "vector"]) {
    it.effect(`under causal delivery a context of ${context} will do`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`delta-or-set/context=${context},delivery=causal`), {})
      })
    )
  }

  it.effect("a context of dots converges in any order, though a removal may come before what it removes is known", () =>
    Effect.gen(function* () {
      // n0.2 replaced n0.1, so the removal names n0.2 alone. Without n0.2's delta n1 never learns that n0.1 is gone.
      assert.deepStrictEqual(yield* failuresOf("delta-or-set"), {
        [observed]: [
          "n0 is asked to Add x",
          "n0 is asked to Add x",
          "n0 is asked to Remove x",
          "n1 receives Join {n0.1 add x} from n0",
          "n1 receives Join {n0.3 remove x} from n0"
        ]
      })
    })
  )

  it.effect("a context of a vector takes the second addition to say that the first was removed, and diverges", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("delta-or-set/context=vector")
      assert.deepStrictEqual([failures[observed], failures[sameWrites]], [overtakes, overtakes])
      assert.strictEqual(failures[converge]?.length, 6)
      assert.isUndefined(failures[comesBack])
    })
  )

  for (const [mutant, title] of [
    ["forgets-context", "a removal that does not say what it removes"],
    ["keeps-removed", "a join that drops nothing"]
  ]) {
    it.effect(`${title} takes nothing out, even where it was asked, and all replicas agree on it`, () =>
      Effect.gen(function* () {
        const failures = yield* failuresOf(`delta-or-set/delivery=causal,mutant=${mutant}`)
        assert.deepStrictEqual(Object.keys(failures), [observed, comesBack])
        assert.deepStrictEqual(failures[observed], ["n0 is asked to Add x", "n0 is asked to Remove x"])
      })
    )
  }
})
