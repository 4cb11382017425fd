/** What `plait check` and `plait verify` explore in this repository: every model of models/, by family. */
import { defineConfig } from "plait"
import { clocks } from "./models/clocks/suite.ts"
import { dataTypes } from "./models/crdt/suite.ts"
import { lists } from "./models/lists/suite.ts"
import { liveness } from "./models/liveness/suite.ts"
import { cartMerges } from "./models/merges/suite.ts"
import { lastWriteWins } from "./models/multi-leader/suite-last-write-wins.ts"
import { topologies } from "./models/multi-leader/suite-topologies.ts"
import { multiLeader } from "./models/multi-leader/suite.ts"
import { tlaExamples } from "./models/reference/suite-tla-examples.ts"
import { reference } from "./models/reference/suite.ts"
import { siblings } from "./models/siblings/suite.ts"
import { homeLeaders } from "./models/stores/suite-home-leaders.ts"
import { leaderless } from "./models/stores/suite-leaderless.ts"
import { singleLeader } from "./models/stores/suite-single-leader.ts"
import { stores } from "./models/stores/suite.ts"
import { guarantees } from "./models/stores/guarantees.ts"

export default defineConfig({
  entries: [
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
  ],
  guarantees
})
