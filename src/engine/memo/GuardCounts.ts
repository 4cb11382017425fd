/**
 * Counts of guard results: for each action with a guard, the number of times it was enabled and disabled. Two integers
 * per action, increased only on the first evaluation in equal circumstances, so the visit loop has no cost.
 */
import type { GuardCount } from "../../coverage/Coverage.ts"

/** Counts by the action's name. */
export class GuardCounts {
  private readonly counts: ReadonlyMap<string, { enabled: number; disabled: number }>

  /** Starts the counts of every action that has a guard at zero. */
  constructor(actions: Iterable<string>) {
    this.counts = new Map([...actions].map((action) => [action, { enabled: 0, disabled: 0 }]))
  }

  /** Counts one result. */
  count(action: string, enabled: boolean): void {
    const found = this.counts.get(action)
    if (found !== undefined) found[enabled ? "enabled" : "disabled"]++
  }

  /** The counts of an action; `undefined` if it has no guard. */
  get(action: string): GuardCount | undefined {
    return this.counts.get(action)
  }
}
