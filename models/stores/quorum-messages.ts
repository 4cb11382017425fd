/**
 * What the nodes of a leaderless store tell each other. A request carries the name of the operation it serves.
 */
import { Schema } from "effect"
import { Version } from "./quorum-replica.ts"

/** Asks a node to hold a version for its home; for itself, or as a stand-in. */
export const Store = Schema.TaggedStruct("Store", {
  request: Schema.String,
  key: Schema.String,
  version: Version,
  home: Schema.Natural
})

/** Tells a coordinator that its version is held for this home. */
export const Stored = Schema.TaggedStruct("Stored", { request: Schema.String, home: Schema.Natural })

/** Asks a replica what it holds of a key. */
export const Fetch = Schema.TaggedStruct("Fetch", { request: Schema.String, key: Schema.String })

/** Tells a coordinator what a replica holds. */
export const Fetched = Schema.TaggedStruct("Fetched", { request: Schema.String, version: Schema.NullOr(Version) })

/** Tells a replica of a version that it may lack: read repair after the answer, and anti-entropy. */
export const Sync = Schema.TaggedStruct("Sync", { key: Schema.String, version: Version })

/** Hands a hint over to its home. */
export const HandOver = Schema.TaggedStruct("HandOver", { key: Schema.String, version: Version })

/** Tells a stand-in that the home has what it was handed. */
export const HandedOver = Schema.TaggedStruct("HandedOver", { key: Schema.String, version: Version })
