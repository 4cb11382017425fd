/**
 * What a search found, as plain data.
 */
import type { ActionCost, ActionCounts } from "../coverage/Coverage.ts"
import type { StopReason, Verdict } from "../property/index.ts"
import type { Trace } from "../trace/Trace.ts"

/** What was found out about one property. */
export interface PropertyResult {
  readonly name: string
  readonly kind: string
  readonly verdict: Verdict<Trace>
}

/** A part of the state that grew on the way from an initial state to the last one found. */
export interface Growth {
  /** A node or variable and the way into its value, such as `n0.state.log`. */
  readonly path: string
  /** What was counted; `value` of a number itself. */
  readonly of: "value" | "characters" | "elements" | "entries"
  readonly from: number | string
  /** As `from`, in the last state; text where it is a bigint. */
  readonly to: number | string
}

/** The result of an exhaustive search, complete or not. */
export interface Exploration {
  readonly system: string
  /** Whether every reachable state was visited. */
  readonly complete: boolean
  /** Why not, if not. */
  readonly stopReason: StopReason | null
  readonly initial: number
  readonly distinct: number
  /** Initial states and every successor computed, duplicates included. */
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
  /** States in which nothing is left to happen but faults. */
  readonly quiescent: number
  /** States without a successor that are not quiescent: something waits for what never comes. */
  readonly deadlocked: number
  readonly actions: ReadonlyArray<ActionCounts>
  readonly properties: ReadonlyArray<PropertyResult>
  readonly handlerRuns: number
  /** How often each action of a whole-state model ran, and because of which variables; null for nodes. */
  readonly costs: ReadonlyArray<ActionCost> | null
  /** Where a limit ended the search: what grew on the way to the last state, at most three, the shortest path first. */
  readonly growing: ReadonlyArray<Growth>
  readonly elapsedMillis: number
  /** Bytes of the state store (states, index, parents) per distinct state. */
  readonly bytesPerState: number
  /** Order-independent digest of all distinct states, 16 hexadecimal digits. */
  readonly digest: string
}
