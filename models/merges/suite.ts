/**
 * Conflicts resolved on write: a cart under merges that keep or break the laws of a merge.
 */
import { cartModel, cartShown, type CartState, removedItem } from "./cart-merge.ts"
import { convergence } from "plait/properties/convergence"
import { entry, type Entry, type NodesView, Property } from "plait"

const everyCartChanges = Property.reachable<NodesView<CartState>>("every cart has changed", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.cart.some((item) => item > removedItem))
})

const staysOut = Property.atQuiescence<NodesView<CartState>>("the item stays out of the cart it was removed from", {
  holds: ({ nodes }) => nodes[0]?.state.cart.includes(removedItem) === false
})

const adding = { workload: "add", duplicate: 0 } as const

const cart = entry(cartModel, {
  properties: ({ workload }) => [
    convergence<CartState>({ view: cartShown }),
    ...(workload === "remove" ? [staysOut] : []),
    everyCartChanges
  ],
  settings: [
    { ...adding, replicas: 3, rule: "union" },
    { ...adding, replicas: 2, rule: "union", duplicate: 1 },
    { ...adding, replicas: 2, rule: "incoming" },
    { ...adding, replicas: 2, rule: "concat" },
    { ...adding, replicas: 3, rule: "average" },
    { ...adding, replicas: 3, rule: "sum" },
    { ...adding, replicas: 2, rule: "sum", duplicate: 1 },
    { ...adding, replicas: 2, rule: "union", workload: "remove" }
  ]
})

/** The entries. */
export const cartMerges: ReadonlyArray<Entry> = [cart]
