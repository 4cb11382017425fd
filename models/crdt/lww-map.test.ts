import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { failuresOf, stepsToFail } from "../../test/failures.ts"

const specified = "a key holds what was written last, if it was not removed later"
const comesBack = "no deleted item comes back"
const lost = "no acknowledged write is lost"
const inverted = "no write loses to one that it followed from"
const same = "replicas with the same writes show the same"
const converge = "replicas converge"

describe("last-writer-wins map", () => {
  for (const style of ["operation", "state", "delta"]) {
    it.effect(`${style}, at least once, clocks in step: of a key the latest stands, and nothing is lost`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`lww-map/style=${style}`), {})
      })
    )

    it.effect(`${style}: a removal by a clock that is behind never takes effect, nor does the write after it`, () =>
      Effect.gen(function* () {
        const failures = yield* failuresOf(`lww-map/style=${style},workload=behind`)
        assert.deepStrictEqual(Object.keys(failures), [comesBack, lost, inverted])
        // A write, a removal of it, and its arrival; the end comes with the third operation and both other arrivals.
        assert.deepStrictEqual(
          Object.values(failures).map((steps) => steps.length),
          [3, 6, 3]
        )
      })
    )
  }

  it.effect("causal delivery does not help against a clock that is behind", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* stepsToFail("lww-map/style=operation,delivery=causal,workload=behind"), {
        [comesBack]: 3,
        [lost]: 6,
        [inverted]: 3
      })
    })
  )

  it.effect("of two operations of one time the higher replica's stands, everywhere, and the other is lost", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* stepsToFail("lww-map/workload=tie"), { [lost]: 4, [inverted]: 3 })
    })
  )

  it.effect("if the own one stands at one time, two replicas that exchange them diverge", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("lww-map/workload=tie,mutant=keeps-own")
      assert.deepStrictEqual(failures[converge], [
        "n0 is asked to Put k a 1",
        "n1 is asked to Delete k 1",
        "n0 receives Merge {n1.1 delete k 1} from n1",
        "n1 receives Merge {n0.1 put a k 1} from n0"
      ])
      assert.strictEqual(failures["merging is commutative"]?.length, 2)
    })
  )

  for (const style of ["operation", "state"]) {
    it.effect(
      `${style}: a removed key that is forgotten comes back with the write that arrives after its removal`,
      () =>
        Effect.gen(function* () {
          const failures = yield* failuresOf(`lww-map/style=${style},mutant=no-tombstones`)
          const content = style === "state" ? "Merge" : "Apply"
          assert.deepStrictEqual(failures[comesBack], [
            "n0 is asked to Put k a 1",
            "n1 is asked to Delete k 2",
            `n1 receives ${content} {n0.1 put a k 1} from n0`
          ])
          assert.deepStrictEqual([failures[specified]?.length, failures[same]?.length], [3, 4])
        })
    )
  }

  it.effect("a lost message is made good by no later one", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* stepsToFail("lww-map/style=operation,delivery=at-most-once"), { [converge]: 6 })
    })
  )
})
