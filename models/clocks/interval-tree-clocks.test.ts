import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { clockProperties } from "plait/properties/happens-before"
import { explore } from "../../test/explore-given.ts"
import { intervalTreeModel } from "./interval-tree-clocks.ts"
import { compare, event, join, seed, split, type Stamp, sum } from "./interval-tree-stamp.ts"

const properties = clockProperties.slice(0, 6)

/** The steps to the violation of each property; 0 where it holds. */
const judge = (values: Parameters<typeof intervalTreeModel.system>[0]) =>
  Effect.gen(function* () {
    const found = yield* explore(intervalTreeModel.system(values), properties)
    assert.isTrue(found.complete)
    return found.properties.map(({ verdict }) => (verdict._tag === "violated" ? verdict.evidence.steps.length : 0))
  })

const fork = ({ events, identity }: Stamp): readonly [Stamp, Stamp] => {
  const [left, right] = split(identity)
  return [
    { identity: left, events },
    { identity: right, events }
  ]
}

describe("interval tree clocks", () => {
  for (const script of ["fork", "fork-twice", "fork-and-leave"] as const) {
    it.effect(`are exact under ${script}`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* judge({ script, mutant: "none" }), [0, 0, 0, 0, 0, 0])
      })
    )
  }

  // A fork, its arrival, an event at each of the two and one arrival: both raised the same interval to 1.
  it.effect("a fork that does not split makes concurrent events look alike, and then ordered", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* judge({ script: "fork", mutant: "no-split" }), [5, 0, 6, 0, 6, 5])
    })
  )

  // A fork, its arrival, an event and its arrival: the arrival knows nothing of what arrived.
  it.effect("an arrival that forgets what came is not after it", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* judge({ script: "fork", mutant: "no-join" }), [4, 4, 0, 4, 0, 0])
    })
  )

  it("events raise the own half, and the whole where both halves are level", () => {
    const [left, right] = fork(seed)
    const first = event(left)
    const second = event(right)

    assert.deepStrictEqual(
      [first.events, second.events],
      [
        [0, 1, 0],
        [0, 0, 1]
      ]
    )
    assert.strictEqual(compare(first.events, second.events), "concurrent")
    assert.strictEqual(join(first.events, second.events), 1)
    // The left half is raised to the level of the right one before it grows.
    assert.deepStrictEqual(event({ identity: [1, 0], events: [0, 0, 1] }).events, 1)
  })

  it("identities that were split twice make the whole again in any order", () => {
    const [left, right] = split(1)
    const [inner, outer] = split(right)

    assert.deepStrictEqual(
      [left, inner, outer],
      [
        [1, 0],
        [0, [1, 0]],
        [0, [0, 1]]
      ]
    )
    assert.strictEqual(sum(sum(left, inner), outer), 1)
    assert.strictEqual(sum(sum(outer, left), inner), 1)
  })
})
