import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { failuresOf, stepsToFail } from "../../test/failures.ts"
import { Add, Remove, type SetOperation } from "./operations.ts"
import { type Optimised, type OptimisedMutant, optimisedOrSet } from "./optimised-or-set.ts"
import { elements } from "./or-set.ts"

const observed = "an element is there if an addition of it is that no removal observed"

/** A replica that is asked in the middle of a test; a removal takes no number of its own. */
const asked = (mutant: OptimisedMutant) => {
  const type = optimisedOrSet(mutant)
  return {
    empty: type.initial(0),
    at: (set: Optimised, operation: SetOperation, replica: number, number: number) =>
      type.apply(set, type.prepare(set, operation, { replica, number })),
    merge: (...sets: ReadonlyArray<Optimised>) => sets.reduce(type.apply)
  }
}

const add = (element: string) => Add.make({ element })
const remove = (element: string) => Remove.make({ element })

// The three scenarios are tests of Riak's riak_dt_orswot.erl; each comment gives the steps in its order.
const scenarios: Record<string, (mutant: OptimisedMutant) => Optimised> = {
  // Add Z at A; C is a copy of A; remove Z at A; add Z at B; A takes B's; remove Z at B; merge A, C, B.
  present_but_removed: (mutant) => {
    const { at, empty, merge } = asked(mutant)
    const copied = at(empty, add("Z"), 0, 1)
    const there = at(empty, add("Z"), 1, 1)
    const here = merge(there, at(copied, remove("Z"), 0, 2))
    return merge(here, copied, at(there, remove("Z"), 1, 2))
  },
  // Add Z at A and at B; C is a copy of A; remove Z at A; A takes B's; remove Z at B; B takes C's; merge A, B, C.
  no_dots_left: (mutant) => {
    const { at, empty, merge } = asked(mutant)
    const copied = at(empty, add("Z"), 0, 1)
    const there = at(empty, add("Z"), 1, 1)
    const here = merge(at(copied, remove("Z"), 0, 2), there)
    return merge(here, merge(at(there, remove("Z"), 1, 2), copied), copied)
  },
  // Add bar at A; add baz at B; C is both; remove bar at A; merge A and C.
  disjoint_merge: (mutant) => {
    const { at, empty, merge } = asked(mutant)
    const here = at(empty, add("bar"), 0, 1)
    const both = merge(here, at(empty, add("baz"), 1, 1))
    return merge(at(here, remove("bar"), 0, 2), both)
  }
}

describe("scenarios of Riak's optimised observed-remove set", () => {
  for (const [scenario, mutant, expected] of [
    ["present_but_removed", "none", []],
    ["present_but_removed", "keeps-common", ["Z"]],
    ["no_dots_left", "none", []],
    ["no_dots_left", "keeps-common", ["Z"]],
    ["disjoint_merge", "none", ["baz"]],
    ["disjoint_merge", "keeps-common", ["baz"]],
    ["disjoint_merge", "not-strict", ["bar", "baz"]]
  ] as const) {
    it(`${scenario} ends with ${expected.join(" and ") || "nothing"} when the merge's fault is ${mutant}`, () => {
      assert.deepStrictEqual(elements(scenarios[scenario]?.(mutant).entries ?? {}), [...expected])
    })
  }
})

describe("optimised observed-remove set", () => {
  it.effect("two replicas that each add x and remove it leave nothing on three", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* failuresOf("optimised-or-set/replicas=3,workload=rivals"), {})
    })
  )

  // n2 has n0's x and has seen n1's come and go. An older state brings n1's x again: both sides have an x, so each keeps
  // its own. n0's removal then takes out n0's only.
  it.effect("keeping what both sides have brings a removed element back for good, and replicas diverge over it", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("optimised-or-set/replicas=3,workload=rivals,mutant=keeps-common")
      assert.deepStrictEqual(failures[observed], [
        "n0 is asked to Add x",
        "n0 is asked to Remove x",
        "n1 is asked to Add x",
        "n1 is asked to Remove x",
        "n2 receives Merge {n0.1 add x} from n0",
        "n2 receives Merge {n1.1 add x, n1.2 remove x} from n1",
        "n2 receives Merge {n1.1 add x} from n1",
        "n2 receives Merge {n0.1 add x, n0.2 remove x} from n0"
      ])
      // Every operation and each of its two arrivals: 4 · 3 steps until nothing is left to happen.
      assert.strictEqual(failures["a removed element does not come back"]?.length, 12)
      assert.strictEqual(failures["replicas converge"]?.length, 12)
    })
  )

  it.effect("on two replicas only the laws of merging tell that fault", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* stepsToFail("optimised-or-set/operations=4,mutant=keeps-common"), {
        "merging is associative": 4,
        "a state only moves up its lattice": 5
      })
    })
  )

  it.effect("with a dot unseen until a later one is seen, a removal takes nothing out even where it was asked", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("optimised-or-set/mutant=not-strict")
      assert.deepStrictEqual(failures[observed], ["n0 is asked to Add x", "n0 is asked to Remove x"])
      assert.strictEqual(failures["a removed element does not come back"]?.length, 6)
    })
  )
})
