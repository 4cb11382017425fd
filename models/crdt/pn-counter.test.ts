import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { explore } from "../../src/search/Explorer.ts"
import { failuresOf, stepsToFail } from "../../test/failures.ts"
import { pnCounterModel } from "./pn-counter.ts"

const value = "the value is increments less decrements"
const sameWrites = "replicas with the same writes show the same"

describe("counter with decrements", () => {
  // An update is an increment or a decrement, 2^m ways, at either replica, m + 1 ways, in an order that only the names of
  // a replica's updates keep. Each is under way or arrived, 2^m, or one of them is lost, m 2^(m-1).
  for (const operations of [1, 2, 3]) {
    it.effect(`${operations} updates of which one may be lost: Σ (m + 1) 2^m (2^m + m 2^(m-1)) states`, () =>
      Effect.gen(function* () {
        const parts = { style: "operation", replicas: 2, delivery: "at-most-once", mutant: "none", operations } as const
        const { distinct } = yield* explore(pnCounterModel.system(parts), [])
        const invoked = Array.from({ length: operations + 1 }, (_, m) => m)
        const states = invoked.map((m) => (m + 1) * 2 ** m * (2 ** m + m * 2 ** (m - 1)))
        assert.strictEqual(
          distinct,
          states.reduce((all, each) => all + each, 0)
        )
      })
    )
  }

  it.effect("an operation delivered twice counts twice: 1 here and 2 there", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("pn-counter/style=operation")
      const twice = [
        "n0 is asked to Increment",
        "Apply {n0.1 increment} from n0 to n1 is duplicated",
        "n1 receives Apply {n0.1 increment} from n0",
        "n1 receives Apply {n0.1 increment} from n0"
      ]
      assert.deepStrictEqual([failures[sameWrites], failures[value]], [twice, twice])
    })
  )

  for (const style of ["state", "delta"]) {
    it.effect(`${style}: what comes twice counts once`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`pn-counter/style=${style}`), {})
      })
    )
  }

  it.effect("in one vector the greater entry wins, and a decrement is forgotten where it was asked", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("pn-counter/operations=2,mutant=one-vector")
      assert.deepStrictEqual(failures, {
        [value]: ["n0 is asked to Decrement"],
        [sameWrites]: [
          "n0 is asked to Increment",
          "n0 is asked to Decrement",
          "n1 receives Merge {n0.1 increment, n0.2 decrement} from n0"
        ]
      })
    })
  )

  it.effect("deltas that are added instead of joined count what they follow from again", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* stepsToFail("pn-counter/style=delta,operations=2,mutant=adds"), {
        "replicas converge": 6,
        [sameWrites]: 3,
        [value]: 2,
        "merging is idempotent": 1,
        "a state only moves up its lattice": 2
      })
    })
  )
})
