import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { failuresOf, stepsToFail } from "../../test/failures.ts"
import { Delete, IncrementAt, type MapOperation } from "./operations.ts"
import { type MapMutant, mapShown, orMap } from "./or-map.ts"
import type { DottedMap } from "./or-map-merge.ts"

const specified = "a key holds the updates that no removal of it observed"
const comesBack = "no deleted item comes back"
const lost = "no acknowledged write is lost"
const same = "replicas with the same writes show the same"
const converge = "replicas converge"

const increment = IncrementAt.make({ key: "k" })
const remove = Delete.make({ key: "k" })

/** State of a replica after its number-th operation. */
const asked = (mutant: MapMutant, own: DottedMap, operation: MapOperation, replica: number, number: number) => {
  const type = orMap("state", "lost", mutant)
  return type.apply(own, type.prepare(own, operation, { replica, number }))
}

// basho/riak issue 354, increments by one: X increments, Y merges, both increment, X removes the field, Y increments.
describe("a counter in a map, removed at X after two increments of X, with Y having seen the first of them", () => {
  const shownBy = (mutant: MapMutant) => {
    const { apply, initial } = orMap("state", "lost", mutant)
    const first = asked(mutant, initial(0), increment, 0, 1)
    const there = asked(mutant, first, increment, 1, 1)
    const removed = asked(mutant, asked(mutant, first, increment, 0, 2), remove, 0, 3)
    const last = asked(mutant, there, increment, 1, 2)
    return [apply(removed, last), apply(last, removed)].map(mapShown("counter"))
  }

  it("counts, once merged, the two increments of Y that the removal did not see", () => {
    assert.deepStrictEqual(shownBy("none"), [{ k: 2 }, { k: 2 }])
  })

  it("counts the removed first increment as well where the value is kept whole, and none where the removal wins", () => {
    assert.deepStrictEqual(shownBy("keeps-whole"), [{ k: 3 }, { k: 3 }])
    assert.deepStrictEqual(shownBy("removal-wins"), [{}, {}])
  })
})

describe("observed-remove map", () => {
  for (const values of ["counter", "set", "register"]) {
    for (const suiteCase of [`values=${values}`, `values=${values},style=delta,delivery=causal`]) {
      it.effect(`${suiteCase}: a key holds exactly the updates that no removal observed`, () =>
        Effect.gen(function* () {
          assert.deepStrictEqual(yield* failuresOf(`or-map/${suiteCase}`), {})
        })
      )
    }
  }

  it.effect("operations, causally delivered: the same", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* failuresOf("or-map/style=operation,delivery=causal"), {})
    })
  )

  it.effect("operations, exactly once: a removal that overtakes the update is lost, and the key comes back", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("or-map/style=operation,delivery=exactly-once")
      const overtaken = [
        "n0 is asked to Increment k",
        "n0 is asked to Delete k",
        "n1 receives Apply {n0.2 delete k} from n0",
        "n1 receives Apply {n0.1 increment k} from n0"
      ]
      assert.deepStrictEqual(failures[specified], overtaken)
      assert.deepStrictEqual(failures[comesBack], overtaken)
      // One more increment, and its arrival.
      assert.strictEqual(failures[converge]?.length, 6)
    })
  )

  it.effect(
    "removals put off: without duplicates replicas agree at last; what came before a removal unseen stays",
    () =>
      Effect.gen(function* () {
        const failures = yield* failuresOf("or-map/style=operation,delivery=exactly-once,early=put-off")
        assert.deepStrictEqual(Object.keys(failures), [specified, comesBack])
        assert.deepStrictEqual(failures[specified], [
          "n0 is asked to Increment k",
          "n0 is asked to Increment k",
          "n1 receives Apply {n0.2 increment k} from n0",
          "n1 is asked to Delete k",
          "n0 receives Apply {n1.1 delete k} from n1"
        ])
      })
  )

  it.effect(
    "removals put off: a duplicate of the update comes after the removal was done with, and replicas diverge",
    () =>
      Effect.gen(function* () {
        assert.strictEqual((yield* stepsToFail("or-map/style=operation,early=put-off"))[converge], 8)
      })
  )

  it.effect("removals put off and forgotten when the key is removed again (riak_dt 99): the key comes back", () =>
    Effect.gen(function* () {
      const rivals = "or-map/style=operation,delivery=exactly-once,workload=rivals"
      assert.deepStrictEqual(yield* failuresOf(`${rivals},early=put-off`), {})
      const failures = yield* failuresOf(`${rivals},early=dropped`)
      assert.deepStrictEqual(failures[comesBack], [
        "n0 is asked to Increment k",
        "n0 is asked to Delete k",
        "n1 is asked to Increment k",
        "n1 receives Apply {n0.2 delete k} from n0",
        "n1 is asked to Delete k",
        "n1 receives Apply {n0.1 increment k} from n0"
      ])
      // The two arrivals at n0 bring it to an end.
      assert.strictEqual(failures[converge]?.length, 8)
    })
  )

  it.effect(
    "deltas that overtake each other: a removal takes what it saw, which may be less than what came before",
    () =>
      Effect.gen(function* () {
        for (const values of ["counter", "set", "register"]) {
          assert.deepStrictEqual(yield* stepsToFail(`or-map/style=delta,values=${values}`), {
            [specified]: 5,
            [comesBack]: 5
          })
        }
      })
  )
})

const meanwhile = [
  "n0 is asked to Increment k",
  "n0 is asked to Increment k",
  "n1 receives Merge {n0.1 increment k} from n0",
  "n1 is asked to Delete k",
  "n0 receives Merge {n0.1 increment k, n1.1 delete k} from n1"
]

describe("an update that a removal did not see", () => {
  for (const [mutant, failed] of [
    ["keeps-whole", [converge, same, specified, comesBack]],
    ["per-replica", [specified, comesBack]],
    ["removal-wins", [converge, same, specified, lost]]
  ] as const) {
    it.effect(`${mutant}: breaks what is to stand and what is to go, in five steps`, () =>
      Effect.gen(function* () {
        const failures = yield* failuresOf(`or-map/mutant=${mutant}`)
        assert.deepStrictEqual(Object.keys(failures), [...failed])
        assert.deepStrictEqual(failures[specified], meanwhile)
      })
    )
  }

  it.effect("by-key: is removed all the same where the operation arrives, and stays where it does not", () =>
    Effect.gen(function* () {
      const failures = yield* failuresOf("or-map/style=operation,delivery=causal,mutant=by-key")
      assert.deepStrictEqual(failures[specified], [
        ...meanwhile.slice(0, 2),
        "n1 receives Apply {n0.1 increment k} from n0",
        "n1 is asked to Delete k",
        "n0 receives Apply {n1.1 delete k} from n1"
      ])
      assert.strictEqual(failures[converge]?.length, 6)
    })
  )

  it.effect("values merged whatever was removed (Akka): one replica counts again what another has removed", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* failuresOf("or-map/workload=again"), {})
      assert.deepStrictEqual(yield* stepsToFail("or-map/workload=again,mutant=merges-values"), {
        [converge]: 8,
        [same]: 5,
        [specified]: 5,
        [comesBack]: 5
      })
    })
  )

  it.effect("forgets-context: a removal that does not tell what it removes removes nothing", () =>
    Effect.gen(function* () {
      for (const style of ["state", "delta"]) {
        const failures = yield* failuresOf(`or-map/style=${style},mutant=forgets-context`)
        assert.deepStrictEqual(failures[specified], ["n0 is asked to Increment k", "n0 is asked to Delete k"])
      }
    })
  )
})
