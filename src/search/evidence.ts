/**
 * Evidence for a decided property, from the site where the search decided it: the shortest trace, replayed through
 * freshly run handlers, with the property's own explanation.
 */
import {
  brief,
  canonicalKey,
  type Checker,
  checkerOf,
  culpritOf,
  decidingValue,
  ModelRefused,
  type Program,
  Successors
} from "../engine/index.ts"
import { explanation, type Explained } from "../trace/explanation.ts"
import { follow, type Followed, successorOf } from "../trace/follow.ts"
import { isViolatedBy } from "../trace/lasso.ts"
import { answerAt } from "../trace/replay.ts"
import type { Schedule, Trace } from "../trace/Trace.ts"
import { NO_STATE, type DiscoverySite } from "./Discovery.ts"
import type { Search } from "./Search.ts"

/** A trace that decides a property, and the explanation. */
export interface Evidence extends Explained {
  readonly trace: Trace
}

/** The schedule from an initial state to a site, along parents. */
export const scheduleTo = (search: Search, program: Program, place: DiscoverySite): Schedule => {
  if (place.state === NO_STATE) return { initialIndex: place.ordinal, ordinals: [] }
  const path: Array<number> = []
  for (let id = place.state; id !== -1; id = search.parents[id]!) path.unshift(id)
  const ordinals = path.slice(1).map((child, index) => ordinalBetween(search, program, path[index]!, child))
  if (place.ordinal !== -1) ordinals.push(place.ordinal)
  return { initialIndex: initialIndexOf(search, program, path[0]!), ordinals }
}

const initialIndexOf = (search: Search, program: Program, id: number): number =>
  program.initial.findIndex((state) => search.store.has(state) && search.store.insert(state) === id)

/** The first step from a state to a child; it is a fault exactly if the child's fewest faults require one. */
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
    // A state outside the model's constraints is not stored, and must not become stored.
    if (fault === withFault && store.has(after) && store.insert(after) === child) return ordinal
    at += 4 + 2 * out.data[at + 3]!
  }
  throw new Error("plait's fault: a state is no successor of its parent")
}

/**
 * The trace of a schedule, replayed through a fresh program whose handlers have not run yet. The states and the
 * property's answer must agree.
 */
export const evidence = (program: Program, replayed: Program, checker: Checker, schedule: Schedule): Evidence => {
  const { first, states, trace } = takenTwice(program, replayed, checker, schedule)
  const fresh = checkerOf(replayed, checker.property)
  const now = answerAt(replayed, states, fresh, trace)
  if (now !== decidingValue(checker.property)) {
    const answers = [{ state: first.at(-1)!, before: answerAt(program, first, checker, trace), now }]
    const fault = `the replayed trace no longer decides "${checker.property.name}"`
    throw differs(program, replayed, schedule, fault, otherAnswer(program, checker, answers))
  }
  return { trace, ...explanation(replayed, checker.property, states, trace) }
}

/**
 * The trace of a lasso, whose loop goes back to state `loop`, replayed through a fresh program. The replayed loop must
 * close, be fair, and violate the property.
 */
export const evidenceOfLasso = (
  program: Program,
  replayed: Program,
  checker: Checker,
  schedule: Schedule,
  loop: number
): Evidence => {
  const { first, states, trace } = takenTwice(program, replayed, checker, schedule)
  const fresh = checkerOf(replayed, checker.property)
  if (!isViolatedBy(replayed, fresh, states, schedule.ordinals, loop)) {
    const answers = first.flatMap((state, index) => {
      const again = states[index]!
      return [
        { state, before: checker.evaluate(state), now: fresh.evaluate(again) },
        { state, before: Number(checker.applies(state)), now: Number(fresh.applies(again)) }
      ]
    })
    const fault = `the replayed loop does not violate "${checker.property.name}"`
    throw differs(program, replayed, schedule, fault, otherAnswer(program, checker, answers))
  }
  return { trace: { ...trace, loop }, ...explanation(replayed, checker.property, states, trace) }
}

/** Follows a schedule through both programs, which must agree. */
const takenTwice = (program: Program, replayed: Program, checker: Checker, schedule: Schedule) => {
  const [first, again] = [takenWhole(program, schedule), takenWhole(replayed, schedule)]
  if (first === undefined || canonicalKey(first.trace) !== canonicalKey(again?.trace)) {
    throw differs(program, replayed, schedule, `the trace that decides "${checker.property.name}" did not replay`)
  }
  return { ...again!, first: first.states }
}

/** A schedule followed to its end; `undefined` if a step is not possible. */
const takenWhole = (program: Program, schedule: Schedule): Followed | undefined => {
  const taken = follow(program, schedule)
  return taken._tag === "followed" ? taken : undefined
}

/**
 * The error of a schedule whose replay differs: the refusal of the model's code that differs. Calls that differ within
 * one program are found first, the property's answer last, because it rests on all other code. If all of the model's
 * code agrees, the error is plait's own.
 */
const differs = (
  program: Program,
  replayed: Program,
  schedule: Schedule,
  fault: string,
  otherwise?: ModelRefused
): Error => {
  replayed.recheck()
  program.recheck()
  return culpritOf(program, replayed, schedule) ?? otherwise ?? new Error(`plait's fault: ${fault}`)
}

/** The answers of a property on a trace and on its replay. */
interface Answers {
  readonly state: Int32Array
  readonly before: number | undefined
  readonly now: number | undefined
}

const inWords = ["false", "true", "an exception"] as const

/** The refusal of a property whose answer differs on the replay; `undefined` if it does not. */
const otherAnswer = (
  program: Program,
  { property }: Checker,
  answers: ReadonlyArray<Answers>
): ModelRefused | undefined => {
  const other = answers.find(({ before, now }) => before !== now)
  if (other === undefined) return undefined
  const { before, now, state } = other
  return new ModelRefused({
    system: program.system,
    where: `property "${property.name}"`,
    offence: "is not deterministic",
    input: brief(program.snapshot(state)),
    detail: `It came to ${inWords[before ?? 2]} first, and then to ${inWords[now ?? 2]}.`
  })
}
