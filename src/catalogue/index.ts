/**
 * plait's own matrix: every model in models/ with the claims made of it.
 */
import type { Entry } from "../suite/Suite.ts"
import { clocks } from "./clocks.ts"
import { lastWriteWins } from "./last-write-wins.ts"
import { leaderless } from "./leaderless.ts"
import { homeLeaders } from "./home-leaders.ts"
import { lists } from "./lists.ts"
import { dataTypes } from "./crdt.ts"
import { liveness } from "./liveness.ts"
import { cartMerges } from "./merges.ts"
import { multiLeader } from "./multi-leader.ts"
import { reference } from "./reference.ts"
import { singleLeader } from "./single-leader.ts"
import { siblings } from "./siblings.ts"
import { stores } from "./stores.ts"
import { tlaExamples } from "./tla-examples.ts"
import { topologies } from "./topologies.ts"

/** All entries, in the order in which they are listed. */
export const catalogue: ReadonlyArray<Entry> = [
  ...reference,
  ...tlaExamples,
  ...clocks,
  ...multiLeader,
  ...topologies,
  ...lastWriteWins,
  ...liveness,
  ...siblings,
  ...cartMerges,
  ...lists,
  ...stores,
  ...leaderless,
  ...singleLeader,
  ...homeLeaders,
  ...dataTypes
]
