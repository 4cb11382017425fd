/**
 * Counts of the outcomes of each action at each node, for coverage. An outcome is counted when a node's configuration
 * is first expanded in an environment, so the visit loop has no cost.
 */
import type { OutcomeCount } from "../../coverage/Coverage.ts"
import type { Observation } from "../../model/index.ts"

/** The counted facts of one transition of a node. */
export interface StepOutcome {
  readonly action: number
  readonly node: number
  readonly sends: boolean
  /** True if the node's local state changes; its inbox is ignored. */
  readonly changes: boolean
  readonly observations: ReadonlyArray<Observation>
}

type Counting = { -readonly [part in keyof OutcomeCount]: OutcomeCount[part] }

const nothing = (): Counting => ({ taken: 0, unchanged: 0, sent: 0, answered: 0, refused: 0 })

/** Counts by action and node. */
export class OutcomeCounts {
  private readonly counts: ReadonlyArray<ReadonlyArray<Counting>>

  constructor(actions: number, nodes: number) {
    this.counts = Array.from({ length: actions }, () => Array.from({ length: nodes }, nothing))
  }

  /** Counts one transition, at the first expansion of its configuration and environment. */
  count({ action, changes, node, observations, sends }: StepOutcome): void {
    const found = this.counts[action]![node]!
    found.taken++
    if (!changes) found.unchanged++
    if (sends) found.sent++
    if (observations.some(({ kind }) => kind === "acknowledged" || kind === "read")) found.answered++
    if (observations.some(({ kind }) => kind === "rejected")) found.refused++
  }

  /** The counts of an action, in the order of the nodes. */
  get(action: number): ReadonlyArray<OutcomeCount> {
    return this.counts[action]!.map((each) => ({ ...each }))
  }
}
