/**
 * Which files are mutated, the most important first, and which test files judge their mutants.
 *
 * A file has only judges that bear on it and are quick, since every surviving mutant costs a whole run of them.
 */

const interner = "src/engine/Interner.test.ts"
const trie = "src/engine/DecisionTrie.test.ts"
const digest = "src/explorer/Digest.test.ts"
const knowledge = "src/engine/Knowledge.test.ts"
const readings = "src/engine/readings.test.ts"

/** All judges, the quickest first. */
export const judges: ReadonlyArray<string> = [interner, knowledge, readings, trie, digest]

/** Mutated files, each with its judges. */
export const judgesOf: Readonly<Record<string, ReadonlyArray<string>>> = {
  "src/engine/Interner.ts": [interner],
  "src/engine/DecisionTrie.ts": [trie],
  "src/explorer/Digest.ts": [digest],
  "src/engine/Knowledge.ts": [knowledge],
  "src/engine/ClockZone.ts": [readings]
}

/**
 * Files whose mutants leave something behind in a worker: the keys that copies are remembered by are kept for the whole
 * process. Each of their mutants has a worker of its own.
 */
export const alone: ReadonlySet<string> = new Set(["src/engine/Canonical.ts", "src/engine/Interner.ts"])

/** The variable of the environment that names the judges at work, with commas between them. */
export const JUDGES = "PLAIT_MUTATION_JUDGES"

/** The variable of the environment that is "true" while mutants share a worker. */
export const SHARED = "PLAIT_MUTATION_SHARED"
