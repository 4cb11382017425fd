import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { failuresOf, stepsToFail } from "../../test/failures.ts"
import { AddAt, lwwElementSet, RemoveAt, timedElements, type TimedSet } from "./lww-element-set.ts"

const specified = "the elements are those last added later than last removed"
const converge = "replicas converge"
const sameWrites = "replicas with the same writes show the same"

const at = (timestamp: number) => ({ element: "x", timestamp })

/** The elements shown after the updates, each invoked at one replica in turn. */
const shownAfter = (bias: "add" | "remove", ...asked: ReadonlyArray<typeof AddAt.Type | typeof RemoveAt.Type>) => {
  const type = lwwElementSet(bias, "none")
  const after = (set: TimedSet, operation: typeof AddAt.Type | typeof RemoveAt.Type) =>
    type.apply(set, type.prepare(set, operation, { replica: 0, number: 1 }))
  return timedElements(asked.reduce(after, type.initial(0)))
}

describe("last-writer-wins element set", () => {
  it("has an element added and removed at one time under the bias to additions only, in either order", () => {
    const [added, removed] = [AddAt.make(at(1)), RemoveAt.make(at(1))]
    assert.deepStrictEqual([shownAfter("add", added, removed), shownAfter("add", removed, added)], [["x"], ["x"]])
    assert.deepStrictEqual([shownAfter("remove", added, removed), shownAfter("remove", removed, added)], [[], []])
  })

  it("lets the later of addition and removal decide, whichever is told first and whatever the bias", () => {
    for (const bias of ["add", "remove"] as const) {
      assert.deepStrictEqual(shownAfter(bias, RemoveAt.make(at(2)), AddAt.make(at(1))), [])
      assert.deepStrictEqual(shownAfter(bias, AddAt.make(at(3)), RemoveAt.make(at(2))), ["x"])
    }
  })

  for (const bias of ["add", "remove"]) {
    for (const workload of ["tie", "between"]) {
      it.effect(`bias=${bias}, ${workload}: three replicas of one bias meet the specification and converge`, () =>
        Effect.gen(function* () {
          const suiteCase = `lww-element-set/bias=${bias},replicas=3,delivery=at-least-once,workload=${workload},mutant=none`
          assert.deepStrictEqual(yield* failuresOf(suiteCase), {})
        })
      )
    }
  }

  it.effect("replicas of mixed biases diverge over a tie", () =>
    Effect.gen(function* () {
      // Two updates; then the addition arrives at the removal's replica, both at each other, all at all three.
      assert.deepStrictEqual(yield* stepsToFail("lww-element-set/bias=mixed,replicas=3,workload=tie"), {
        [specified]: 3,
        [sameWrites]: 4,
        [converge]: 6
      })
    })
  )

  it.effect("replicas of mixed biases agree as long as no two timestamps are equal", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* failuresOf("lww-element-set/bias=mixed,replicas=3,workload=between"), {})
    })
  )

  it.effect("a merge that keeps the timestamp it has forgets the later addition, even its own replica's", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("lww-element-set/replicas=2,workload=between,mutant=keeps-own")
      assert.deepStrictEqual(failures[specified], [
        "n0 is asked to AddAt x 1",
        "n0 is asked to AddAt x 3",
        "n1 is asked to RemoveAt x 2",
        "n0 receives Merge {n1.1 removeat x 2} from n1"
      ])
    })
  )

  it.effect("a replica that does not keep removals shows what was removed", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* failuresOf("lww-element-set/bias=remove,replicas=2,mutant=no-removals"), {
        [specified]: [
          "n0 is asked to AddAt x 1",
          "n1 is asked to RemoveAt x 1",
          "n0 receives Merge {n1.1 removeat x 1} from n1"
        ]
      })
    })
  )
})
