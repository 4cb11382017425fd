/**
 * State counts that others have published or computed, as data: what `npm run trust` explores again and compares.
 *
 * A depth counts the steps from an initial state; TLC and Stateright print one more. Generated states are left out where
 * the source splits its actions otherwise: EWD 840 and the alternating bit have theirs compared, with the difference
 * counted, in models/reference/specifications.test.ts.
 */

/** A row: a case, and what is known of it. */
export interface PublishedCount {
  /** The case, by its identifier, with default parameters left out; or the name of a system that is in no catalogue. */
  readonly caseId: string
  readonly distinct: number
  readonly generated?: number
  readonly depth?: number
  /** Who published or computed it. */
  readonly source: string
  /** Whether the history of the clients, which the properties observe, is part of a state; by default it is not. */
  readonly history?: true
  /** What the figures are of, where it is not the plain states with the initial ones among the generated. */
  readonly counting?: "classes up to renaming" | "initial states not generated"
  /** Steps within which states are counted, of a system that nothing else bounds. */
  readonly within?: number
  /** Over a few seconds; left out of the quick part. */
  readonly slow?: true
}

const twoPhaseCommit: ReadonlyArray<PublishedCount> = [
  { caseId: "two-phase-commit/n=3", distinct: 288, generated: 1146, depth: 10, source: "TLA+ Examples, Stateright" },
  { caseId: "two-phase-commit/n=5", distinct: 8832, generated: 58_146, depth: 16, source: "Stateright" },
  {
    caseId: "two-phase-commit/n=6",
    distinct: 50_816,
    generated: 402_306,
    depth: 19,
    source: "TwoPhase.tla, last comment",
    slow: true
  },
  {
    caseId: "two-phase-commit/n=7",
    distinct: 296_448,
    generated: 2_744_706,
    depth: 22,
    source: "TLC, Stateright",
    slow: true
  },
  {
    caseId: "two-phase-commit/n=8",
    distinct: 1_745_408,
    generated: 18_507_778,
    depth: 25,
    source: "TLC, Stateright, Spin",
    slow: true
  },
  {
    caseId: "two-phase-commit/n=9",
    distinct: 10_340_352,
    generated: 123_558_402,
    depth: 28,
    source: "Stateright, Spin",
    slow: true
  },
  { caseId: "two-phase-commit-forgetful/n=3", distinct: 308, generated: 1217, source: "TLC, Stateright, Spin" },
  ...[
    { n: 3, distinct: 80 },
    { n: 5, distinct: 314 },
    { n: 6, distinct: 553 },
    { n: 7, distinct: 920 }
  ].map(({ distinct, n }) => ({
    caseId: `two-phase-commit/n=${n}`,
    distinct,
    source: "TLC, SYMMETRY",
    counting: "classes up to renaming" as const
  }))
]

const registers: ReadonlyArray<PublishedCount> = [
  { clients: 2, distinct: 93, generated: 121, depth: 8 },
  { clients: 3, distinct: 4243, generated: 6778, depth: 12 },
  { clients: 4, distinct: 400_233, generated: 731_789, depth: 16, slow: true as const }
].map(({ clients, ...figures }) => ({
  caseId: `single-copy-register/clients=${clients},servers=1`,
  ...figures,
  source: "Stateright",
  history: true
}))

const tlaExamples: ReadonlyArray<PublishedCount> = [
  { caseId: "transaction-commit/n=3", distinct: 34, generated: 94, depth: 6, source: "TLA+ Examples" },
  { caseId: "alternating-bit/room=2,values=2", distinct: 240, depth: 9, source: "TLA+ Examples" },
  { caseId: "ewd840/n=3", distinct: 302, source: "TLA+ Examples" },
  { caseId: "gossip-counter/nodes=3,bound=3", distinct: 25_000, depth: 15, source: "MCCRDT.cfg", slow: true }
]

const closedForms: ReadonlyArray<PublishedCount> = [
  { replicas: 3, operations: 5 },
  { replicas: 4, operations: 4 }
].map(({ operations, replicas }) => ({
  caseId: `grow-only-set/replicas=${replicas},operations=${operations}`,
  distinct: (1 + 2 ** (replicas - 1)) ** operations,
  depth: replicas * operations,
  source: "(1 + 2^(R−1))^n, R·n"
}))

const jupiter: ReadonlyArray<PublishedCount> = [
  { clients: 1, characters: 1, distinct: 6, generated: 7, depth: 4 },
  { clients: 1, characters: 2, distinct: 57, generated: 86, depth: 8 },
  { clients: 1, characters: 3, distinct: 1014, generated: 1696, depth: 12 },
  { clients: 2, characters: 1, distinct: 51, generated: 71, depth: 9 },
  { clients: 3, characters: 1, distinct: 1108, generated: 2488, depth: 16 },
  { clients: 4, characters: 1, distinct: 45_957, generated: 153_205, depth: 25, slow: true as const }
].map(({ characters, clients, ...figures }) => ({
  caseId: `jupiter/clients=${clients},characters=${characters},initial=0,edits=0,history=none`,
  ...figures,
  source: "TLC, AJupiter.tla"
}))

const dottedGenerated: { readonly [servers: number]: Pick<PublishedCount, "generated" | "depth"> } = {
  1: { generated: 225, depth: 7 },
  2: { generated: 27_427, depth: 9 }
}

const siblings: ReadonlyArray<PublishedCount> = [
  { servers: 1, clients: 2, counts: { merged: 91, perctx: 87, permax: 91, dvv: 91 } },
  { servers: 2, clients: 1, counts: { merged: 751, perctx: 611, permax: 679, dvv: 679 } },
  { servers: 2, clients: 2, counts: { merged: 4961, perctx: 3875, permax: 4393, dvv: 4393 } }
].flatMap(({ clients, counts, servers }) =>
  Object.entries(counts).map(([mechanism, distinct]) => ({
    caseId: `dvv/servers=${servers},clients=${clients},puts=3,mechanism=${mechanism}`,
    distinct,
    source: "TLC, Dvv.tla",
    ...(mechanism === "dvv" && clients === 2 ? dottedGenerated[servers] : {})
  }))
)

const multiLeader: ReadonlyArray<PublishedCount> = [
  { caseId: "race/leaders=3,delivery=any-order", distinct: 13, source: "TLC, Race.tla" },
  { caseId: "race/leaders=4,delivery=any-order", distinct: 41, source: "TLC, Race.tla" },
  { caseId: "race/leaders=3,delivery=causal", distinct: 11, source: "TLC, Race.tla" },
  { caseId: "race/leaders=4,delivery=causal", distinct: 27, source: "TLC, Race.tla" },
  { caseId: "ring/nodes=3,policy=none,crash=0", distinct: 6, source: "TLC, Ring.tla" },
  { caseId: "ring/nodes=4,policy=none,crash=0", distinct: 8, source: "TLC, Ring.tla" },
  ...["dedupe", "origin", "visited"].flatMap((policy) => [
    { caseId: `ring/nodes=3,policy=${policy},crash=0`, distinct: 5, source: "TLC, Ring.tla" },
    { caseId: `ring/nodes=4,policy=${policy},crash=0`, distinct: 6, source: "TLC, Ring.tla" }
  ])
]

/** Every published count that plait reproduces. */
export const publishedCounts: ReadonlyArray<PublishedCount> = [
  ...twoPhaseCommit,
  ...registers,
  {
    caseId: "abd-register/clients=2,servers=2",
    distinct: 544,
    source: "Stateright, linearizable-register",
    history: true
  },
  {
    caseId: "paxos/clients=2,servers=3",
    distinct: 16_668,
    generated: 32_971,
    depth: 20,
    source: "Stateright",
    history: true,
    slow: true
  },
  {
    caseId: "stateright-lww-register/replicas=2",
    distinct: 1_109_291,
    generated: 3_049_418,
    depth: 7,
    source: "Stateright, lww-register",
    within: 7,
    slow: true
  },
  ...tlaExamples,
  ...closedForms,
  {
    caseId: "grow-only-set/replicas=4,operations=7",
    distinct: 4_782_969,
    generated: 48_361_131,
    depth: 28,
    source: "two explorers, one is Spin",
    counting: "initial states not generated",
    slow: true
  },
  {
    caseId: "lamport-register/replicas=3,writes=2",
    distinct: 274_651,
    generated: 1_434_810,
    depth: 18,
    source: "two explorers, one is Spin",
    counting: "initial states not generated",
    slow: true
  },
  ...jupiter,
  ...siblings,
  ...multiLeader
]
