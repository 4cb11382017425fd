/** Conflicts detected and kept for the client to resolve: version vectors and dots, correct and mutated. */
import { dvvModel, type DvvView } from "./dvv.ts"
import { siblingCartModel } from "./sibling-cart.ts"
import { siblingClientsModel, type SiblingNode, storedAt } from "./sibling-clients.ts"
import { mechanisms } from "./sibling-store.ts"
import { clocksOf } from "./sibling-versions.ts"
import { siblingsModel, type SiblingsState, siblingWrites } from "./version-vector-siblings.ts"
import { boundedClock, boundedSiblings } from "plait/properties/bounded-siblings"
import { convergence } from "plait/properties/convergence"
import { noFalseConcurrencyReported, noMissedConcurrency, verdictsAreCausality } from "plait/properties/happens-before"
import {
  noFalseConcurrency,
  noLostSibling,
  noSiblingDisappears,
  siblingsAreConcurrent,
  siblingsOccur,
  siblingsReach
} from "plait/properties/no-lost-sibling"
import { noLostWrite } from "plait/properties/no-lost-write"
import { entry, type Entry, type NodesView, Property } from "plait"

const show = ({ puts, servers }: DvvView) => ({
  stored: servers.map(({ siblings }) => siblings.map(({ id }) => id)),
  pasts: new Map(puts.map((past, place) => [place + 1, past]))
})

const dvv = entry(dvvModel, {
  properties: () => [noFalseConcurrency(show), noLostSibling(show), siblingsOccur(show)],
  settings: (["merged", "perctx", "permax", "dvv"] as const).flatMap((mechanism) => [
    { servers: 1, clients: 2, puts: 3, mechanism },
    { servers: 2, clients: 1, puts: 3, mechanism },
    { servers: 2, clients: 2, puts: 3, mechanism }
  ])
})

const versionVectors = entry(siblingsModel, {
  properties: () => [
    verdictsAreCausality,
    convergence<SiblingsState>({ view: siblingWrites }),
    noLostWrite<SiblingsState>({ survivors: siblingWrites }),
    Property.reachable<NodesView<SiblingsState>>("a replica keeps two siblings", {
      holds: ({ nodes }) => nodes.some(({ state }) => state.siblings.length > 1)
    })
  ],
  settings: [
    { replicas: 2, writes: 2, duplicate: 0, mutant: "none" },
    { replicas: 2, writes: 2, duplicate: 1, mutant: "none" },
    { replicas: 3, writes: 1, duplicate: 0, mutant: "none" },
    { replicas: 2, writes: 2, duplicate: 0, mutant: "forgets" },
    { replicas: 2, writes: 1, duplicate: 1, mutant: "not-strict" }
  ]
})

const stored = { stored: storedAt }
const alone = { servers: 1, clients: 2, puts: 2, reads: 0, mutant: "none" } as const
const apart = { servers: 2, clients: 2, puts: 2, reads: 0, mutant: "none" } as const

const clients = entry(siblingClientsModel, {
  properties: ({ servers }) => [
    siblingsAreConcurrent<SiblingNode>(stored),
    noSiblingDisappears<SiblingNode>(stored),
    boundedSiblings<SiblingNode>(stored),
    boundedClock<SiblingNode>(servers, (state) => ("siblings" in state ? clocksOf(state) : undefined)),
    verdictsAreCausality,
    noFalseConcurrencyReported,
    noMissedConcurrency,
    noLostWrite<SiblingNode>({ survivors: (state) => storedAt(state) ?? [] }),
    siblingsReach<SiblingNode>(2, stored)
  ],
  settings: [
    ...mechanisms.flatMap((mechanism) => [
      { ...alone, mechanism },
      { ...apart, mechanism }
    ]),
    ...(["merged", "dvv"] as const).map((mechanism) => ({ ...alone, mechanism, reads: 1 })),
    ...(["dvv", "dvv-set"] as const).flatMap((mechanism) =>
      (["blind", "reuses-dot", "keeps-seen"] as const).map((mutant) => ({ ...alone, mechanism, mutant }))
    )
  ],
  deep: [{ ...apart, clients: 3, mechanism: "dvv" }]
})

const cartsAtFirst = (carts: ReadonlyArray<string>) =>
  Property.reachable<NodesView<SiblingNode>>(`the first server keeps ${carts.length} carts after the third item`, {
    holds: ({ nodes }) => {
      const [first] = nodes
      return first !== undefined && storedAt(first.state)?.join("; ") === carts.join("; ")
    }
  })

const cart = entry(siblingCartModel, {
  properties: () => [
    siblingsAreConcurrent<SiblingNode>(stored),
    noSiblingDisappears<SiblingNode>(stored),
    boundedSiblings<SiblingNode>(stored),
    cartsAtFirst(["PS5+lotion+tissues", "Xbox"]),
    cartsAtFirst(["PS5+lotion", "PS5+lotion+tissues", "Xbox"])
  ],
  settings: mechanisms.map((mechanism) => ({ mechanism }))
})

/** The entries. */
export const siblings: ReadonlyArray<Entry> = [dvv, versionVectors, clients, cart]
