import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { failuresOf } from "../../test/failures.ts"
import { Add, Remove } from "./operations.ts"
import { type TwoPhase, twoPhaseElements, twoPhaseSet } from "./two-phase-set.ts"

const never = "the elements are those that were added and never removed"
const comesBack = "a removed element does not come back"
const seenAndRemoved = ["n0 is asked to Add x", "n1 receives Merge {n0.1 add x} from n0", "n1 is asked to Remove x"]

describe("two-phase set", () => {
  it("an element added, removed and added again is not there", () => {
    const type = twoPhaseSet("state", "none")
    const steps = [Add.make({ element: "x" }), Remove.make({ element: "x" }), Add.make({ element: "x" })]
    const states: Array<TwoPhase> = [type.initial(0)]
    for (const [index, operation] of steps.entries()) {
      const before = states[index] ?? type.initial(0)
      states.push(type.apply(before, type.prepare(before, operation, { replica: 0, number: index + 1 })))
    }
    assert.deepStrictEqual(states.map(twoPhaseElements), [[], ["x"], [], []])
  })

  it.effect("that is all that is wrong with it: replicas converge, on a set without what was added again", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* failuresOf("two-phase-set/workload=again"), {
        "an element added again is there": [
          "n0 is asked to Add x",
          "n0 is asked to Remove x",
          "n0 is asked to Add x",
          "n1 receives Merge {n0.1 add x, n0.2 remove x, n0.3 add x} from n0",
          "n1 receives Merge {n0.1 add x, n0.2 remove x} from n0",
          "n1 receives Merge {n0.1 add x} from n0"
        ]
      })
    })
  )

  for (const delivery of ["at-least-once", "exactly-once"]) {
    it.effect(`operations, ${delivery}: a removal that overtakes its addition is lost, and the element stays`, () =>
      Effect.gen(function* () {
        const failures = yield* failuresOf(`two-phase-set/style=operation,replicas=3,delivery=${delivery}`)
        const overtaken = [
          "n0 is asked to Add x",
          "n1 receives Apply {n0.1 add x} from n0",
          "n1 is asked to Remove x",
          "n2 receives Apply {n1.1 remove x} from n1",
          "n2 receives Apply {n0.1 add x} from n0"
        ]
        assert.deepStrictEqual(failures[never], overtaken)
        assert.strictEqual(failures[comesBack]?.length, overtaken.length + 1)
      })
    )
  }

  for (const [style, delivery] of [
    ["operation", "causal"],
    ["state", "at-least-once"],
    ["delta", "at-least-once"]
  ]) {
    it.effect(`${style}, ${delivery}: what one replica removes of another's is gone from all three`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`two-phase-set/style=${style},replicas=3,delivery=${delivery}`), {})
      })
    )
  }

  for (const [mutant, title] of [
    ["no-tombstones", "a removal that leaves no mark is undone by merging"],
    ["common-removals", "a removal that counts only where both sides have it takes nothing out"]
  ]) {
    it.effect(`${title}, at once where it was asked`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`two-phase-set/mutant=${mutant}`), {
          [never]: seenAndRemoved,
          [comesBack]: [...seenAndRemoved, `n0 receives Merge {n0.1 add x, n1.1 remove x} from n1`]
        })
      })
    )
  }
})
