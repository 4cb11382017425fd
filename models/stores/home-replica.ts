/**
 * State of a node of a store with home leaders, and the messages between such nodes: versions of keys, and the node and
 * epoch of a key's home.
 */
import { Schema } from "effect"

/**
 * A version of a key: the writes that its homes took, in their order. The last one is the value; the protocol never
 * reads the others. Versions are ordered by the epoch of the home, by the number of writes, then by the home.
 */
export const HomeVersion = Schema.Struct({
  epoch: Schema.Natural,
  home: Schema.Natural,
  writes: Schema.Array(Schema.String)
})

/** A version of a key. */
export type HomeVersion = typeof HomeVersion.Type

const Home = Schema.Struct({ home: Schema.Natural, epoch: Schema.Natural })

/** A client's operation, passed on to the key's home; without a write it is a read. */
export const Question = Schema.TaggedStruct("Question", {
  operation: Schema.String,
  key: Schema.String,
  write: Schema.NullOr(Schema.String)
})

/** Brings the home's version of a key to a replica, on behalf of an operation. */
export const Store = Schema.TaggedStruct("Store", {
  operation: Schema.String,
  key: Schema.String,
  epoch: Schema.Natural,
  version: Schema.NullOr(HomeVersion)
})

/** The answer: this replica has it. */
export const Stored = Schema.TaggedStruct("Stored", { operation: Schema.String })

/** The other answer: the key has another home, in a later epoch. */
export const Refused = Schema.TaggedStruct("Refused", { key: Schema.String, ...Home.fields })

/** Requests the version of another node, for a node that is to be the key's home. */
export const TakeOver = Schema.TaggedStruct("TakeOver", { key: Schema.String, epoch: Schema.Natural })

/** The answer. */
export const HandedOver = Schema.TaggedStruct("HandedOver", {
  key: Schema.String,
  version: Schema.NullOr(HomeVersion)
})

/** Announces a new home, with the version from which it continues. */
export const Rehomed = Schema.TaggedStruct("Rehomed", {
  key: Schema.String,
  epoch: Schema.Natural,
  version: Schema.NullOr(HomeVersion)
})

/** An operation whose answer waits for a replica, with the value that the answer will show. */
export const Waiting = Schema.Struct({
  operation: Schema.String,
  key: Schema.String,
  reads: Schema.Boolean,
  shown: Schema.Array(Schema.String)
})

/**
 * A node: versions by key, homes that differ from those of the hash, waiting operations, the key that it is taking
 * over.
 */
export const HomeState = Schema.Struct({
  versions: Schema.Record(Schema.String, HomeVersion),
  homes: Schema.Record(Schema.String, Home),
  waiting: Schema.Array(Waiting),
  taking: Schema.NullOr(Schema.String)
})

/** A node of the store. */
export type HomeState = typeof HomeState.Type

/** Number of nodes. */
export const homes = 3

/** The home of a key as this node knows it; at first by its hash, which puts x on n0 and y on n1. */
export const homeOf = ({ homes: moved }: HomeState, key: string): typeof Home.Type =>
  moved[key] ?? { home: key.charCodeAt(0) % homes, epoch: 0 }

/** A node's version of a key. */
export const heldAt = ({ versions }: HomeState, key: string): HomeVersion | null => versions[key] ?? null

/** The value of a version. */
export const valueOf = (version: HomeVersion | null): ReadonlyArray<string> => version?.writes.slice(-1) ?? []

const isLater = (left: HomeVersion, right: HomeVersion): boolean => {
  if (left.epoch !== right.epoch) return left.epoch > right.epoch
  if (left.writes.length !== right.writes.length) return left.writes.length > right.writes.length
  return left.home > right.home
}

/** The later of two versions. */
export const later = (left: HomeVersion | null, right: HomeVersion | null): HomeVersion | null =>
  left === null || (right !== null && isLater(right, left)) ? right : left

/** The node with this version of a key. */
export const withVersion = (state: HomeState, key: string, version: HomeVersion | null): HomeState => {
  const { [key]: _before, ...others } = state.versions
  return { ...state, versions: version === null ? others : { ...others, [key]: version } }
}

/** The values of all keys at a node. */
export const homeValues = ({ versions }: HomeState): ReadonlyArray<string> =>
  Object.entries(versions)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, version]) => valueOf(version))

/** Every write in the versions of a node, replaced or not. */
export const homeWrites = ({ versions }: HomeState): ReadonlyArray<string> =>
  Object.values(versions).flatMap(({ writes }) => writes)
