/**
 * A mutant: a system with one deliberate fault of the kind that protocols really have. The properties made of the system
 * should notice it; a property that notices no mutant at all is never falsified.
 *
 * The operators (after the idea of DeMillo, Lipton and Sayward 1978, with the faults of protocols in place of those of
 * expressions): a send left out, a send done twice, a handler or action that does nothing, a guard left out, a message's
 * field ignored, a field forgotten over a crash or kept over one, a write to a variable left out. What only the author
 * can point to, such as the comparison that takes a minimum for a maximum, is a value of a parameter named `fault`.
 *
 * Left out: what a handler notes (`Observe`) is the harness's knowledge, not the protocol, and is never mutated.
 */
import type { System } from "../model/index.ts"

/** The kind of a fault. */
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

/** One faulty system. */
export interface Mutant {
  /** A sentence that says what is wrong with it, unique among the mutants of a system. */
  readonly name: string
  readonly operator: Operator
  readonly system: System<unknown>
}
