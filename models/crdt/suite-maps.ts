/**
 * Conflict-free replicated maps: a removed key against an update of its value that the removal did not see. Each has
 * settings with a delivery that is too weak for it and with mutants.
 */
import { lwwMapModel, mergeTimedMaps, type TimedMap, timedMapDots, timedMapShown } from "./lww-map.ts"
import { type MapMutant, mapShown, orMapModel, type Values } from "./or-map.ts"
import { type DottedMap, type MergeMutant, mergeMaps } from "./or-map-merge.ts"
import type { ReplicaState } from "./replica.ts"
import {
  addedElements,
  counterValue,
  latestByKey,
  maximalWrites,
  observedRemoveMap
} from "plait/properties/data-type-values"
import { noCausalInversion, noLostWrite } from "plait/properties/no-lost-write"
import { noResurrection } from "plait/properties/no-resurrection"
import { entry, type Entry, type NodesView, Property } from "plait"
import { propertiesOf, rowOf } from "./shared-properties.ts"

type State = ReplicaState<DottedMap>

const dotOf = (name: string) => name.split(" ")[0] ?? ""

/** The current updates, by name. */
const standing = ({ payload, updates }: State) => updates.filter((name) => dotOf(name) in payload.entries)

const isDeletion = (name: string) => name.split(" ")[1] === "delete"

/** The current updates and the deletions applied: an absent update was deleted by one of these, or lost. */
const leftOver = (state: State) => [...standing(state), ...state.updates.filter(isDeletion)]

/** The state that maps are about: one replica has removed the key, another has concurrently updated it. */
const updatedMeanwhile = Property.reachable<NodesView<State>>("a key is removed while another replica updates it", {
  holds: ({ nodes }) =>
    nodes.some(({ state }) => {
      const others = nodes.filter((other) => other.state !== state).map((other) => other.state.updates)
      const news = (name: string) => others.every((updates) => !updates.includes(name))
      return (
        state.updates.some((name) => isDeletion(name) && news(name)) &&
        others.some((updates) => updates.some((name) => !isDeletion(name) && !state.updates.includes(name)))
      )
    })
})

const nested = { counter: counterValue, set: addedElements, register: maximalWrites } satisfies Record<Values, unknown>

const isMergeFault = (mutant: MapMutant): mutant is MergeMutant => mutant !== "by-key" && mutant !== "forgets-context"

const plain = {
  style: "state",
  values: "counter",
  replicas: 2,
  delivery: "at-least-once",
  workload: "drawn",
  operations: 3,
  keys: 1,
  early: "lost",
  mutant: "none"
} as const

const timed = {
  style: "state",
  replicas: 2,
  delivery: "at-least-once",
  workload: "later",
  mutant: "none"
} as const

const earlyRemovals = { lost: "", "put-off": ", early removals put off", dropped: "" }

const orMap = entry(orMapModel, {
  properties: ({ mutant, operations, style, values }) => [
    ...propertiesOf<DottedMap>({
      style,
      view: mapShown(values),
      property: "a key holds the updates that no removal of it observed",
      value: observedRemoveMap(nested[values]),
      merge: mergeMaps(isMergeFault(mutant) ? mutant : "none")
    }),
    noResurrection<State>({ items: standing }),
    noLostWrite<State>({ survivors: leftOver }),
    // This requires an update that both have, a removal of it, and another update.
    ...(operations < 3 ? [] : [updatedMeanwhile])
  ],
  settings: [
    ...(["at-least-once", "exactly-once", "causal"] as const).map((delivery) => ({
      ...plain,
      style: "operation" as const,
      delivery
    })),
    { ...plain, style: "operation", delivery: "exactly-once", early: "put-off" },
    { ...plain, style: "operation", delivery: "at-least-once", early: "put-off" },
    ...(["put-off", "dropped"] as const).map((early) => ({
      ...plain,
      style: "operation" as const,
      delivery: "exactly-once" as const,
      workload: "rivals" as const,
      early
    })),
    { ...plain, style: "operation", delivery: "causal", mutant: "by-key" },
    ...(["counter", "set", "register"] as const).flatMap((values) => [
      { ...plain, values },
      { ...plain, values, style: "delta" as const }
    ]),
    { ...plain, delivery: "at-most-once" },
    { ...plain, replicas: 3, operations: 2 },
    { ...plain, keys: 2 },
    ...(["none", "merges-values"] as const).map((mutant) => ({ ...plain, workload: "again" as const, mutant })),
    ...(["keeps-whole", "per-replica", "removal-wins", "forgets-context"] as const).map((mutant) => ({
      ...plain,
      mutant
    })),
    { ...plain, style: "delta", mutant: "forgets-context" }
  ],
  // Dropping deferred removals is a mutant.
  place: (values) =>
    values.early === "dropped"
      ? undefined
      : rowOf(`observed-remove map, ${values.style}${earlyRemovals[values.early]}`, values)
})

const kept = ({ payload, updates }: ReplicaState<TimedMap>) =>
  updates.filter((name) => timedMapDots(payload).includes(dotOf(name)))

const clocks = { later: "", "two-keys": "", behind: ", a clock behind", tie: ", equal times" }

const lwwMap = entry(lwwMapModel, {
  properties: ({ mutant, style, workload }) => [
    ...propertiesOf<TimedMap>({
      style,
      view: timedMapShown,
      property: "a key holds what was written last, if it was not removed later",
      value: latestByKey,
      merge: mergeTimedMaps(mutant)
    }),
    noResurrection<ReplicaState<TimedMap>>({ items: (state) => kept(state).filter((name) => !isDeletion(name)) }),
    noLostWrite<ReplicaState<TimedMap>>({ survivors: kept }),
    // The property does not distinguish keys: a write under one does not replace a write under another.
    ...(workload === "two-keys" ? [] : [noCausalInversion<ReplicaState<TimedMap>>({ survivors: kept })])
  ],
  settings: [
    ...(["operation", "state", "delta"] as const).flatMap((style) =>
      (["later", "behind"] as const).map((workload) => ({ ...timed, style, workload }))
    ),
    { ...timed, workload: "tie" },
    { ...timed, style: "operation", workload: "tie" },
    { ...timed, workload: "two-keys" },
    { ...timed, style: "operation", delivery: "causal", workload: "behind" },
    { ...timed, style: "operation", delivery: "at-most-once" },
    { ...timed, replicas: 3 },
    { ...timed, workload: "tie", mutant: "keeps-own" },
    { ...timed, style: "operation", mutant: "no-tombstones" },
    { ...timed, mutant: "no-tombstones" }
  ],
  place: (values) => rowOf(`last-writer-wins map, ${values.style}`, values, clocks[values.workload])
})

/** The entries. */
export const dataMaps: ReadonlyArray<Entry> = [lwwMap, orMap]
