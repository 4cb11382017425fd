/**
 * From the place where a search decided a property to the evidence: the shortest trace, taken again through freshly run
 * handlers, with the property's own words.
 */
import { canonicalKey, type Checker, checkerOf, decisive, type Program, Successors } from "../engine/index.ts"
import { explanation, type Explained } from "../trace/explanation.ts"
import { follow, successorOf } from "../trace/follow.ts"
import { isViolatedBy } from "../trace/lasso.ts"
import { answerAt } from "../trace/replay.ts"
import type { Schedule, Trace } from "../trace/Trace.ts"
import { NO_STATE, type Place } from "./Finding.ts"
import type { Search } from "./Search.ts"

/** A trace that decides a property, and why it does. */
export interface Evidence extends Explained {
  readonly trace: Trace
}

/** The schedule from an initial state to a place, along parents. */
export const scheduleTo = (search: Search, program: Program, place: Place): Schedule => {
  if (place.state === NO_STATE) return { initialIndex: place.ordinal, ordinals: [] }
  const path: Array<number> = []
  for (let id = place.state; id !== -1; id = search.parents[id]!) path.unshift(id)
  const ordinals = path.slice(1).map((child, index) => ordinalBetween(search, program, path[index]!, child))
  if (place.ordinal !== -1) ordinals.push(place.ordinal)
  return { initialIndex: initialIndexOf(search, program, path[0]!), ordinals }
}

const initialIndexOf = (search: Search, program: Program, id: number): number =>
  program.initial.findIndex((state) => search.store.has(state) && search.store.insert(state) === id)

/** The first step from a state to a child, with a fault only if the child's fewest faults say so. */
const ordinalBetween = (search: Search, program: Program, parent: number, child: number): number => {
  const { faults, store } = search
  const out = new Successors()
  store.unpack(parent)
  program.expand(store.current, out)
  const withFault = faults !== undefined && faults[child]! > faults[parent]!
  let at = 0
  for (let ordinal = 0; ordinal < out.count; ordinal++) {
    const { fault } = program.actions[out.data[at]!]!
    const after = successorOf(store.current, ordinal, out)!
    // What is outside the model's constraints is not stored, and must not be.
    if (fault === withFault && store.has(after) && store.insert(after) === child) return ordinal
    at += 4 + 2 * out.data[at + 3]!
  }
  throw new Error("plait's fault: a state is no successor of its parent")
}

/**
 * The trace of a schedule, taken through the program and again through a fresh one whose handlers have not run yet; the
 * states and the property's answer must agree.
 */
export const evidence = (program: Program, replayed: Program, checker: Checker, schedule: Schedule): Evidence => {
  const { states, trace } = takenTwice(program, replayed, checker, schedule)
  const fresh = checkerOf(replayed, checker.property)
  if (answerAt(replayed, states, fresh, trace) !== decisive(checker.property)) {
    throw new Error(`plait's fault: the replayed trace no longer decides "${checker.property.name}"`)
  }
  return { trace, ...explanation(replayed, checker.property, states, trace) }
}

/**
 * The trace of a lasso, whose loop goes back to state `loop`: taken through the program and again through a fresh one,
 * where the loop must close, be fair, and lack what is claimed.
 */
export const evidenceOfLasso = (
  program: Program,
  replayed: Program,
  checker: Checker,
  schedule: Schedule,
  loop: number
): Evidence => {
  const { states, trace } = takenTwice(program, replayed, checker, schedule)
  if (!isViolatedBy(replayed, checkerOf(replayed, checker.property), states, schedule.ordinals, loop)) {
    throw new Error(`plait's fault: the replayed loop does not violate "${checker.property.name}"`)
  }
  return { trace: { ...trace, loop }, ...explanation(replayed, checker.property, states, trace) }
}

/** A schedule followed through both programs, which must agree. */
const takenTwice = (program: Program, replayed: Program, checker: Checker, schedule: Schedule) => {
  const first = follow(program, schedule)
  const again = follow(replayed, schedule)
  if (again._tag === "diverged" || canonicalKey(first.trace) !== canonicalKey(again.trace)) {
    throw new Error(`plait's fault: the trace that decides "${checker.property.name}" did not replay`)
  }
  return again
}
