/**
 * Lassos: runs that continue for ever, as a stem and a loop. Judges one on its own states, without the graph in which
 * it was found, so a counterexample that the search reports does not depend on the search.
 */
import { type Checker, FALSE, groupsOf, type Program, fairnessOf, Successors } from "../engine/index.ts"
import type { Eventually } from "../property/index.ts"
import { successorOf } from "./follow.ts"

const same = (left: Int32Array | undefined, right: Int32Array | undefined): boolean =>
  left !== undefined && right !== undefined && left.every((value, slot) => right[slot] === value)

/**
 * The fairness classes with a step that changes the state, or that would have one if clocks continued past their
 * horizon.
 */
const enabledIn = (program: Program, state: Int32Array): ReadonlySet<number> => {
  const out = new Successors()
  program.expand(state, out)
  const changing = program
    .fairnessClassesOf(state)
    .filter((_, ordinal) => !same(successorOf(state, ordinal, out), state))
  return new Set([...changing, ...(program.fairnessClassesOutOfTime?.(state) ?? [])])
}

/** True if the loop from a state of a run back to its last one is fair; a loop without steps is a run that stops. */
const isFair = (
  program: Program,
  property: Eventually<never>,
  loop: ReadonlyArray<Int32Array>,
  ordinals: ReadonlyArray<number>
): boolean => {
  const enabled = loop.map((state) => enabledIn(program, state))
  const taken = new Set<number>()
  for (const [index, ordinal] of ordinals.entries()) {
    const before = loop[index]
    if (before === undefined || same(before, loop[(index + 1) % loop.length])) continue
    taken.add(program.fairnessClassesOf(before)[ordinal] ?? -1)
  }
  const areGroupsMet = groupsOf(program, property).every(({ members, fairnessKind }) => {
    const has = (fairnessClasses: ReadonlySet<number>) =>
      [...fairnessClasses].some((fairnessClass) => members[fairnessClass] === 1)
    return has(taken) || (fairnessKind === "weak" ? !enabled.every(has) : !enabled.some(has))
  })
  if (!areGroupsMet) return false
  return fairnessOf(program, property).every((fairnessKind, fairnessClass) => {
    if (fairnessKind === "none") return true
    if (fairnessKind === "finite") return !taken.has(fairnessClass)
    if (taken.has(fairnessClass)) return true
    return fairnessKind === "weak"
      ? !enabled.every((each) => each.has(fairnessClass))
      : !enabled.some((each) => each.has(fairnessClass))
  })
}

/** True if a run that returns from its last state to state `loop` for ever is fair and violates the property. */
export const isViolatedBy = (
  program: Program,
  checker: Checker,
  states: ReadonlyArray<Int32Array>,
  ordinals: ReadonlyArray<number>,
  loop: number
): boolean => {
  const { property } = checker
  if (property.kind !== "eventually" || !same(states[loop], states.at(-1))) return false
  const repeated = loop === states.length - 1 ? states.slice(loop) : states.slice(loop, -1)
  if (!isFair(program, property, repeated, ordinals.slice(loop))) return false
  const lacks = (state: Int32Array): boolean => checker.evaluate(state) === FALSE
  const begins = (state: Int32Array, index: number): boolean =>
    property.premise === undefined ? index === 0 : checker.applies(state)
  if (property.stable) return states.some(begins) && repeated.some(lacks)
  return (
    repeated.every(lacks) && states.some((state, index) => begins(state, index) && states.slice(index).every(lacks))
  )
}

/** The state to which a run has to return to violate a property, if there is one. */
export const violatingLoop = (
  program: Program,
  checker: Checker,
  states: ReadonlyArray<Int32Array>,
  ordinals: ReadonlyArray<number>
): number | undefined => {
  const candidates = states.map((_, index) => index).toReversed()
  return candidates.find((loop) => isViolatedBy(program, checker, states, ordinals, loop))
}
