/**
 * What last write wins does besides picking the latest: deletes, rows of several cells, clients that were offline. Each
 * model stands with the claim that its interesting situation occurs, and with a setting that must fail.
 */
import { tombstoneItems, tombstonesModel, type TombstoneState } from "../../models/multi-leader/tombstones.ts"
import { convergence } from "../../properties/convergence.ts"
import { noResurrection } from "../../properties/no-resurrection.ts"
import { type NodesView, Property } from "../property/index.ts"
import { type Entry, entry } from "../suite/Suite.ts"

const oldVersionUnderWay = Property.reachable<NodesView<TombstoneState>>(
  "a version is under way to a replica that has deleted the item",
  {
    holds: ({ nodes }) =>
      nodes.some(
        ({ inbox, state }) =>
          state.counter > 1 &&
          (state.held === null || state.held.deleted) &&
          inbox.some(({ message }) => message._tag === "Replicate")
      )
  }
)

const tombstoneDropped = Property.reachable<NodesView<TombstoneState>>("a replica has dropped its tombstone", {
  holds: ({ nodes }) => nodes.some(({ state }) => state.counter > 1 && state.held === null)
})

const tombstones = entry(tombstonesModel, {
  claims: ({ collect }) => [
    noResurrection<TombstoneState>({ items: tombstoneItems }),
    convergence<TombstoneState>({ view: tombstoneItems }),
    collect === "never" ? oldVersionUnderWay : tombstoneDropped
  ],
  settings: (["never", "at-once", "any-time", "acknowledged"] as const).flatMap((collect) =>
    (["ordered", "unordered"] as const).map((links) => ({ collect, links }))
  ),
  place: ({ collect, links }) => ({
    design: `last write wins, tombstones dropped ${collect === "acknowledged" ? "once acknowledged" : collect}`,
    setting: `${links} links`
  })
})

/** The entries. */
export const lastWriteWins: ReadonlyArray<Entry> = [tombstones]
