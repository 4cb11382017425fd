import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { failuresOf, stepsToFail } from "../../test/failures.ts"
import { merges, removedItem } from "../merges/cart-merge.ts"
import { Add, Remove, type SetOperation } from "./operations.ts"
import { elements, type ObservedRemove, orSet } from "./or-set.ts"

const observed = "an element is there if an addition of it is that no removal observed"
const comesBack = "a removed element does not come back"
const converge = "replicas converge"

const overtaken = ["n0 is asked to Add x", "n0 is asked to Remove x"]

// Dynamo, section 4.4: both replicas have {1, 2}; one takes 2 out while the other adds 3.
describe("a cart from which one replica removes while another adds", () => {
  it("has the removed item back when carts are united", () => {
    const [here, there] = [[1, removedItem].filter((item) => item !== removedItem), [1, removedItem, 3]]
    assert.deepStrictEqual(merges.union(here, there), [1, removedItem, 3])
  })

  for (const style of ["state", "operation"] as const) {
    it(`has it no more as an observed-remove set, ${style}-based`, () => {
      const type = orSet(style, "none")
      const asked = (set: ObservedRemove, operation: SetOperation, replica: number, number: number) => {
        const content = type.prepare(set, operation, { replica, number })
        return { content, set: type.apply(set, content) }
      }
      const one = asked(type.initial(0), Add.make({ element: "1" }), 0, 1).set
      const both = asked(one, Add.make({ element: "2" }), 0, 2).set
      const removed = asked(both, Remove.make({ element: "2" }), 0, 3)
      const added = asked(both, Add.make({ element: "3" }), 1, 1)
      assert.deepStrictEqual(
        [type.apply(removed.set, added.content), type.apply(added.set, removed.content)].map((set) =>
          elements(set.added)
        ),
        [
          ["1", "3"],
          ["1", "3"]
        ]
      )
    })
  }
})

describe("observed-remove set", () => {
  for (const suiteCase of ["style=state", "style=operation,delivery=causal"]) {
    it.effect(`${suiteCase}: an element is there exactly while an addition is that nobody removed`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* failuresOf(`or-set/${suiteCase}`), {})
      })
    )
  }

  for (const delivery of ["at-least-once", "exactly-once"]) {
    it.effect(`operations, ${delivery}: a removal that overtakes its addition is lost`, () =>
      Effect.gen(function* () {
        const failures = yield* failuresOf(`or-set/style=operation,delivery=${delivery}`)
        assert.deepStrictEqual(failures[observed], [
          ...overtaken,
          "n1 receives Apply {n0.2 remove x} from n0",
          "n1 receives Apply {n0.1 add x} from n0"
        ])
        // Three operations and their arrivals.
        assert.deepStrictEqual([failures[comesBack]?.length, failures[converge]?.length], [6, 6])
      })
    )
  }

  it.effect("a removal by element takes out an addition that it did not observe, even under causal delivery", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("or-set/style=operation,delivery=causal,mutant=by-element")
      const unseen = [
        "n0 is asked to Add x",
        "n0 is asked to Add x",
        "n1 receives Apply {n0.1 add x} from n0",
        "n1 is asked to Remove x",
        "n0 receives Apply {n1.1 remove x} from n1"
      ]
      assert.deepStrictEqual(failures[observed], unseen)
      assert.deepStrictEqual(failures[converge], [...unseen, "n1 receives Apply {n0.2 add x} from n0"])
    })
  )

  it.effect("with one dot for all additions of an element it is a two-phase set: added again it stays out", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("or-set/mutant=one-dot")
      assert.deepStrictEqual(failures[observed], [...overtaken, "n0 is asked to Add x"])
      assert.strictEqual(failures["an element added again is there"]?.length, 6)
    })
  )

  it.effect("without tombstones a removal is undone by the merge that tells of it", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* stepsToFail("or-set/mutant=no-tombstones"), {
        "replicas with the same writes show the same": 3,
        [observed]: 2,
        [comesBack]: 6
      })
    })
  )
})
