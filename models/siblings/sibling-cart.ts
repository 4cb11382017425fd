/**
 * The shopping cart of two clients at two servers: one fills a cart item by item at its server while the other adds one
 * item at the other. After the servers have exchanged their states, the first client adds a third item without having
 * read.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, "Capturing the happens-before
 * relationship" (one server there); DeCandia et al. 2007 for the cart. Each cart is sent whole and names its write. The
 * first client has seen its own carts only, so its last one replaces those and stays beside the other client's: two
 * siblings. One merged vector cannot distinguish the first client's old cart from the other's, and keeps three.
 */
import { Model } from "plait"
import { Put, siblingSystem } from "./sibling-clients.ts"
import { mechanisms } from "./sibling-store.ts"

/** The carts of the first client, in order, and the cart of the second. */
export const carts = { first: ["PS5", "PS5+lotion", "PS5+lotion+tissues"], second: ["Xbox"] } as const

const puts = (writes: ReadonlyArray<string>) => writes.map((write) => Put.make({ write }))

/** Two servers and two clients, one at each. */
export const siblingCartModel = Model.make({
  name: "sibling-cart",
  about: "A shopping cart filled by two clients at two servers, its conflicts kept as siblings.",
  source: "DeCandia et al. 2007; Kleppmann 2017, chapter 5",
  parameters: {
    mechanism: Model.choice({
      default: "dvv",
      values: mechanisms,
      about: "how a server tells which siblings a write replaces"
    })
  },
  system: ({ mechanism }) =>
    siblingSystem({ servers: 2, mechanism, mutant: "none", clients: [puts(carts.first), puts(carts.second)] })
})
