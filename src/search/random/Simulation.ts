/**
 * Options and results of random walks, as plain data.
 */
import type { PropertyResult } from "../Exploration.ts"
import type { ShorteningBudget } from "./Shortening.ts"

/** How to walk. */
export interface WalkOptions {
  /** Number of walks for each property. */
  readonly walks: number
  readonly seed: number
  /** Steps after which a walk ends. Default 200. */
  readonly maxSteps?: number
  /** Stops the walks, whose properties are then decided or not by those that were taken. */
  readonly signal?: AbortSignal
  /** Called between slices of walks, about thirty times a second. */
  readonly onProgress?: (progress: WalkProgress) => void
  /** Called with a walk that decides a property, taken again through fresh handlers, before it is shortened. */
  readonly onDecided?: (walk: WalkedProperty) => void
  /** What shortening one walk may cost; whatever is shortest when it ends is reported. */
  readonly shortening?: ShorteningBudget
}

/** What walks say of a property. */
export interface WalkedProperty extends PropertyResult {
  /** What fast-check takes, with the seed, to take the deciding walk again; null where no walk decided. */
  readonly path: string | null
  /** Whether no run made of the walk's steps is shorter than the evidence; null where there is none. */
  readonly isShortest: boolean | null
}

/** What the walks have come to so far. */
export interface WalkProgress {
  /** Different states met. */
  readonly distinct: number
  /** Steps of the longest walk. */
  readonly depth: number
  readonly elapsedMillis: number
}

/** How often walks took an action. */
export interface WalkedAction {
  readonly name: string
  readonly fault: boolean
  readonly taken: number
}

/** What the walks found. */
export interface Simulation {
  readonly system: string
  readonly seed: number
  /** Walks taken, over all properties. */
  readonly walks: number
  readonly steps: number
  /** Different states met. */
  readonly distinct: number
  /** Every action, those that no walk took included. */
  readonly actions: ReadonlyArray<WalkedAction>
  /** Whether walks that were asked for were not taken. */
  readonly interrupted: boolean
  readonly properties: ReadonlyArray<WalkedProperty>
}
