/**
 * Observed-remove map: from keys to values that are replicated data types themselves, counters, sets or multi-value
 * registers. A removal resets the value of its key by the updates it saw. State and delta: as or-map-merge.ts merges.
 * Operation: an update brings its dot and the dots it replaces, a removal the dots it takes out, so it must not
 * overtake them: causal delivery, or a replica that stores the dots to remove on arrival.
 *
 * Source: Almeida et al. 2018, section 7, for states and deltas; for operations the observed-remove cart of Shapiro et
 * al. 2011 (specification 21, a map from books to quantities); `put-off` is after riak_dt's deferred operations.
 * Deviations: a counter has a dot for each increment, where the cart has one for the quantity, so that concurrent
 * increments add up; an absent key cannot be removed.
 *
 * Mutants, besides those of the merge: `by-key` removes all values under the key when the operation arrives;
 * `forgets-context` sends removals without dots; early=dropped drops the deferred removals of a key when that key is
 * removed once more (riak_dt issue 99).
 */
import { Model, Workload } from "plait"
import { AddTo, AssignTo, Delete, IncrementAt, type MapOperation } from "./operations.ts"
import { DottedMap, type Entries, entriesThat, keysOf, type MergeMutant, mergeMaps } from "./or-map-merge.ts"
import { type DataType, dotName, replicaParameters, replicasOf, type Style } from "./replica.ts"

/** Kind of the values. */
export type Values = "counter" | "set" | "register"

/** Fate of a removal whose update has not arrived yet. */
export type Early = "lost" | "put-off" | "dropped"

/** Mutants of the map. */
export type MapMutant = MergeMutant | "by-key" | "forgets-context"

/** The keys a client sees, each with the value it reads: a number, or elements, sorted. */
export const mapShown =
  (values: Values) =>
  ({ entries }: DottedMap): { readonly [key: string]: number | ReadonlyArray<string> } => {
    const under = Map.groupBy(Object.values(entries), ({ key }) => key)
    const shown = [...under].map(([key, updates]) => {
      const elements = new Set(updates.map(({ element }) => element))
      return [key, values === "counter" ? updates.length : [...elements].sort()]
    })
    return Object.fromEntries(shown)
  }

/**
 * Updates that an operation replaces or removes among those it sees: all under its key, all of its element, or none.
 */
const replacedBy = (entries: Entries, operation: MapOperation): Entries =>
  entriesThat(entries, (_dot, { element, key }) => {
    if (key !== operation.key || operation._tag === "Increment") return false
    return operation._tag !== "Add" || element === operation.element
  })

/** Applies an operation, whose context is the dots it removes; the own context is the dots to remove on arrival. */
const applied = (own: DottedMap, { context, entries }: DottedMap, early: Early, mutant: MapMutant): DottedMap => {
  const isRemoval = Object.keys(entries).length === 0
  const keys = isRemoval ? Object.values(context) : []
  const kept = entriesThat(
    own.entries,
    (dot, { key }) => !(dot in context) && !(mutant === "by-key" && keys.includes(key))
  )
  const awaited = Object.entries(own.context).filter(
    ([dot, key]) => !(dot in entries) && !(early === "dropped" && keys.includes(key))
  )
  const late = Object.entries(context).filter(([dot]) => !(dot in own.entries))
  return {
    entries: { ...kept, ...entriesThat(entries, (dot) => !(dot in own.context)) },
    context: early === "lost" ? {} : Object.fromEntries([...awaited, ...late])
  }
}

/** The data type in a style. */
export const orMap = (
  style: Style,
  early: Early,
  mutant: MapMutant
): DataType<DottedMap, typeof IncrementAt | typeof AddTo | typeof AssignTo | typeof Delete, DottedMap> => ({
  name: "or-map",
  style,
  payload: DottedMap,
  content: DottedMap,
  operations: [IncrementAt, AddTo, AssignTo, Delete],
  initial: () => ({ entries: {}, context: {} }),
  possible: ({ entries }, { _tag, key }) =>
    _tag !== "Delete" || Object.values(entries).some((entry) => entry.key === key),
  prepare: ({ context, entries }, operation: MapOperation, dot) => {
    const { _tag, key } = operation
    const replaced = replacedBy(entries, operation)
    const made =
      _tag === "Delete" ? {} : { [dotName(dot)]: { key, element: "element" in operation ? operation.element : "" } }
    const told = _tag === "Delete" && mutant === "forgets-context" ? {} : keysOf(replaced)
    if (style === "operation") return { entries: made, context: told }
    if (style === "delta") return { entries: made, context: { ...told, ...keysOf(made) } }
    const others = entriesThat(entries, (other) => !(other in replaced))
    const known = Object.entries(context).filter(([other]) => !(other in replaced))
    return { entries: { ...others, ...made }, context: { ...Object.fromEntries(known), ...told, ...keysOf(made) } }
  },
  apply: (own, other) =>
    style === "operation"
      ? applied(own, other, early, mutant)
      : mergeMaps(mutant === "by-key" || mutant === "forgets-context" ? "none" : mutant)(own, other)
})

/** Operations on a value of each kind. */
const updates = {
  counter: (key: string) => [IncrementAt.make({ key })],
  set: (key: string) => [AddTo.make({ key, element: "a" }), AddTo.make({ key, element: "b" })],
  register: (key: string) => [AssignTo.make({ key, element: "a" }), AssignTo.make({ key, element: "b" })]
}

const [increment, remove] = [IncrementAt.make({ key: "k" }), Delete.make({ key: "k" })]

const scripts = {
  /** Two replicas that each update a key and remove it, possibly without each other's updates. */
  rivals: [
    [increment, remove],
    [increment, remove]
  ],
  /** One replica that updates a key; another that does, removes it, and updates it again. */
  again: [[increment], [increment, remove, increment]]
}

/** Replicas that update and remove keys. */
export const orMapModel = Model.make({
  name: "or-map",
  about: "A map from keys to counters, sets or registers, whose removals reset a value by the updates they saw.",
  source: "Almeida et al. 2018, section 7; Shapiro et al. 2011, specification 21; riak_dt and Akka for the mutants",
  parameters: {
    style: Model.choice({ default: "state", values: ["operation", "state", "delta"], about: "what is sent" }),
    values: Model.choice({
      default: "counter",
      values: ["counter", "set", "register"],
      about: "what the keys lead to"
    }),
    ...replicaParameters,
    workload: Model.choice({
      default: "drawn",
      values: ["drawn", "rivals", "again"],
      about: "operations at any replicas; n0 and n1 both update and remove; n0 updates, n1 does, removes, updates"
    }),
    operations: Model.integer({ default: 3, least: 1, most: 5, about: "operations in all, where they are drawn" }),
    keys: Model.integer({ default: 1, least: 1, most: 2, about: "keys, where operations are drawn" }),
    early: Model.choice({
      default: "lost",
      values: ["lost", "put-off", "dropped"],
      about: "a removal of an operation still to come is lost, put off, or put off until its key is removed again"
    }),
    mutant: Model.mutants({
      default: "none",
      values: ["none", "keeps-whole", "merges-values", "per-replica", "removal-wins", "by-key", "forgets-context"],
      about: "what a removal or a merge does wrong"
    })
  },
  requires: ({ early, mutant, style, values, workload }) => {
    if (early !== "lost" && style !== "operation") return "only operations can be early"
    if (mutant === "by-key" && style !== "operation") return "only operations are applied by key"
    if (workload !== "drawn" && values !== "counter") return "the scripts are of counters"
    return style === "operation" && !["none", "by-key", "forgets-context"].includes(mutant)
      ? "operations are not merged"
      : undefined
  },
  system: ({ delivery, early, mutant, keys, operations, replicas, style, values, workload }) =>
    replicasOf(orMap(style, early, mutant), {
      replicas,
      delivery,
      workload:
        workload === "drawn"
          ? Workload.drawn(
              operations,
              ["k", "l"].slice(0, keys).flatMap((key) => [...updates[values](key), Delete.make({ key })])
            )
          : Workload.script(scripts[workload])
    })
})
