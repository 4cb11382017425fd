/**
 * One case walked at random, in the form of an explored one, so that a report can show both, together with the extent
 * of the walks, since none of its figures covers all states.
 */
import { Effect } from "effect"
import { simulate } from "../search/random/RandomWalks.ts"
import { judgedOf } from "../property/no-deadlock.ts"
import type { WalkOptions } from "../search/random/Simulation.ts"
import { type CheckedCase, reportOf, tracesOf, unexplainedOf } from "./CheckCase.ts"
import type { Case } from "./Suite.ts"

/** The extent of a case's walks. */
export interface Walks {
  /** Number of walks over all properties. */
  readonly count: number
  readonly seed: number
}

/** A case's result with the extent of its walks. */
export interface WalkedCase extends CheckedCase {
  readonly walks: Walks
}

/** Walks through a case; a property that no walk decided is inconclusive, never true. Fails with `ModelRefused`. */
export const walkCase = Effect.fnUntraced(function* (suiteCase: Case, options: WalkOptions) {
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  const { actions, distinct, seed, steps, walks, ...found } = yield* simulate(
    system,
    judgedOf(system, properties),
    options
  )
  const result: CheckedCase["result"] = {
    id: suiteCase.id,
    model: suiteCase.entry.name,
    parameters: suiteCase.values,
    mode: "random",
    complete: false,
    stopReason: found.interrupted ? "interrupted" : null,
    distinct,
    generated: steps,
    transitions: steps,
    depth: 0,
    quiescent: 0,
    deadlocked: 0,
    handlerRuns: 0,
    costs: null,
    growing: [],
    elapsedMillis: 0,
    bytesPerState: 0,
    digest: "",
    actions: actions.map((action) => ({ ...action, fresh: 0, unchanged: 0, outcomes: null, guard: null })),
    properties: found.properties.map((property) => reportOf(suiteCase, property))
  }
  const unexplained = unexplainedOf(found)
  return { result, traces: tracesOf(found), unexplained, walks: { count: walks, seed } } satisfies WalkedCase
})
