/**
 * Further effects of last write wins: deletes, rows of several cells, clients that were offline. Each model has a
 * reachability property for its interesting state, and a setting that must fail.
 */
import { cellsModel, type CellsState, rowsOf, shownRow } from "./cells.ts"
import { commitWaitModel, commitWaitShown, type CommitWaitState } from "./commit-wait.ts"
import { documentKept, offlineClientModel, type OfflineState } from "./offline-client.ts"
import { tombstoneItems, tombstonesModel, type TombstoneState } from "./tombstones.ts"
import { convergence, strongConvergence } from "plait/properties/convergence"
import { noResurrection } from "plait/properties/no-resurrection"
import { noCausalInversion, noLostWrite } from "plait/properties/no-lost-write"
import { noTornRow } from "plait/properties/no-torn-row"
import { realTimeOrder } from "plait/properties/real-time-order"
import { entry, type Entry, type NodesView, Observer, Property } from "plait"
import { parts } from "../stores/guarantees.ts"

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
  properties: ({ collect }) => [
    noResurrection<TombstoneState>({ items: tombstoneItems }),
    convergence<TombstoneState>({ view: tombstoneItems }),
    collect === "never" ? oldVersionUnderWay : tombstoneDropped
  ],
  settings: (["never", "at-once", "any-time", "acknowledged"] as const).flatMap((collect) =>
    (["ordered", "unordered"] as const).map((links) => ({ collect, links }))
  ),
  place: ({ collect, links }) => ({
    part: parts.lastWriteWins,
    design: `last write wins, tombstones dropped ${collect === "acknowledged" ? "once acknowledged" : collect}`,
    setting: `${links} links`
  })
})

const applications = Observer.make("how often a write was applied", {
  initial: 0,
  observe: (times, { kind }) => (kind === "applied" ? times + 1 : times)
})

const bothArrived = Property.reachable<NodesView<CellsState>, number>("both replicas have both writes", {
  observer: applications,
  holds: (_view, times) => times === 4
})

const cells = entry(cellsModel, {
  properties: ({ writes }) => [
    noTornRow<CellsState>({ row: shownRow, written: rowsOf(writes) }),
    convergence<CellsState>({ view: shownRow }),
    strongConvergence<CellsState>({ view: shownRow }),
    bothArrived
  ],
  settings: [
    ...(["cell", "row"] as const).flatMap((unit) =>
      (["two-updates", "update-and-delete"] as const).flatMap((writes) =>
        [0, 1].map((apart) => ({ unit, writes, apart, rule: "tombstone-then-larger" as const }))
      )
    ),
    { unit: "cell", writes: "two-updates", apart: 0, rule: "arrival" },
    { unit: "cell", writes: "update-and-delete", apart: 0, rule: "untidy" }
  ],
  place: ({ apart, rule, unit }) =>
    rule === "tombstone-then-larger"
      ? {
          part: parts.lastWriteWins,
          design: `last write wins, ${unit} by ${unit}`,
          setting: apart === 0 ? "equal timestamps" : "timestamps apart"
        }
      : undefined
})

const commitWait = entry(commitWaitModel, {
  properties: ({ wait }) => [
    convergence<CommitWaitState>({ view: commitWaitShown }),
    noLostWrite<CommitWaitState>({ survivors: commitWaitShown }),
    noCausalInversion<CommitWaitState>({ survivors: commitWaitShown }),
    realTimeOrder<CommitWaitState>({ survivors: commitWaitShown }),
    wait === "none"
      ? Property.reachable<NodesView<CommitWaitState>>("both replicas show the first write", {
          holds: ({ nodes }) => nodes.every(({ state }) => state.held?.write === "first")
        })
      : Property.reachable<NodesView<CommitWaitState>>("both writes wait at once", {
          holds: ({ nodes }) => nodes.every(({ state }) => state.waiting !== null)
        })
  ],
  settings: [
    ...[0, 1, 2].flatMap((skew) =>
      (["none", "full"] as const).map((wait) => ({ skew, wait, shows: "after-wait" as const }))
    ),
    ...[1, 2].map((skew) => ({ skew, wait: "short" as const, shows: "after-wait" as const })),
    ...[1, 2].map((skew) => ({ skew, wait: "full" as const, shows: "at-once" as const }))
  ],
  place: ({ shows, skew, wait }) => ({
    part: parts.lastWriteWins,
    design: `last write wins, ${wait === "none" ? "no" : wait} commit wait, shown ${shows === "at-once" ? "at once" : "after it"}`,
    setting: skew > 0 ? `skew ${skew}` : "no faults"
  })
})

const newerEditIsThere = Property.reachable<NodesView<OfflineState>>(
  "the server keeps the other client's edit while one is in the outbox of the client that was offline",
  {
    holds: ({ nodes }) =>
      nodes.some(({ state }) => documentKept(state).includes("online")) &&
      nodes.some(({ state }) => "outbox" in state && state.outbox?.version.write === "offline")
  }
)

const offlineClient = entry(offlineClientModel, {
  properties: ({ reads }) => [
    noLostWrite<OfflineState>({ survivors: documentKept }),
    // Without a read neither edit follows from the other.
    ...(reads === "first" ? [noCausalInversion<OfflineState>({ survivors: documentKept })] : []),
    realTimeOrder<OfflineState>({ survivors: documentKept }),
    newerEditIsThere
  ],
  settings: [
    ...(["client", "server"] as const).flatMap((timestamps) =>
      (["no", "first"] as const).flatMap((reads) =>
        [0, 2, 3].map((skew) => ({ timestamps, skew, reads, mutant: "none" as const }))
      )
    ),
    { timestamps: "client", skew: 0, reads: "no", mutant: "stamps-late" },
    { timestamps: "client", skew: 0, reads: "no", mutant: "latest-arrival" }
  ],
  place: ({ mutant, reads, skew, timestamps }) =>
    mutant === "none"
      ? {
          part: parts.lastWriteWins,
          design: `last write wins, offline client, ${timestamps} timestamps`,
          setting: [skew > 0 ? `skew ${skew}` : "no faults", ...(reads === "first" ? ["edits after a read"] : [])].join(
            ", "
          )
        }
      : undefined
})

/** The entries. */
export const lastWriteWins: ReadonlyArray<Entry> = [tombstones, cells, commitWait, offlineClient]
