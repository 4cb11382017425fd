import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { explore } from "../../src/search/Explorer.ts"
import { failuresOf, stepsToFail } from "../../test/failures.ts"
import { counted, gCounterModel, greaterCounts, total } from "./g-counter.ts"

const sameWrites = "replicas with the same writes show the same"
const value = "the value is the number of increments"

const distinct = (delivery: "at-most-once" | "at-least-once" | "exactly-once", operations: number) =>
  Effect.map(
    explore(gCounterModel.system({ style: "operation", replicas: 2, delivery, operations, mutant: "none" }), []),
    ({ complete, distinct }) => ({ complete, distinct })
  )

/** Σ over i increments at n0 and j at n1, i + j ≤ n, of the states in which those were invoked. */
const sum = (most: number, states: (i: number, j: number) => number) =>
  Array.from({ length: most + 1 }, (_, i) =>
    Array.from({ length: most + 1 - i }, (_, j) => states(i, j)).reduce((all, each) => all + each, 0)
  ).reduce((all, each) => all + each, 0)

describe("operation-based counter, states counted by hand", () => {
  // Each of m increments is under way or arrived, 2^m; or one of them is lost, m 2^(m-1).
  for (const operations of [1, 2, 3, 4]) {
    it.effect(`${operations} increments of which one may be lost: Σ 2^m + m 2^(m-1) states`, () =>
      Effect.gen(function* () {
        const expected = sum(operations, (i, j) => 2 ** (i + j) + (i + j) * 2 ** (i + j - 1))
        assert.deepStrictEqual(yield* distinct("at-most-once", operations), { complete: true, distinct: expected })
      })
    )
  }

  // No duplicate yet: 2^m. Then one of the m has both copies in flight, or one of them: m 2^(m-1) each. With both
  // arrived the state does not show which it was, so any state in which some increment has arrived: 2^m - 1.
  for (const operations of [1, 2, 3, 4]) {
    it.effect(
      `${operations} increments of which one may come twice and is recognised: Σ 2^(m+1) - 1 + m 2^m states`,
      () =>
        Effect.gen(function* () {
          const expected = sum(operations, (i, j) => 2 ** (i + j + 1) - 1 + (i + j) * 2 ** (i + j))
          assert.deepStrictEqual(yield* distinct("exactly-once", operations), { complete: true, distinct: expected })
        })
    )
  }

  // The same, save that once both copies have arrived the total says where: (2^i - 1) 2^j + 2^i (2^j - 1).
  for (const operations of [1, 2, 3, 4]) {
    it.effect(`${operations} increments of which one may count twice: the total tells at which replica`, () =>
      Effect.gen(function* () {
        const twice = (i: number, j: number) => (2 ** i - 1) * 2 ** j + 2 ** i * (2 ** j - 1)
        const expected = sum(operations, (i, j) => 2 ** (i + j) + (i + j) * 2 ** (i + j) + twice(i, j))
        assert.deepStrictEqual(yield* distinct("at-least-once", operations), { complete: true, distinct: expected })
      })
    )
  }
})

describe("grow-only counter", () => {
  it("two replicas that counted 1 and 2 merge to 3, however often", () => {
    const increment = (counts: Record<string, number>, replica: number, number: number) =>
      greaterCounts(counts, counted(counts, 1, { replica, number }, "state", "none"))
    const left = increment({}, 0, 1)
    const right = increment(increment({}, 1, 1), 1, 2)
    const merged = greaterCounts(left, right)
    assert.deepStrictEqual([merged, total(merged)], [{ n0: 1, n1: 2 }, 3])
    assert.deepStrictEqual(greaterCounts(greaterCounts(merged, left), right), merged)
  })

  it.effect("an increment that is delivered twice to an operation-based counter leaves 1 here and 2 there", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("g-counter/style=operation")
      const twice = [
        "n0 is asked to Increment",
        "Apply {n0.1 increment} from n0 to n1 is duplicated",
        "n1 receives Apply {n0.1 increment} from n0",
        "n1 receives Apply {n0.1 increment} from n0"
      ]
      assert.deepStrictEqual([failures[sameWrites], failures[value]], [twice, twice])
    })
  )

  for (const style of ["operation", "state", "delta"]) {
    // Three increments, two arrivals and the loss, of the last message: it alone contains all three.
    it.effect(`${style}: a message lost for good leaves replicas apart, and nothing else wrong`, () =>
      Effect.gen(function* () {
        const failures = yield* stepsToFail(`g-counter/style=${style},delivery=at-most-once`)
        assert.deepStrictEqual(failures, { "replicas converge": 6 })
      })
    )

    it.effect(`${style}: a message that comes twice and is recognised does no harm`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`g-counter/style=${style},delivery=exactly-once`), {})
      })
    )
  }

  // The state after two increments holds both: adding it to itself, or to the first, counts the first again.
  it.effect("merging by adding is not idempotent, counts twice at the second increment, and diverges", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* stepsToFail("g-counter/operations=2,mutant=adds"), {
        "replicas converge": 6,
        [sameWrites]: 3,
        [value]: 2,
        "merging is idempotent": 1,
        "a state only moves up its lattice": 2
      })
    })
  )

  it.effect("one entry for all replicas converges on too little: two increments count as one", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* failuresOf("g-counter/operations=2,mutant=shared"), {
        [value]: ["n0 is asked to Increment", "n1 is asked to Increment", "n0 receives Merge {n1.1 increment} from n1"]
      })
    })
  )
})
