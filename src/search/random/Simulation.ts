/**
 * Options and results of random walks, as plain data.
 */
import type { PropertyResult } from "../Exploration.ts"
import type { ShorteningBudget } from "./Shortening.ts"

/** Options of random walks. */
export interface WalkOptions {
  /** Number of walks for each property. */
  readonly walks: number
  readonly seed: number
  /** Steps after which a walk ends. Default 200. */
  readonly maxSteps?: number
  /** Stops the walks; the properties are then judged on the walks taken so far. */
  readonly signal?: AbortSignal
  /** Called between slices of walks, about thirty times a second. */
  readonly onProgress?: (progress: WalkProgress) => void
  /** Called with a walk that decides a property, replayed through fresh handlers, before it is shortened. */
  readonly onDecided?: (walk: WalkedProperty) => void
  /** Budget for shortening one walk; the shortest run found when it ends is reported. */
  readonly shortening?: ShorteningBudget
}

/** Result of the walks on a property. */
export interface WalkedProperty extends PropertyResult {
  /** The path that, with the seed, makes fast-check repeat the deciding walk; null if no walk decided. */
  readonly path: string | null
  /** True if no run made of the walk's steps is shorter than the evidence; null without evidence. */
  readonly isShortest: boolean | null
}

/** Progress of the walks. */
export interface WalkProgress {
  /** Number of different states in the walks. */
  readonly distinct: number
  /** Number of steps of the longest walk. */
  readonly depth: number
  readonly elapsedMillis: number
}

/** Number of times that walks took an action. */
export interface WalkedAction {
  readonly name: string
  readonly fault: boolean
  readonly taken: number
}

/** Results of random walks. */
export interface Simulation {
  readonly system: string
  readonly seed: number
  /** Number of walks taken, over all properties. */
  readonly walks: number
  readonly steps: number
  /** Number of different states in the walks. */
  readonly distinct: number
  /** Every action, including those that no walk took. */
  readonly actions: ReadonlyArray<WalkedAction>
  /** True if the walks were stopped before all were taken. */
  readonly interrupted: boolean
  readonly properties: ReadonlyArray<WalkedProperty>
}
