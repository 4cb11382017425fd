/**
 * Enabledness of actions, for properties: ENABLED of TLA+. It depends on the reads of the action and, if steps that
 * change no value do not count, on the variables that the action sets. A property that uses it is memoised on those.
 */
import type { EnabledSteps } from "../../property/index.ts"

/** The ways to take an action in a state, as the program records them. */
export interface Ways {
  /** Names of the actions, and of each instance its action and label. */
  readonly actions: ReadonlyArray<string>
  readonly instances: ReadonlyArray<{ readonly action: string; readonly label: string }>
  /** Passes the slots and values that each way sets to `is`, until it returns true; true if it did. */
  readonly some: (
    instance: number,
    read: (slot: number) => number,
    is: (edits: Int32Array, first: number, end: number) => boolean
  ) => boolean
}

/** True if an action, or one instance of it such as `prepare(2)`, is enabled. Throws `RangeError` for another name. */
export const isEnabled = (
  { actions, instances, some }: Ways,
  read: (slot: number) => number,
  name: string,
  steps: EnabledSteps
): boolean => {
  const matching = instances.flatMap(({ action, label }, index) => (action === name || label === name ? [index] : []))
  if (matching.length === 0 && !actions.includes(name)) {
    throw new RangeError(`no action is named "${name}": there are ${actions.map((each) => `"${each}"`).join(", ")}`)
  }
  return matching.some((instance) =>
    some(instance, read, (edits, first, end) => {
      if (steps === "any") return true
      for (let at = first; at < end; at += 2) if (read(edits[at]!) !== edits[at + 1]!) return true
      return false
    })
  )
}
