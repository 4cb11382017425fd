/**
 * The constraints of a whole-state model on states and steps of the search, memoised on the reads of the predicates.
 * TLC's CONSTRAINT and ACTION_CONSTRAINT.
 */
import type { WholeState } from "../../model/index.ts"
import { brief } from "../execution/ModelRefused.ts"
import { Predicate, type PredicateOf, THREW, TRUE } from "../predicates/Predicates.ts"
import type { Program } from "../Program.ts"
import { refusalOf } from "../execution/StrictRunner.ts"

/** The parts of a program that evaluating predicates of a model needs. */
export type Shown = Pick<Program, "slots" | "positions" | "view" | "snapshot" | "runsTwice">

/** The owner of a predicate of a model. */
export const belongingTo = (
  model: WholeState<unknown>,
  where: "constraint" | "actionConstraint" | "initial" | "ends",
  { runsTwice, slots, snapshot }: Shown
): PredicateOf => ({
  system: model.name,
  where,
  written: where === "initial" ? model.initialWhere : model[where],
  runsTwice,
  shown: (frame) => brief(snapshot(frame.subarray(0, slots)))
})

/** The answer of a predicate of a model; an exception is the model's offence. Throws `ModelRefused`. */
export const isTrueOf = (of: PredicateOf, predicate: Predicate, frame: Int32Array): boolean => {
  const answer = predicate.evaluate(frame)
  if (answer !== THREW) return answer === TRUE
  throw refusalOf(predicate.thrown).of({ ...of, input: of.shown(frame) })
}

/** The constraints of a model; `excludes` is absent if it has none. */
export const constraintOf = (model: WholeState<unknown>, shown: Shown): Pick<Program, "excludes" | "recheck"> => {
  const { actionConstraint, constraint } = model
  if (constraint === undefined && actionConstraint === undefined) return { recheck: () => {} }
  const { positions, slots, view } = shown
  const states = belongingTo(model, "constraint", shown)
  const ofState =
    constraint === undefined
      ? undefined
      : new Predicate(states, positions, (read) => {
          const state = view(read) as never
          return () => constraint(state)
        })
  const steps = belongingTo(model, "actionConstraint", shown)
  const after = positions.map(({ project, slot }) => ({ slot: slot + slots, project }))
  const ofStep =
    actionConstraint === undefined
      ? undefined
      : new Predicate(steps, [...positions, ...after], (read) => {
          const before = view(read) as never
          const next = view((position) => read(position + positions.length)) as never
          return () => actionConstraint(before, next)
        })
  const frame = new Int32Array(2 * slots)
  return {
    excludes: (before, state) => {
      if (ofState !== undefined && !isTrueOf(states, ofState, state)) return true
      if (ofStep === undefined || before === undefined) return false
      for (let slot = 0; slot < slots; slot++) {
        frame[slot] = before[slot]!
        frame[slots + slot] = state[slot]!
      }
      return !isTrueOf(steps, ofStep, frame)
    },
    recheck: () => {
      ofState?.recheck()
      ofStep?.recheck()
    }
  }
}
