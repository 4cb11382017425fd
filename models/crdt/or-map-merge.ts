/**
 * The state of an observed-remove map and the merge of two: every update of a value has a dot, all values of the map
 * share one context of the dots ever seen, and the removal of a key removes exactly the dots that were seen under it. A
 * value updated concurrently is reset: updates that the removal saw are gone, others stay.
 *
 * Source: Almeida, Shoker, Baquero, "Delta state replicated data types" (2018), section 7, a map from keys to dot
 * stores under one causal context; the semantics is Riak's since riak_dt pull request 93. Deviations: nested dot stores
 * are written out as one, each dot with its key; the context is the set of its dots.
 *
 * Mutants, as libraries had them: `keeps-whole`, a key with an update that the removal did not see keeps all its
 * updates (riak_dt issue 92); `merges-values`, besides, a key that both sides have keeps the updates of both, removed
 * or not (Akka's ORMap, akka-core pull request 27429); `per-replica`, in a counter all increments of a replica stay or
 * go with its last one (riak_dt issue 98); `removal-wins`, a removal on one side also removes the updates on the other
 * (riak_kv pull request 761).
 */
import { Schema } from "effect"

const Entry = Schema.Struct({ key: Schema.String, element: Schema.String })

/** An update of a value: its key, and the element that was added, if its kind has elements. */
export type Entry = typeof Entry.Type

const Entries = Schema.Record(Schema.String, Entry)

/** Updates by dot. */
export type Entries = typeof Entries.Type

const Keys = Schema.Record(Schema.String, Schema.String)

/** The schema of `DottedMap`. */
export const DottedMap = Schema.Struct({ entries: Entries, context: Keys })

/** The current updates, and the dot and key of every update ever seen. */
export type DottedMap = typeof DottedMap.Type

/** Mutants of the merge. */
export type MergeMutant = "none" | "keeps-whole" | "merges-values" | "per-replica" | "removal-wins"

/** The entries that pass a test. */
export const entriesThat = (entries: Entries, keep: (dot: string, entry: Entry) => boolean): Entries =>
  Object.fromEntries(Object.entries(entries).filter(([dot, entry]) => keep(dot, entry)))

/** The keys of some entries, by dot. */
export const keysOf = (entries: Entries): typeof Keys.Type =>
  Object.fromEntries(Object.entries(entries).map(([dot, { key }]) => [dot, key]))

const replicaOf = (dot: string): string => dot.split(".")[0] ?? ""

/** True if a merge keeps an entry of one side, given the dots of that side that are kept independently. */
const keeps = (side: DottedMap, opposite: DottedMap, mutant: MergeMutant) => {
  const stands = (dot: string): boolean => dot in opposite.entries || !(dot in opposite.context)
  const dotsUnder = ({ entries }: DottedMap, key: string) =>
    Object.keys(entriesThat(entries, (_dot, entry) => entry.key === key))
  return (dot: string, { key }: Entry): boolean => {
    const siblings = dotsUnder(side, key)
    const isCommon = dotsUnder(opposite, key).length > 0
    switch (mutant) {
      case "keeps-whole":
        return stands(dot) || (!isCommon && siblings.some(stands))
      case "merges-values":
        return isCommon || siblings.some(stands)
      case "per-replica":
        return siblings.some((other) => replicaOf(other) === replicaOf(dot) && other >= dot && stands(other))
      case "removal-wins":
        return siblings.every(stands)
      default:
        return stands(dot)
    }
  }
}

/** Merges two states, or a state and a delta, correctly or by a mutant's rule. */
export const mergeMaps =
  (mutant: MergeMutant) =>
  (own: DottedMap, other: DottedMap): DottedMap => ({
    entries: {
      ...entriesThat(own.entries, keeps(own, other, mutant)),
      ...entriesThat(other.entries, keeps(other, own, mutant))
    },
    context: { ...own.context, ...other.context }
  })
