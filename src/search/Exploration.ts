/**
 * Results of a search, as plain data.
 */
import type { ActionCost, ActionCounts } from "../coverage/Coverage.ts"
import type { StopReason, Verdict } from "../property/index.ts"
import type { Trace } from "../trace/Trace.ts"

/** Result of a search on one property. */
export interface PropertyResult {
  readonly name: string
  readonly kind: string
  readonly verdict: Verdict<Trace>
}

/** A part of the state that grew on the way from an initial state to the last one found. */
export interface Growth {
  /** A node or variable and the way into its value, such as `n0.state.log`. */
  readonly path: string
  /** The counted quantity; `value` for a number itself. */
  readonly of: "value" | "characters" | "elements" | "entries"
  readonly from: number | string
  /** Size in the last state, like `from`; text for a bigint. */
  readonly to: number | string
}

/** The result of an exhaustive search, complete or not. */
export interface Exploration {
  readonly system: string
  /** True if every reachable state was visited. */
  readonly complete: boolean
  /** The reason for an incomplete search; null if complete. */
  readonly stopReason: StopReason | null
  readonly initial: number
  readonly distinct: number
  /** Number of initial states and successors computed, duplicates included. */
  readonly generated: number
  /**
   * Initial states and successors outside the model's constraints: generated and judged, but neither distinct nor
   * expanded. A state counts once for each step to it.
   */
  readonly outside: { readonly initial: number; readonly successors: number }
  /** Most steps from an initial state. */
  readonly depth: number
  /** Number of states first reached after 0, 1, 2 … steps. */
  readonly levels: ReadonlyArray<number>
  /** Number of states in which only faults can still happen. */
  readonly quiescent: number
  /** Number of states without a successor that are not quiescent: the system waits for an event that cannot occur. */
  readonly deadlocked: number
  readonly actions: ReadonlyArray<ActionCounts>
  readonly properties: ReadonlyArray<PropertyResult>
  readonly handlerRuns: number
  /** Runs of each action of a whole-state model, with the variables that caused them; null for nodes. */
  readonly costs: ReadonlyArray<ActionCost> | null
  /**
   * Parts that grew on the way to the last state, if a limit ended the search: at most three, the shortest path first.
   */
  readonly growing: ReadonlyArray<Growth>
  readonly elapsedMillis: number
  /** Bytes of the state store (states, index, parents) per distinct state. */
  readonly bytesPerState: number
  /** Order-independent digest of all distinct states, 16 hexadecimal digits. */
  readonly digest: string
}
