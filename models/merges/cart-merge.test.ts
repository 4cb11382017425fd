import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence } from "plait/properties/convergence"
import { mergeLaws } from "plait/properties/merge-laws"
import { explore } from "../../test/explore-given.ts"
import { type NodesView, Property } from "plait"
import { cartModel, cartShown, type CartState, type MergeRule, merges, removedItem } from "./cart-merge.ts"

const staysOut = Property.atQuiescence<NodesView<CartState>>("the item stays out of the cart it was removed from", {
  holds: ({ nodes }) => nodes[0]?.state.cart.includes(removedItem) === false
})

const verdicts = (replicas: number, rule: MergeRule, workload: "add" | "remove", duplicate: number) =>
  Effect.map(
    explore(cartModel.system({ replicas, rule, workload, duplicate }), [
      convergence<CartState>({ view: cartShown }),
      staysOut
    ]),
    ({ properties }) =>
      properties.map(({ verdict }) =>
        verdict._tag === "violated" ? `violated in ${verdict.evidence.steps.length}` : verdict._tag
      )
  )

describe("cart merge", () => {
  // Convergence is judged at quiescence: n writes and n (n − 1) deliveries, 4 steps for two replicas and 9 for three,
  // one duplication and one delivery more where a message came twice.
  for (const [replicas, rule, duplicate, expected] of [
    [3, "union", 0, "holds"],
    [2, "union", 1, "holds"],
    [2, "incoming", 0, "violated in 4"],
    [2, "concat", 0, "violated in 4"],
    [3, "average", 0, "violated in 9"],
    [3, "sum", 0, "holds"],
    [2, "sum", 1, "violated in 6"]
  ] as const) {
    it.effect(`${replicas} replicas under ${rule} with ${duplicate} duplicates: convergence is ${expected}`, () =>
      Effect.gen(function* () {
        assert.strictEqual((yield* verdicts(replicas, rule, "add", duplicate))[0], expected)
      })
    )
  }

  for (const [rule, expected] of [
    ["union", ["holds", "holds", "holds"]],
    ["incoming", ["violated", "holds", "holds"]],
    ["concat", ["violated", "holds", "violated"]],
    ["average", ["holds", "violated", "holds"]],
    ["sum", ["holds", "holds", "violated"]]
  ] as const) {
    it.effect(`${rule}: commutative ${expected[0]}, associative ${expected[1]}, idempotent ${expected[2]}`, () =>
      Effect.gen(function* () {
        const value = ({ cart }: CartState) => (cart.length === 0 ? null : cart)
        const system = cartModel.system({ replicas: 2, rule, workload: "add", duplicate: 0 })
        const { properties } = yield* explore(system, mergeLaws({ value, merge: merges[rule] }))
        assert.deepStrictEqual(
          properties.map(({ verdict }) => verdict._tag),
          [...expected]
        )
      })
    )
  }

  // Dynamo, section 4.4: {x} and {x, y, z} unite to {x, y, z}. Two writes and two deliveries. Where the addition arrives
  // before the removal the carts do not even agree, in as many steps: removal is not a merge, and union ignores it.
  it.effect("under union a removed item comes back, and carts may diverge over it", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* verdicts(2, "union", "remove", 0), ["violated in 4", "violated in 4"])
    })
  )
})
