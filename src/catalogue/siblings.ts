/**
 * Conflicts detected and kept for the client to resolve: version vectors and dots, right and wrong.
 */
import { dvvModel, type DvvView } from "../../models/siblings/dvv.ts"
import { siblingsModel, type SiblingsState, siblingWrites } from "../../models/siblings/version-vector-siblings.ts"
import { convergence } from "../../properties/convergence.ts"
import { verdictsAreCausality } from "../../properties/happens-before.ts"
import { noFalseConcurrency, noLostSibling, siblingsOccur } from "../../properties/no-lost-sibling.ts"
import { noLostWrite } from "../../properties/no-lost-write.ts"
import { type NodesView, Property } from "../property/index.ts"
import { type Entry, entry } from "../suite/Suite.ts"

const show = ({ puts, servers }: DvvView) => ({
  stored: servers.map(({ siblings }) => siblings.map(({ id }) => id)),
  pasts: new Map(puts.map((past, place) => [place + 1, past]))
})

const dvv = entry(dvvModel, {
  claims: () => [noFalseConcurrency(show), noLostSibling(show), siblingsOccur(show)],
  settings: (["merged", "perctx", "permax", "dvv"] as const).flatMap((mechanism) => [
    { servers: 1, clients: 2, puts: 3, mechanism },
    { servers: 2, clients: 2, puts: 3, mechanism }
  ])
})

const versionVectors = entry(siblingsModel, {
  claims: () => [
    verdictsAreCausality,
    convergence<SiblingsState>({ view: siblingWrites }),
    noLostWrite<SiblingsState>({ survivors: siblingWrites }),
    Property.reachable<NodesView<SiblingsState>>("a replica keeps two siblings", {
      holds: ({ nodes }) => nodes.some(({ state }) => state.siblings.length > 1)
    })
  ],
  settings: [
    { replicas: 2, writes: 2, duplicate: 0, fault: "none" },
    { replicas: 2, writes: 2, duplicate: 1, fault: "none" },
    { replicas: 3, writes: 1, duplicate: 0, fault: "none" },
    { replicas: 2, writes: 2, duplicate: 0, fault: "forgets" },
    { replicas: 2, writes: 1, duplicate: 1, fault: "not-strict" }
  ]
})

/** The entries. */
export const siblings: ReadonlyArray<Entry> = [dvv, versionVectors]
