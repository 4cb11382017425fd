import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { explore } from "../../src/search/Explorer.ts"
import { failuresOf } from "../../test/failures.ts"
import { gSetModel } from "./g-set.ts"

const addXThenY = ["n0 is asked to Add x", "n0 is asked to Add y"]

describe("grow-only set", () => {
  // Each of m additions, of x or of y, 2^m ways, at either replica, m + 1 ways, is under way or arrived, 2^m, or one of
  // them is lost, m 2^(m-1).
  for (const operations of [1, 2, 3]) {
    it.effect(`${operations} additions of which one may be lost: Σ (m + 1) 2^m (2^m + m 2^(m-1)) states`, () =>
      Effect.gen(function* () {
        const parts = { style: "operation", replicas: 2, delivery: "at-most-once", mutant: "none", operations } as const
        const { distinct } = yield* explore(gSetModel.system(parts), [])
        const invoked = Array.from({ length: operations + 1 }, (_, m) => m)
        const states = invoked.map((m) => (m + 1) * 2 ** m * (2 ** m + m * 2 ** (m - 1)))
        assert.strictEqual(
          distinct,
          states.reduce((all, each) => all + each, 0)
        )
      })
    )
  }

  for (const style of ["operation", "state", "delta"]) {
    it.effect(`${style}: additions may come in any order and twice`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`g-set/style=${style}`), {})
      })
    )
  }

  it.effect("when what arrives replaces the set, two additions arriving in the other order leave the first", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("g-set/style=operation,mutant=replaces")
      assert.deepStrictEqual(failures["replicas converge"], [
        ...addXThenY,
        "n1 receives Apply {n0.2 add y} from n0",
        "n1 receives Apply {n0.1 add x} from n0"
      ])
      assert.deepStrictEqual(failures["the elements are those that were added"], addXThenY)
    })
  )

  it.effect("keeping to the first element is associative and idempotent, and yet two first elements stay apart", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("g-set/mutant=first")
      assert.deepStrictEqual(Object.keys(failures), [
        "replicas converge",
        "replicas with the same writes show the same",
        "the elements are those that were added",
        "merging is commutative"
      ])
      assert.deepStrictEqual(failures["merging is commutative"], ["n0 is asked to Add x", "n1 is asked to Add y"])
    })
  )
})
