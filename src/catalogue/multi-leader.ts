/**
 * Multi-leader replication: races, resolutions of conflicts, topologies under crashes.
 */
import type { Entry } from "../suite/Suite.ts"

/** The entries. */
export const multiLeader: ReadonlyArray<Entry> = []
