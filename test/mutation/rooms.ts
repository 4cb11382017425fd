/**
 * Which files are mutated, the most important first, and which test files judge their mutants.
 *
 * A file has only judges that bear on it and are quick, since every surviving mutant costs a whole run of them. Mutants
 * share a worker, so a judge of Canonical.ts or Interner.ts must not keep values from one run to the next: the keys that
 * copies are remembered by are kept as long as the copies.
 */

const pairs = "src/engine/PairTable.test.ts"
const store = "src/engine/StateStore.test.ts"
const interner = "src/engine/Interner.test.ts"
const canonical = "src/engine/Canonical.test.ts"
const hashes = "src/engine/ContentHash.test.ts"
const trie = "src/engine/DecisionTrie.test.ts"
const digest = "src/explorer/Digest.test.ts"
const knowledge = "src/engine/Knowledge.test.ts"
const readings = "src/engine/readings.test.ts"
const connected = "src/explorer/StronglyConnected.test.ts"
const fair = "src/explorer/FairComponents.test.ts"

/** All judges, the quickest first. */
export const judges: ReadonlyArray<string> = [
  interner,
  hashes,
  knowledge,
  readings,
  digest,
  canonical,
  trie,
  pairs,
  connected,
  fair,
  store
]

/** Mutated files, each with its judges. */
export const judgesOf: Readonly<Record<string, ReadonlyArray<string>>> = {
  "src/engine/PairTable.ts": [pairs],
  "src/engine/StateStore.ts": [store],
  "src/explorer/StronglyConnected.ts": [connected],
  "src/engine/Canonical.ts": [canonical],
  "src/explorer/FairComponents.ts": [fair],
  "src/engine/ContentHash.ts": [hashes],
  "src/engine/Interner.ts": [interner],
  "src/engine/DecisionTrie.ts": [trie],
  "src/engine/Knowledge.ts": [knowledge],
  "src/engine/ClockZone.ts": [readings],
  "src/explorer/Digest.ts": [digest]
}

/** The variable of the environment that names the judges at work, with commas between them. */
export const JUDGES = "PLAIT_MUTATION_JUDGES"

/** The variable of the environment that is "true" while mutants share a worker. */
export const SHARED = "PLAIT_MUTATION_SHARED"
