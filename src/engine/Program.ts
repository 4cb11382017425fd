/**
 * A system turned into integers: what the explorer searches. A state is a vector of slots, a slot holds the id of an
 * interned value, and the successors of a state are lists of slots to set.
 */
import type { ActionCost, GuardCount, OutcomeCount } from "../coverage/Coverage.ts"
import type { Envelope, Observation } from "../model/index.ts"
import type { EnabledSteps } from "../property/index.ts"
import type { HashLanes } from "./interning/ContentHash.ts"
import { grown } from "./interning/ContentHash.ts"

/** What an action is, for reports and for the preference of traces with few faults. */
export interface ActionInfo {
  /** Such as `n1 receives` classes: `invoke Put`, `deliver Replicate`, `crash`, or a whole-state action's name. */
  readonly name: string
  /** Whether it is a fault of the environment. */
  readonly fault: boolean
}

/** What happens in a step, as a space-time diagram draws it. */
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

/** Everything about one step of a trace but the states. */
export interface StepDescription {
  readonly kind: StepKind
  /** Index into the program's actions. */
  readonly action: number
  /** What a person reads, such as `n1 receives Replicate {"key":"x"} from n0`; distinct steps of a state may share it. */
  readonly label: string
  readonly node: number | undefined
  /** The message that arrived, was lost or was duplicated. */
  readonly received: Envelope | undefined
  /** The messages that left. */
  readonly sent: ReadonlyArray<Envelope>
  /** Messages that a crash kept from leaving. */
  readonly unsent: ReadonlyArray<Envelope>
  /**
   * Messages that the step lost without the network's budget: those in flight to a node that crashes and whose
   * connections break, those sent to a node that is down and loses them. Absent if there are none.
   */
  readonly lost?: ReadonlyArray<Envelope>
  readonly observations: ReadonlyArray<Observation>
}

/** The name of what an observer remembers in a snapshot begins so. */
export const OBSERVED = "observed: "

/** A state as plain values by name, for traces: node names or variables. */
export type Snapshot = { readonly [part: string]: unknown }

/** Something a property can read: the id in a slot, or a table's entry for that id. */
export interface Position {
  readonly slot: number
  readonly project: { readonly data: Int32Array } | undefined
}

/** Steps to which fairness owes something together. */
export interface FairnessClass {
  /** Index into the program's actions. */
  readonly action: number
  /** The action with its parameter, such as `prepare(2)`; absent without one, and for nodes. */
  readonly label?: string
}

/** A system as the explorer sees it. */
export interface Program {
  /** The system's name. */
  readonly system: string
  /** Whether each distinct call of the model's code is made twice and compared. */
  readonly runsTwice: boolean
  /** Length of state vectors; at least 2. */
  readonly slots: number
  readonly actions: ReadonlyArray<ActionInfo>
  readonly initial: ReadonlyArray<Int32Array>
  /** Per slot, the content hashes of its values. */
  readonly hashes: ReadonlyArray<HashLanes>
  /** Writes all successors of `state` to `out`, in an order that depends on the state only. */
  readonly expand: (state: Int32Array, out: Successors) => void
  /** Whether a state (initial where `before` is absent), or the step to it, is outside the model's constraints. */
  readonly excludes?: ((before: Int32Array | undefined, after: Int32Array) => boolean) | undefined
  /** The units met so far, by number. */
  readonly fairnessClasses: ReadonlyArray<FairnessClass>
  /** The unit of each successor of `state`, in the order of `expand`. */
  readonly fairnessClassesOf: (state: Int32Array) => ReadonlyArray<number>
  /** The units of steps that only the horizon of the clocks keeps from happening in `state`; absent without clocks. */
  readonly fairnessClassesOutOfTime?: ((state: Int32Array) => ReadonlyArray<number>) | undefined
  /** Whether nothing is left to happen but faults; `out` has the successors of the state. */
  readonly isQuiescent: (state: Int32Array, out: Successors) => boolean
  /** Whether nothing goes on in a state that is not quiescent, and no declared end of a system of nodes. */
  readonly isDeadlocked: (state: Int32Array, out: Successors) => boolean
  /** What waits for what in a state that no step leads out of, a sentence each. */
  readonly waits: (state: Int32Array) => ReadonlyArray<string>
  /** The step to the successor at this place of `expand`'s order. */
  readonly describeStep: (state: Int32Array, ordinal: number) => StepDescription
  /** The code of the model behind a step, in words: what took it, and the guard that let it happen. */
  readonly codeBehind: (step: StepDescription) => { readonly code: string; readonly guard: string | undefined }
  /** Runs some calls of the model's code again. Throws `ModelRefused` where one differs. */
  readonly recheck: () => void
  readonly snapshot: (state: Int32Array) => Snapshot
  /**
   * What properties can read; `view` turns reads of positions into what they see, frozen to the bottom: a predicate is
   * shown one view in all its calls, and must find no trace of an earlier one.
   */
  readonly positions: ReadonlyArray<Position>
  readonly view: (read: (position: number) => number) => unknown
  /** Whether an action or an instance of it can be taken in the state whose ids `read` gives. Throws `RangeError`. */
  readonly enabled?: (read: (position: number) => number, name: string, steps: EnabledSteps) => boolean
  /** The state whose variables are given as properties see them. Throws `Refusal`. */
  readonly vectorOf?: (state: unknown) => Int32Array
  /** Slot of each observer, by observer. */
  readonly observerSlots: ReadonlyMap<unknown, number>
  /** The value an observer remembers under an id. */
  readonly remembered: (slot: number, id: number) => unknown
  /** Id of the observations of a step, as `expand` writes it, to the observations. */
  readonly observations: (id: number) => ReadonlyArray<Observation>
  /** How often the guard of each action let it happen and did not, so far; nothing for an action without one. */
  readonly guards: () => ReadonlyArray<GuardCount | undefined>
  /** What became of an action at each node, so far; nothing for what happens at no node. */
  readonly outcomes: (action: number) => ReadonlyArray<OutcomeCount> | null
  /** Handlers and actions run so far. */
  readonly handlerRuns: () => number
  /** Runs of each action of a whole-state model so far, and what they read; nothing for nodes. */
  readonly costs: () => ReadonlyArray<ActionCost> | null
}

/**
 * The successors of one state as flat integers. An entry is: action, id of the observations, node (-1 for none), number
 * of edits, then a slot and its value per edit. No slot is edited twice in an entry.
 */
export class Successors {
  data: Int32Array = new Int32Array(1024)
  /** Integers in use. */
  length = 0
  /** Entries. */
  count = 0
  private entry = 0

  /** Forgets all entries. */
  clear(): void {
    this.length = 0
    this.count = 0
  }

  /** Action, observations and node + 1 of an entry, as a step's frame holds them. */
  head(ordinal: number): readonly [action: number, observations: number, node: number] {
    let at = 0
    for (let left = ordinal; left > 0; left--) at += 4 + 2 * this.data[at + 3]!
    return [this.data[at]!, this.data[at + 1]!, this.data[at + 2]! + 1]
  }

  /** Whether no entry leads away from a state, but for those by an action that is ignored; `isSame`: of values of a slot. */
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

  /** Makes sure that `integers` more fit, and gives the array to write them to from `length` on. */
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
