/**
 * What guards said: for each action with one, how often it was enabled and disabled. Two integers for
 * each action, added to where something is asked for the first time, so that the visit loop pays nothing.
 */
import type { GuardCount } from "../../coverage/Coverage.ts"

/** Counts by the action's name. */
export class GuardCounts {
  private readonly counts: ReadonlyMap<string, { enabled: number; disabled: number }>

  /** Starts every action that has a guard at nothing. */
  constructor(actions: Iterable<string>) {
    this.counts = new Map([...actions].map((action) => [action, { enabled: 0, disabled: 0 }]))
  }

  /** Counts one answer. */
  count(action: string, enabled: boolean): void {
    const found = this.counts.get(action)
    if (found !== undefined) found[enabled ? "enabled" : "disabled"]++
  }

  /** The counts of an action, if it has a guard. */
  get(action: string): GuardCount | undefined {
    return this.counts.get(action)
  }
}
