/**
 * A system turned into integers, the input of the search. A state is a vector of slots, a slot holds the id of an
 * interned value, and the successors of a state are lists of slots to set.
 */
import type { ActionCost, GuardCount, OutcomeCount } from "../coverage/Coverage.ts"
import type { Envelope, Observation } from "../model/index.ts"
import type { EnabledSteps } from "../property/index.ts"
import type { HashLanes } from "./interning/ContentHash.ts"
import { grown } from "./interning/ContentHash.ts"

/** Description of an action, for reports and for the preference of traces with few faults. */
export interface ActionInfo {
  /** Name of a class of steps: `invoke Put`, `deliver Replicate`, `crash`, or a whole-state action's name. */
  readonly name: string
  /** True for a fault of the environment. */
  readonly fault: boolean
}

/** Kind of a step, for space-time diagrams. */
export type StepKind =
  | "invoke"
  | "deliver"
  | "timeout"
  | "lose"
  | "duplicate"
  | "crash"
  | "recover"
  | "cut"
  | "heal"
  | "action"

/** Description of one step of a trace, without its states. */
export interface StepDescription {
  readonly kind: StepKind
  /** Index into the program's actions. */
  readonly action: number
  /**
   * The label for readers, such as `n1 receives Replicate {"key":"x"} from n0`; distinct steps of a state may share it.
   */
  readonly label: string
  readonly node: number | undefined
  /** The message that arrived, was lost or was duplicated. */
  readonly received: Envelope | undefined
  /** The messages that left. */
  readonly sent: ReadonlyArray<Envelope>
  /** Messages that a crash prevented from leaving. */
  readonly unsent: ReadonlyArray<Envelope>
  /**
   * Messages that the step lost without the network's budget: those in flight to a node that crashes and whose
   * connections break, and those sent to a node that is down and loses them. Absent if there are none.
   */
  readonly lost?: ReadonlyArray<Envelope>
  readonly observations: ReadonlyArray<Observation>
}

/** Prefix of an observer's name in a snapshot. */
export const OBSERVED = "observed: "

/** A state as plain values by name, for traces: node names or variables. */
export type Snapshot = { readonly [part: string]: unknown }

/** A position that a property can read: the id in a slot, or a table's entry for that id. */
export interface Position {
  readonly slot: number
  readonly project: { readonly data: Int32Array } | undefined
}

/** A class of steps that fairness treats as one. */
export interface FairnessClass {
  /** Index into the program's actions. */
  readonly action: number
  /** The action with its parameter, such as `prepare(2)`; absent without one, and for nodes. */
  readonly label?: string
}

/** A system as the search sees it. */
export interface Program {
  /** The system's name. */
  readonly system: string
  /** True if each distinct call of the model's code is made twice and compared. */
  readonly runsTwice: boolean
  /** Length of state vectors; at least 2. */
  readonly slots: number
  readonly actions: ReadonlyArray<ActionInfo>
  readonly initial: ReadonlyArray<Int32Array>
  /** Per slot, the content hashes of its values. */
  readonly hashes: ReadonlyArray<HashLanes>
  /** Writes all successors of `state` to `out`, in an order that depends on the state only. */
  readonly expand: (state: Int32Array, out: Successors) => void
  /** True if a state (initial if `before` is undefined), or the step to it, is outside the model's constraints. */
  readonly excludes?: ((before: Int32Array | undefined, after: Int32Array) => boolean) | undefined
  /** The fairness classes found so far, by number. */
  readonly fairnessClasses: ReadonlyArray<FairnessClass>
  /** The fairness class of each successor of `state`, in the order of `expand`. */
  readonly fairnessClassesOf: (state: Int32Array) => ReadonlyArray<number>
  /** The fairness classes of steps that only the horizon of the clocks prevents in `state`; absent without clocks. */
  readonly fairnessClassesOutOfTime?: ((state: Int32Array) => ReadonlyArray<number>) | undefined
  /** True if only faults can still happen; `out` has the successors of the state. */
  readonly isQuiescent: (state: Int32Array, out: Successors) => boolean
  /**
   * True if no run goes on from a state that is not quiescent; the search excludes the declared ends of a system of
   * nodes.
   */
  readonly isDeadlocked: (state: Int32Array, out: Successors) => boolean
  /** The waiting inputs in a state that no step leads out of, a sentence each. */
  readonly waits: (state: Int32Array) => ReadonlyArray<string>
  /** Describes the step to the successor at this index of `expand`'s order. */
  readonly describeStep: (state: Int32Array, ordinal: number) => StepDescription
  /**
   * The code of the model behind a step, in words: the handler or action that took it, and the guard that allowed it.
   */
  readonly codeBehind: (step: StepDescription) => { readonly code: string; readonly guard: string | undefined }
  /** Runs some calls of the model's code again. Throws `ModelRefused` if one differs. */
  readonly recheck: () => void
  readonly snapshot: (state: Int32Array) => Snapshot
  /**
   * The positions that properties can read. `view` turns reads of positions into the view of a property, deeply frozen:
   * a predicate gets one view in all its calls, and must find no trace of an earlier one.
   */
  readonly positions: ReadonlyArray<Position>
  readonly view: (read: (position: number) => number) => unknown
  /** True if an action or an instance of it can be taken in the state whose ids `read` returns. Throws `RangeError`. */
  readonly enabled?: (read: (position: number) => number, name: string, steps: EnabledSteps) => boolean
  /** The state with the given variables, as properties see them. Throws `Refusal`. */
  readonly vectorOf?: (state: unknown) => Int32Array
  /** Slot of each observer, by observer. */
  readonly observerSlots: ReadonlyMap<unknown, number>
  /** The value of an observer by its id. */
  readonly remembered: (slot: number, id: number) => unknown
  /** The observations of a step, by the id that `expand` writes. */
  readonly observations: (id: number) => ReadonlyArray<Observation>
  /** Counts of guard results by action so far; `undefined` for an action without a guard. */
  readonly guards: () => ReadonlyArray<GuardCount | undefined>
  /** Counts of outcomes of an action at each node so far; null for an action that belongs to no node. */
  readonly outcomes: (action: number) => ReadonlyArray<OutcomeCount> | null
  /** Number of handler and action runs so far. */
  readonly handlerRuns: () => number
  /** Runs of each action of a whole-state model so far, with its reads; null for nodes. */
  readonly costs: () => ReadonlyArray<ActionCost> | null
}

/**
 * The successors of one state as flat integers. An entry is: action, id of the observations, node (-1 for none), number
 * of edits, then a slot and its value per edit. No slot is edited twice in an entry.
 */
export class Successors {
  data: Int32Array = new Int32Array(1024)
  /** Number of integers in use. */
  length = 0
  /** Number of entries. */
  count = 0
  private entry = 0

  /** Removes all entries. */
  clear(): void {
    this.length = 0
    this.count = 0
  }

  /** Action, observations and node + 1 of an entry, in the form of a step's frame. */
  head(ordinal: number): readonly [action: number, observations: number, node: number] {
    let at = 0
    for (let left = ordinal; left > 0; left--) at += 4 + 2 * this.data[at + 3]!
    return [this.data[at]!, this.data[at + 1]!, this.data[at + 2]! + 1]
  }

  /** True if all entries stay at the state, apart from ignored actions; `isSame` compares values of a slot. */
  staysAt(
    state: Int32Array,
    isIgnored: (action: number) => boolean = () => false,
    isSame: (before: number, after: number, slot: number) => boolean = (before, after) => before === after
  ): boolean {
    const { data, length } = this
    for (let at = 0; at < length; at += 4 + 2 * data[at + 3]!) {
      if (isIgnored(data[at]!)) continue
      const end = at + 4 + 2 * data[at + 3]!
      for (let edit = at + 4; edit < end; edit += 2) {
        const slot = data[edit]!
        if (!isSame(state[slot]!, data[edit + 1]!, slot)) return false
      }
    }
    return true
  }

  /** Ensures room for `integers` more, and returns the array to write them to from `length` on. */
  reserve(integers: number): Int32Array {
    if (this.length + integers > this.data.length) this.data = grown(this.data, this.length + integers)
    return this.data
  }

  /** Starts an entry. */
  begin(action: number, observations: number, node: number): void {
    const data = this.reserve(4)
    this.entry = this.length
    data[this.length++] = action
    data[this.length++] = observations
    data[this.length++] = node
    data[this.length++] = 0
    this.count++
  }

  /** Adds an edit to the entry that was begun last. */
  edit(slot: number, value: number): void {
    const data = this.reserve(2)
    data[this.length++] = slot
    data[this.length++] = value
    data[this.entry + 3]!++
  }
}
