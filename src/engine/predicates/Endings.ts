/**
 * The ends of runs of a whole-state model: quiescent, or deadlocked if the model declares its ends and the state is not
 * one of them.
 */
import type { WholeState } from "../../model/index.ts"
import { belongingTo, isTrueOf, type Shown } from "../variables/Constraint.ts"
import { Predicate } from "./Predicates.ts"
import type { Program, Successors } from "../Program.ts"

/** The endings of a whole-state model, as members of its program. */
export const endingsOf = (
  model: WholeState<unknown>,
  shown: Shown
): Pick<Program, "isQuiescent" | "isDeadlocked" | "waits" | "recheck"> => {
  const isFault = (action: number): boolean => model.faults.has(model.actions[action]!)
  const isOver = (state: Int32Array, out: Successors): boolean => out.staysAt(state, isFault)
  const { isEnd, recheck } = endPredicate(model, shown)
  return {
    recheck,
    isQuiescent: (state, out) => isOver(state, out) && isEnd(state),
    isDeadlocked: (state, out) => isOver(state, out) && !isEnd(state),
    waits: () => []
  }
}

const endPredicate = (
  model: WholeState<unknown>,
  shown: Shown
): { readonly isEnd: (state: Int32Array) => boolean; readonly recheck: () => void } => {
  const { ends } = model
  if (ends === undefined) return { isEnd: () => true, recheck: () => {} }
  const of = belongingTo(model, "ends", shown)
  const predicate = new Predicate(of, shown.positions, (read) => {
    const view = shown.view(read) as never
    return () => ends.when(view)
  })
  return { isEnd: (state) => isTrueOf(of, predicate, state), recheck: () => predicate.recheck() }
}
