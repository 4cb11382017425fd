/**
 * State of a replica of a leaderless store: versions ordered by timestamp, the requests it coordinates, and the hints
 * it holds for others. Pure functions; leaderless-store.ts describes the protocol.
 *
 * Source: DeCandia et al., "Dynamo" (SOSP 2007), sections 4.5 and 4.6, with last write wins in place of vector clocks.
 */
import { Schema } from "effect"

/** A version of a key: ordered by its timestamp, and by its coordinator if that is the same. */
export const Version = Schema.Struct({ write: Schema.String, timestamp: Schema.Natural, coordinator: Schema.Natural })

/** A version of a key. */
export type Version = typeof Version.Type

/** Waits for the versions of the replicas that were queried: a read, or the first of a write's two rounds. */
const Asking = Schema.TaggedStruct("Asking", {
  key: Schema.String,
  write: Schema.NullOr(Schema.String),
  answers: Schema.Array(Schema.Struct({ node: Schema.Natural, version: Schema.NullOr(Version) }))
})

/** Waits until a version is held for enough replicas, by them or for them: a write, or the write-back of a read. */
const Storing = Schema.TaggedStruct("Storing", {
  key: Schema.String,
  version: Version,
  reads: Schema.Boolean,
  holders: Schema.Array(Schema.Natural)
})

/** A request with the progress of its coordination. */
export const Request = Schema.Union([Asking, Storing])

/** A version that a stand-in holds for a replica, and the number of attempts left to hand it over. */
export const Hint = Schema.Struct({
  home: Schema.Natural,
  key: Schema.String,
  version: Version,
  attempts: Schema.Natural
})

/** A node: versions by key, the requests that it coordinates by their name, and hints. */
export const QuorumState = Schema.Struct({
  versions: Schema.Record(Schema.String, Version),
  requests: Schema.Record(Schema.String, Request),
  hints: Schema.Array(Hint)
})

/** A node of the store. */
export type QuorumState = typeof QuorumState.Type

/** A request that waits for versions. */
export type Asking = typeof Asking.Type

/** A request that waits for holders. */
export type Storing = typeof Storing.Type

/** The state of a node before its first message. */
export const emptyReplica = (): QuorumState => ({ versions: {}, requests: {}, hints: [] })

/** A node's version of a key. */
export const held = (state: QuorumState, key: string): Version | null => state.versions[key] ?? null

/** True if one version comes after another. */
export const isLater = (left: Version | null, right: Version | null): boolean =>
  left !== null &&
  (right === null ||
    left.timestamp > right.timestamp ||
    (left.timestamp === right.timestamp && left.coordinator > right.coordinator))

/** The latest known version of a key: the node's own and those it received. */
export const latest = (state: QuorumState, { answers, key }: Asking): Version | null =>
  answers.map(({ version }) => version).reduce((one, other) => (isLater(other, one) ? other : one), held(state, key))

/** The node with a version in place of an earlier one; with `tiesByArrival` also of one with the same timestamp. */
export const storing = (state: QuorumState, key: string, version: Version, tiesByArrival = false): QuorumState => {
  const own = held(state, key)
  const replaces = isLater(version, own) || (tiesByArrival && own?.timestamp === version.timestamp)
  return replaces ? { ...state, versions: { ...state.versions, [key]: version } } : state
}

/** The node with a request in a new state. */
export const requesting = (state: QuorumState, name: string, request: Asking | Storing): QuorumState => ({
  ...state,
  requests: { ...state.requests, [name]: request }
})

/** The node without a request that was answered. */
export const finished = (state: QuorumState, name: string): QuorumState => {
  const { [name]: _over, ...requests } = state.requests
  return { ...state, requests }
}

/** The request waiting for versions under a name, if it still does. */
export const askingFor = (state: QuorumState, name: string): Asking | undefined => {
  const request = state.requests[name]
  return request?._tag === "Asking" ? request : undefined
}

/** The request waiting for holders under a name, if it still does. */
export const storingFor = (state: QuorumState, name: string): Storing | undefined => {
  const request = state.requests[name]
  return request?._tag === "Storing" ? request : undefined
}

/** The writes that a node's clients can read there. */
export const quorumWrites = ({ versions }: QuorumState): ReadonlyArray<string> =>
  Object.values(versions).map(({ write }) => write)
