/** Messages between the nodes of a leaderless store. A request carries the name of the operation it serves. */
import { Schema } from "effect"
import { Version } from "./quorum-replica.ts"

/** Requests that a node holds a version for its home; for itself, or as a stand-in. */
export const Store = Schema.TaggedStruct("Store", {
  request: Schema.String,
  key: Schema.String,
  version: Version,
  home: Schema.Natural
})

/** Confirms to a coordinator that its version is held for this home. */
export const Stored = Schema.TaggedStruct("Stored", { request: Schema.String, home: Schema.Natural })

/** Requests a replica's version of a key. */
export const Fetch = Schema.TaggedStruct("Fetch", { request: Schema.String, key: Schema.String })

/** Brings a replica's version to a coordinator. */
export const Fetched = Schema.TaggedStruct("Fetched", { request: Schema.String, version: Schema.NullOr(Version) })

/** Brings a version to a replica that may lack it: read repair after the answer, and anti-entropy. */
export const Sync = Schema.TaggedStruct("Sync", { key: Schema.String, version: Version })

/** Brings a hint to its home. */
export const HandOver = Schema.TaggedStruct("HandOver", { key: Schema.String, version: Version })

/** Confirms to a stand-in that the home has its hint. */
export const HandedOver = Schema.TaggedStruct("HandedOver", { key: Schema.String, version: Version })
