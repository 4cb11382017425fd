/**
 * Runs of each action of a whole-state model, with the variables that it read. An action runs again for each
 * combination of their values, so the variable with the most values makes a model slow.
 */
import type { ActionCost, VariableRead } from "../../coverage/Coverage.ts"
import type { WholeState } from "../../model/index.ts"

/** Counts of runs and reads; counted when an action runs, off the hot path. */
export class ActionCosts {
  private readonly model: WholeState<unknown>
  private readonly counts: ReadonlyMap<string, { runs: number; readonly slots: Set<number> }>

  constructor(model: WholeState<unknown>) {
    this.model = model
    this.counts = new Map(model.actions.map((action) => [action, { runs: 0, slots: new Set() }]))
  }

  /** Counts a run of an action, for any parameter. */
  ran(action: string): void {
    this.counts.get(action)!.runs++
  }

  /** Records that an action read a slot. */
  read(action: string, slot: number): void {
    this.counts.get(action)!.slots.add(slot)
  }

  /**
   * Every declared action, the most often run first; `valuesOf` returns the number of distinct values of a slot. A
   * family stands for those of its members that the action read; its number of values is the largest of theirs.
   */
  all(valuesOf: (slot: number) => number): ReadonlyArray<ActionCost> {
    return [...this.counts]
      .map(([action, { runs, slots }]) => ({ action, runs, reads: this.readsOf([...slots], valuesOf) }))
      .sort((left, right) => right.runs - left.runs)
  }

  private readsOf(slots: ReadonlyArray<number>, valuesOf: (slot: number) => number): ReadonlyArray<VariableRead> {
    return this.model.variables
      .flatMap(({ first, name, size = 1 }): ReadonlyArray<VariableRead> => {
        const own = slots.filter((slot) => slot >= first && slot < first + size)
        return own.length === 0 ? [] : [{ variable: name, values: Math.max(...own.map(valuesOf)) }]
      })
      .sort((left, right) => right.values - left.values)
  }
}
