/** A property ready to be judged: its predicates over frames of a program, and the moment at which they are judged. */
import type { Property } from "../../property/index.ts"

/** Moment of judging a property; a `run` is judged once the whole graph is known. */
export type JudgedAt = "state" | "quiescence" | "deadlock" | "step" | "run"

/** A predicate with the frames it applies to. */
export interface Judge {
  /** FALSE, TRUE or THREW: the value of the property's predicate on the frame. */
  readonly evaluate: (frame: Int32Array) => number
  /** True if the property says something about the frame; its premise holds, or it has none. */
  readonly applies: (frame: Int32Array) => boolean
  /** The value that the predicate threw last. */
  readonly thrown: () => unknown
  /** Runs the predicate again on some frames that it was run on. Throws `ModelRefused` if a result differs. */
  readonly recheck: () => void
}

/** A property compiled for evaluation on frames. */
export interface Checker extends Judge {
  readonly property: Property<unknown>
  readonly judgedAt: JudgedAt
  /** The judge of initial states, for properties of steps that restrict them. */
  readonly onInitial?: Judge
}
