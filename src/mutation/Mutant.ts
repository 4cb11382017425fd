/**
 * A mutant: a system with one deliberate bug of the kind that protocols really have. The properties of the system
 * should notice it; a property that notices no mutant at all is never falsified.
 *
 * The operators (after the idea of DeMillo, Lipton and Sayward 1978, with bugs of protocols in place of those of
 * expressions): a send left out, a send done twice, a handler or action without effect, a guard left out, a message's
 * field ignored, a field lost in a crash or preserved over one, a write to a variable left out. A bug that only the
 * author can point to, such as a comparison that takes a minimum for a maximum, is a value of a parameter
 * that `Model.mutants` makes.
 *
 * Left out: observations of handlers (`Observe`) are not part of the protocol, and are never mutated.
 */
import type { System } from "../model/index.ts"

/** The kind of a bug. */
export type Operator =
  | "drop send"
  | "send twice"
  | "skip handler"
  | "ignore guard"
  | "ignore field"
  | "forget field"
  | "keep field"
  | "drop write"
  | "skip action"
  | "declared"

/** One system with a bug. */
export interface Mutant {
  /** A sentence that describes the bug, unique among the mutants of a system. */
  readonly name: string
  readonly operator: Operator
  readonly system: System<unknown>
}
