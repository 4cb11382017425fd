/**
 * Economy of the engine, measured without a clock: the number of handler runs and the bytes a state takes.
 */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { growOnlySetModel } from "../../models/crdt/grow-only-set.ts"
import { lamportRegisterModel } from "../../models/crdt/lamport-register.ts"
import { twoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import type { System } from "../model/index.ts"
import { explore } from "./Explorer.ts"

// Handler runs are a fact of the model: one for each distinct call. Grow-only set: Add and Added each meet every one of
// n elements with every subset of the others, 2 · n · 2^(n-1). Two-phase commit: as the experiment in which actions were
// plain functions counted. Register: as counted; more would mean that calls which used to share a run no longer do.
const systems: ReadonlyArray<readonly [name: string, system: System<never>, handlerRuns: number]> = [
  ["two-phase commit n=7", twoPhaseCommitModel.system({ n: 7 }) as System<never>, 15_471],
  ["Lamport register R=3 W=2", lamportRegisterModel.system({ replicas: 3, writes: 2 }) as System<never>, 345],
  ["grow-only set R=4 n=5", growOnlySetModel.system({ replicas: 4, operations: 5 }) as System<never>, 160]
]

test.each(systems)(
  "%s: handlers run for less than a hundredth of the generated states, and a state takes at most 24 bytes",
  async (_, system, handlerRuns) => {
    const found = await Effect.runPromise(explore(system, []))
    expect(found.complete).toBe(true)
    expect(found.handlerRuns).toBe(handlerRuns)
    expect(found.handlerRuns / found.generated).toBeLessThan(0.01)
    expect(found.bytesPerState).toBeLessThanOrEqual(24)
  }
)
