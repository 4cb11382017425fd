/**
 * A shopping cart whose replicas resolve conflicts on write: each merges a cart that arrives into its own, and stores
 * no siblings. A merge converges if it is commutative, associative and idempotent; each rule but `union` lacks one.
 *
 * `union` takes every item of both; `incoming` the cart that arrives and `concat` one after the other (not
 * commutative); `average` the mean of two amounts (not associative); `sum` adds an amount sent (not idempotent).
 *
 * Source: DeCandia et al., "Dynamo" (2007), section 4.4: with union, an item that was removed may come back. The carts
 * may then even differ for ever: union converges for carts that only grow, and a removal shrinks one.
 *
 * Items and amounts are numbers. Left out: removal with a context, as in an observed-remove set.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, System, Topology, Workload } from "plait"

const Cart = Schema.Array(Schema.Finite)
type Cart = typeof Cart.Type

/** Adds an item to the cart, or an amount. */
export const Add = Schema.TaggedStruct("Add", { item: Schema.Finite })

/** Removes an item. */
export const Remove = Schema.TaggedStruct("Remove", { item: Schema.Finite })

/** Brings a cart to another replica. */
export const Merge = Schema.TaggedStruct("Merge", { cart: Cart })

/** A replica: the items of its cart; a single number for amounts. */
export interface CartState {
  readonly cart: Cart
}

/** Rule that merges two carts. */
export type MergeRule = "union" | "incoming" | "concat" | "average" | "sum"

/** The rules, the replica's own cart first. */
export const merges: { readonly [R in MergeRule]: (own: Cart, other: Cart) => Cart } = {
  union: (own, other) => [...new Set([...own, ...other])].sort((a, b) => a - b),
  incoming: (_own, other) => other,
  concat: (own, other) => [...own, ...other],
  average: (own, other) => (own.length === 0 ? other : [((own[0] ?? 0) + (other[0] ?? 0)) / 2]),
  sum: (own, other) => [(own[0] ?? 0) + (other[0] ?? 0)]
}

/**
 * A replica that merges by a rule; carts start with these items. Union sends the whole cart, the others the new items.
 */
export const cartReplica = (rule: MergeRule, start: Cart) => {
  const declared = Machine.make("cart-merge", {
    state: Schema.Struct({ cart: Cart }),
    operations: [Add, Remove],
    messages: [Merge],
    initial: (): CartState => ({ cart: start })
  })
  return declared.handlers({
    Add: Effect.fnUntraced(function* (state, { item }) {
      const write = `add ${item}`
      yield* Observe.wrote(write)
      yield* Observe.applied(write)
      const cart = merges[rule](state.cart, [item])
      yield* Network.broadcast(Merge.make({ cart: rule === "union" ? cart : [item] }))
      yield* Observe.acknowledged(write)
      return { cart }
    }),
    Remove: Effect.fnUntraced(function* (state, { item }) {
      const write = `remove ${item}`
      yield* Observe.wrote(write)
      yield* Observe.applied(write)
      const cart = state.cart.filter((other) => other !== item)
      yield* Network.broadcast(Merge.make({ cart }))
      yield* Observe.acknowledged(write)
      return { cart }
    }),
    Merge: (state, { cart }) => Effect.succeed({ cart: merges[rule](state.cart, cart) })
  })
}

/** The cart that a client reads at a replica. */
export const cartShown = ({ cart }: CartState): Cart => cart

/** Item 2, which the `remove` workload removes from carts that start with items 1 and 2. */
export const removedItem = 2

const scripts = (workload: "add" | "remove", replicas: number) =>
  Array.from({ length: replicas }, (_, replica) =>
    workload === "remove" && replica === 0
      ? [Remove.make({ item: removedItem })]
      : [Add.make({ item: 4 * 2 ** replica })]
  )

/** The replicas with their rule. */
export const cartModel = Model.make({
  name: "cart-merge",
  about: "A shopping cart whose replicas merge on write, by rules that keep or break the laws of a merge.",
  source: "DeCandia et al. 2007, section 4.4",
  parameters: {
    replicas: Model.integer({ default: 2, least: 2, most: 4, about: "replicas, all linked to each other" }),
    rule: Model.choice({
      default: "union",
      values: ["union", "incoming", "concat", "average", "sum"],
      about: "how two carts become one"
    }),
    workload: Model.choice({
      default: "add",
      values: ["add", "remove"],
      about: "every replica adds an item, or replica 0 removes one and the others add"
    }),
    duplicate: Model.integer({ default: 0, least: 0, most: 2, about: "messages that may be delivered once more" })
  },
  system: ({ duplicate, replicas, rule, workload }) =>
    System.make("cart-merge", {
      machine: cartReplica(rule, workload === "remove" ? [1, removedItem] : []),
      topology: Topology.allToAll(replicas),
      network: Network.unordered({ duplicate }),
      workload: Workload.script(scripts(workload, replicas))
    })
})
