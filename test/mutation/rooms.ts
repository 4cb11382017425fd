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
export const rooms: ReadonlyArray<string> = ["src/engine", "src/search", "properties"]

/** What judges the files that together decide what can happen in a system of nodes. */
const ofNodes = [
  "src/engine/nodes/nodes.test.ts",
  "src/engine/nodes/node-faults.test.ts",
  "src/engine/tracking/node-clocks.test.ts",
  "src/engine/nodes/nodes-agreement.test.ts"
]

/** Judges of files that have others than the test of their own name; the quickest first. */
const others: Readonly<Record<string, ReadonlyArray<string>>> = {
  "src/search/evidence.ts": ["src/search/evidence.test.ts", "src/search/blame.test.ts"],
  "src/search/liveness/Lasso.ts": ["src/search/liveness/Lasso.test.ts", "src/search/liveness/loops.test.ts"],
  "src/search/Search.ts": [
    "src/search/Search.test.ts",
    "src/search/whole-state-bounds.test.ts",
    "src/search/refinements.test.ts",
    "src/search/deadlock.test.ts",
    "src/search/search-limits.test.ts"
  ],
  "src/search/Explorer.ts": [
    "src/search/Explorer.test.ts",
    "src/search/whole-state-bounds.test.ts",
    "src/search/deadlock.test.ts",
    "src/search/blame.test.ts",
    "src/search/company.test.ts",
    "src/search/refinements.test.ts"
  ],
  "src/engine/interning/Canonical.ts": [
    "src/engine/interning/Canonical.test.ts",
    "src/engine/interning/plain-data.test.ts"
  ],
  "src/engine/execution/ModelCode.ts": [
    "src/engine/execution/Ambient.test.ts",
    "src/engine/execution/ModelCode.test.ts"
  ],
  "src/engine/predicates/Endings.ts": ["src/search/deadlock.test.ts", "src/search/blame.test.ts"],
  "src/engine/description/Waiting.ts": ["src/search/deadlock.test.ts", "src/search/company.test.ts"],
  "src/search/random/RandomWalks.ts": [
    "src/search/random/RandomWalks.test.ts",
    "src/search/whole-state-bounds.test.ts",
    "src/search/whole-state-properties.test.ts",
    "src/search/blame.test.ts",
    "src/search/random/walk-batches.test.ts"
  ],
  "src/search/random/Shortening.ts": ["src/search/random/Shortening.test.ts", "src/search/whole-state-bounds.test.ts"],
  "src/engine/fairness/FairnessClasses.ts": [
    "src/engine/fairness/FairnessClasses.test.ts",
    "src/search/horizon.test.ts"
  ],
  "src/search/MemoryWatch.ts": ["src/search/search-limits.test.ts"],
  "src/engine/nodes/NodeSemantics.ts": ofNodes,
  "src/engine/nodes/NodeTransitions.ts": ofNodes,
  "src/engine/description/StepLabels.ts": [
    "src/engine/nodes/NodeCrashes.test.ts",
    "src/engine/nodes/NodesProgram.test.ts",
    ...ofNodes
  ],
  "src/engine/nodes/NodesProgram.ts": [
    "src/engine/nodes/NodesProgram.test.ts",
    "src/engine/nodes/node-coverage.test.ts",
    "src/engine/nodes/NodeCrashes.test.ts",
    ...ofNodes
  ],
  "src/search/liveness/Liveness.ts": [
    "src/search/liveness/Liveness.test.ts",
    "src/search/horizon.test.ts",
    "src/search/company.test.ts"
  ],
  "src/engine/Program.ts": ["src/engine/Program.test.ts", "src/engine/compile.test.ts"],
  "src/engine/compile.ts": ["src/engine/compile.test.ts", "src/search/company.test.ts"],
  "src/engine/nodes/NodeConfigurations.ts": [
    "src/engine/nodes/NodeConfigurations.test.ts",
    "src/search/crashes.test.ts"
  ],
  "src/engine/nodes/NodeStart.ts": ["src/engine/nodes/NodeStart.test.ts", "src/search/time-order.test.ts"],
  "src/engine/memo/HandlerMemo.ts": ["src/engine/memo/HandlerMemo.test.ts", "src/engine/memo/ways.test.ts"],
  "src/engine/predicates/Checkers.ts": [
    "src/engine/predicates/Checkers.test.ts",
    "src/search/refinements.test.ts",
    "src/search/whole-state-properties.test.ts",
    "src/search/deadlock.test.ts",
    "src/search/truth-values.test.ts"
  ],
  "src/engine/predicates/Predicates.ts": [
    "src/engine/predicates/Predicates.test.ts",
    "src/search/refinements.test.ts",
    "src/search/truth-values.test.ts"
  ],
  "src/engine/tracking/Observers.ts": ["src/engine/tracking/Observers.test.ts", "src/search/company.test.ts"],
  "src/engine/tracking/ClockZone.ts": ["src/engine/tracking/readings.test.ts"],
  "src/engine/variables/ActionRuns.ts": [
    "src/engine/variables/WholeStateProgram.test.ts",
    "src/engine/variables/whole-state-refusals.test.ts"
  ],
  "src/engine/variables/Constraint.ts": [
    "src/search/whole-state-bounds.test.ts",
    "src/search/whole-state-properties.test.ts",
    "src/search/blame.test.ts"
  ],
  "src/engine/predicates/Enabled.ts": ["src/search/whole-state-properties.test.ts"],
  "src/engine/variables/InitialStates.ts": [
    "src/engine/variables/InitialStates.test.ts",
    "src/search/whole-state-bounds.test.ts",
    "src/search/refinements.test.ts"
  ],
  "src/engine/predicates/Refinement.ts": [
    "src/search/whole-state-properties.test.ts",
    "src/search/refinements.test.ts"
  ],
  "src/engine/variables/WholeStateProgram.ts": [
    "src/engine/variables/WholeStateProgram.test.ts",
    "src/engine/variables/whole-state-refusals.test.ts",
    "src/engine/variables/whole-state-values.test.ts",
    "src/engine/variables/ActionCosts.test.ts"
  ]
}

/** The files that have other judges than the test of their own name, and those judges. */
export const namedHere: ReadonlyArray<string> = Object.entries(others).flatMap(([file, judges]) => [file, ...judges])

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
