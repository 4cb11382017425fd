/**
 * Clocks against true causality: the properties of properties/happens-before.ts that each clock keeps. A property that
 * a clock does not promise is in its case nevertheless, to record the violation.
 */
import { eventClocksModel } from "./event-clocks.ts"
import { intervalTreeModel, type ParticipantState } from "./interval-tree-clocks.ts"
import { clockProperties, concurrentEventsMeet, noEventPrecedesItself } from "plait/properties/happens-before"
import { aheadByAtMost, neverBehindPhysicalTime } from "plait/properties/hybrid-time"
import { entry, type Entry, type NodesView, Property } from "plait"

const plain = { nodes: 2, events: 2, skew: 0, latency: 1, mutant: "none" } as const

const eventClocks = entry(eventClocksModel, {
  properties: ({ clock, skew }) => [
    ...clockProperties,
    concurrentEventsMeet,
    ...(clock === "hybrid" ? [neverBehindPhysicalTime, aheadByAtMost(skew)] : []),
    // With a latency of 1 the timestamp in a message is a tick old, so the bound is less by one.
    ...(clock === "hybrid" && skew > 0 ? [aheadByAtMost(skew - 1)] : [])
  ],
  settings: [
    ...(["physical", "lamport", "hybrid", "vector", "version-vector", "dotted-version-vector"] as const).map(
      (clock) => ({ ...plain, clock })
    ),
    ...(["physical", "hybrid"] as const).flatMap((clock) => [
      { ...plain, clock, skew: 1 },
      { ...plain, clock, skew: 2, events: 1 }
    ]),
    { ...plain, clock: "hybrid", skew: 2, latency: 0, events: 1 },
    ...(["no-maximum", "no-increment", "not-strict"] as const).flatMap((mutant) => [
      { ...plain, clock: "lamport" as const, mutant },
      { ...plain, clock: "hybrid" as const, skew: 1, events: 1, mutant },
      { ...plain, clock: "vector" as const, mutant }
    ]),
    ...(["no-maximum", "not-strict"] as const).flatMap((mutant) =>
      (["version-vector", "dotted-version-vector"] as const).map((clock) => ({ ...plain, clock, mutant }))
    ),
    ...(["lamport", "vector", "version-vector", "dotted-version-vector"] as const).map((clock) => ({
      ...plain,
      clock,
      nodes: 3,
      events: 1
    }))
  ]
})

const everyoneTakesPart = Property.reachable<NodesView<ParticipantState>>("every node takes part", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.stamp.identity !== 0)
})

const wholeAgain = Property.reachable<NodesView<ParticipantState>>(
  "one node owns all that was split, after events of both",
  {
    holds: ({ nodes }) =>
      nodes.some(({ state }) => state.stamp.identity === 1) && nodes.every(({ state }) => state.count > 0)
  }
)

const intervalTree = entry(intervalTreeModel, {
  properties: ({ script }) => [
    ...clockProperties.filter((property) => property !== noEventPrecedesItself),
    concurrentEventsMeet,
    script === "fork-and-leave" ? wholeAgain : everyoneTakesPart
  ],
  settings: [
    ...(["fork", "fork-twice", "fork-and-leave"] as const).map((script) => ({ script, mutant: "none" as const })),
    ...(["no-split", "no-join"] as const).map((mutant) => ({ script: "fork" as const, mutant }))
  ]
})

/** The entries. */
export const clocks: ReadonlyArray<Entry> = [eventClocks, intervalTree]
