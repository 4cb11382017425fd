/**
 * Mutants of a whole-state model: an action that never happens, or that leaves a variable unchanged. Guards are part of
 * an action's code, which cannot be inspected, and are not mutated.
 */
import { Effect } from "effect"
import type { ActionEffect, WholeState } from "../model/index.ts"
import type { Mutant } from "./Mutant.ts"
import { withWrites } from "./rewiring.ts"
import { variableOf } from "./Sites.ts"

/** The mutants, in the order of actions and variables. */
export const wholeStateMutants = (
  model: WholeState<unknown>,
  written: ReadonlyMap<string, ReadonlySet<string>>
): ReadonlyArray<Mutant> =>
  [...written].flatMap(([action, variables]): ReadonlyArray<Mutant> => [
    {
      name: `${action} never happens`,
      operator: "skip action",
      system: { ...model, instances: model.instances.filter((instance) => instance.action !== action) }
    },
    ...[...variables].map((variable): Mutant => ({
      name: `${action} does not set ${variable}`,
      operator: "drop write",
      system: withoutWrite(model, action, variable)
    }))
  ])

const withoutWrite = (model: WholeState<unknown>, action: string, variable: string): WholeState<unknown> => {
  const run = (effect: ActionEffect) =>
    withWrites(effect, (slot, writing) => (variableOf(model, slot) === variable ? Effect.void : writing))
  return {
    ...model,
    instances: model.instances.map((each) => (each.action === action ? { ...each, run: run(each.run) } : each))
  }
}
