/**
 * Which files are mutated, and which test files judge the mutants of each.
 *
 * The rooms are those whose code decides a verdict. A file is judged by the test of its own name beside it, or by the
 * tests named here. Judges bear on their file and are quick, since every surviving mutant costs a whole run of them.
 * Mutants share a worker, so a judge of Canonical.ts or Interner.ts must not keep values from one run to the next: the
 * keys that copies are remembered by are kept as long as the copies.
 */
import { existsSync, globSync } from "node:fs"
import { join } from "node:path"

const root = join(import.meta.dirname, "..", "..")

/** The rooms that are mutated. */
export const rooms: ReadonlyArray<string> = ["src/engine", "src/explorer", "properties"]

/** What judges the files that together decide what can happen in a system of nodes. */
const ofNodes = ["nodes", "node-faults", "node-clocks", "nodes-agreement"].map((name) => `src/engine/${name}.test.ts`)

/** Judges of files that have others than the test of their own name; the quickest first. */
const others: Readonly<Record<string, ReadonlyArray<string>>> = {
  "src/explorer/evidence.ts": ["src/explorer/evidence.test.ts", "src/explorer/blame.test.ts"],
  "src/explorer/Lasso.ts": ["src/explorer/Lasso.test.ts", "src/explorer/loops.test.ts"],
  "src/explorer/Search.ts": [
    "src/explorer/Search.test.ts",
    "src/explorer/whole-state-bounds.test.ts",
    "src/explorer/refinements.test.ts",
    "src/explorer/deadlock.test.ts",
    "src/explorer/search-limits.test.ts"
  ],
  "src/explorer/Explorer.ts": [
    "src/explorer/Explorer.test.ts",
    "src/explorer/whole-state-bounds.test.ts",
    "src/explorer/deadlock.test.ts",
    "src/explorer/blame.test.ts"
  ],
  "src/engine/Canonical.ts": ["src/engine/Canonical.test.ts", "src/engine/plain-data.test.ts"],
  "src/engine/ModelCode.ts": ["src/engine/Ambient.test.ts", "src/engine/ModelCode.test.ts"],
  "src/engine/Endings.ts": ["src/explorer/deadlock.test.ts", "src/explorer/blame.test.ts"],
  "src/engine/Waiting.ts": ["src/explorer/deadlock.test.ts"],
  "src/explorer/RandomWalks.ts": [
    "src/explorer/RandomWalks.test.ts",
    "src/explorer/whole-state-bounds.test.ts",
    "src/explorer/whole-state-claims.test.ts",
    "src/explorer/blame.test.ts",
    "src/explorer/walk-batches.test.ts"
  ],
  "src/explorer/MemoryWatch.ts": ["src/explorer/search-limits.test.ts"],
  "src/engine/NodeSemantics.ts": ofNodes,
  "src/engine/NodeTransitions.ts": ofNodes,
  "src/engine/StepLabels.ts": ["src/engine/NodeCrashes.test.ts", "src/engine/NodesProgram.test.ts", ...ofNodes],
  "src/engine/NodesProgram.ts": [
    "src/engine/NodesProgram.test.ts",
    "src/engine/node-coverage.test.ts",
    "src/engine/NodeCrashes.test.ts",
    ...ofNodes
  ],
  "src/engine/ClockZone.ts": ["src/engine/readings.test.ts"],
  "src/engine/ActionRuns.ts": ["src/engine/WholeStateProgram.test.ts", "src/engine/whole-state-refusals.test.ts"],
  "src/engine/Constraint.ts": ["src/explorer/whole-state-bounds.test.ts", "src/explorer/blame.test.ts"],
  "src/engine/Enabled.ts": ["src/explorer/whole-state-claims.test.ts"],
  "src/engine/InitialStates.ts": [
    "src/engine/InitialStates.test.ts",
    "src/explorer/whole-state-bounds.test.ts",
    "src/explorer/refinements.test.ts"
  ],
  "src/engine/Refinement.ts": ["src/explorer/whole-state-claims.test.ts", "src/explorer/refinements.test.ts"],
  "src/engine/WholeStateProgram.ts": [
    "src/engine/WholeStateProgram.test.ts",
    "src/engine/whole-state-refusals.test.ts",
    "src/engine/whole-state-values.test.ts",
    "src/engine/ActionCosts.test.ts"
  ]
}

/** The test files that judge the mutants of a file, the quickest first; none if it is not mutated. */
export const judgesOf = (file: string): ReadonlyArray<string> => {
  const own = file.replace(/\.ts$/, ".test.ts")
  return others[file] ?? (existsSync(join(root, own)) ? [own] : [])
}

/** Every file of the rooms but tests. */
export const filesOfRooms = (): ReadonlyArray<string> =>
  rooms
    .flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: root }))
    .filter((file) => !file.endsWith(".test.ts"))
    .sort()

/** The files that are mutated: those that have judges. */
export const mutatedFiles = (): ReadonlyArray<string> => filesOfRooms().filter((file) => judgesOf(file).length > 0)

/** The variable of the environment that names the judges at work, with commas between them. */
export const JUDGES = "PLAIT_MUTATION_JUDGES"
