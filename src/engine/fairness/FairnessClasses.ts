/**
 * Fairness classes: each step of a system of nodes belongs to a class, an action at a node with its input and the
 * input's sender. Coarser classes starve messages: with one class per action and node, a run would count as fair in
 * which a node is forever busy with one neighbour's messages while another's lies in flight.
 */
import { canonicalKey } from "../interning/Canonical.ts"
import type { NodeTransitions } from "../nodes/NodeTransitions.ts"
import { PairTable } from "../interning/PairTable.ts"
import type { FairnessClass } from "../Program.ts"

/** The classes found so far, and those of the steps of each node in each of its configurations. */
export class FairnessClasses {
  /** The classes by number. */
  readonly list: Array<FairnessClass> = []
  private readonly numbers = new Map<string, number>()
  private readonly transitions: NodeTransitions
  private readonly entries: ReadonlyArray<PairTable>
  private readonly computed: ReadonlyArray<Array<ReadonlyArray<number>>>

  constructor(transitions: NodeTransitions) {
    this.transitions = transitions
    const { machines } = transitions.semantics.system
    this.entries = machines.map(() => new PairTable())
    this.computed = machines.map(() => [])
  }

  /** The classes of a node's transitions, in their order. */
  ofNode(node: number, configuration: number, environment: number): ReadonlyArray<number> {
    const computed = this.computed[node]!
    const entry = this.entries[node]!.put(configuration, environment)
    const found = computed[entry]
    if (found !== undefined) return found
    const fairnessClasses: Array<number> = []
    this.transitions.forEach(node, configuration, environment, ({ action, from, input }) => {
      fairnessClasses.push(this.number(action, canonicalKey([node, from, input])))
    })
    computed[entry] = fairnessClasses
    return fairnessClasses
  }

  /**
   * The classes of steps that only the horizon of a clock prevents; the nodes' configurations come first in a state.
   */
  outOfTime(state: Int32Array, environment: number): ReadonlyArray<number> {
    const found: Array<number> = []
    this.computed.forEach((_, node) => {
      this.transitions.forEachOutOfTime(node, state[node]!, environment, ({ action, from, input }) => {
        found.push(this.number(action, canonicalKey([node, from, input])))
      })
    })
    return found
  }

  /** The class of an action; the key distinguishes it from other classes of the action. */
  number(action: number, key: string): number {
    const name = `${action} ${key}`
    const existing = this.numbers.get(name)
    if (existing !== undefined) return existing
    this.numbers.set(name, this.list.length)
    this.list.push({ action })
    return this.list.length - 1
  }
}
