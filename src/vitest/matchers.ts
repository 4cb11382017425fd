/**
 * Matchers for results of `explore` and `replay`. Without a property's name they apply to every given property;
 * `toHold` also to “no deadlock”. A result without given properties never passes, and neither does one that a limit
 * left undecided, with or without `not`.
 */
import type { Exploration, PropertyResult } from "../search/Exploration.ts"
import type { Replayed } from "../trace/replay.ts"
import { describeResult, headline, isUnexplained } from "./failure.ts"

/** The result that a matcher returns to vitest. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** Further conditions of `toBeViolated`. */
export interface ViolatedOptions {
  /** The number of steps of the shortest trace. */
  readonly steps?: number
  /** The property's name; default: every property that was judged. */
  readonly property?: string
}

const isRecord = (value: unknown): value is object => typeof value === "object" && value !== null

const isExploration = (value: unknown): value is Exploration =>
  isRecord(value) && "system" in value && "properties" in value && Array.isArray(value.properties)

const isReplayed = (value: unknown): value is Replayed =>
  isRecord(value) && "_tag" in value && ["replayed", "changed", "diverged"].includes(String(value._tag))

type Matcher = typeof toHold | typeof toBeViolated | typeof toReach

/** Returns the error with a stack that begins at the call of the matcher. */
const from = <E extends Error>(matcher: Matcher, error: E): E => {
  Error.captureStackTrace(error, matcher)
  return error
}

const wrong = (matcher: Matcher, takes: string): TypeError =>
  from(matcher, new TypeError(`${matcher.name} takes ${takes}; is an await or Effect.runPromise missing?`))

const chosen = (
  matcher: Matcher,
  exploration: Exploration,
  name: string | undefined
): ReadonlyArray<PropertyResult> => {
  const isChosen = ({ kind, name: own }: PropertyResult): boolean =>
    name === undefined ? kind !== "noDeadlock" || matcher === toHold : own === name
  const given = exploration.properties.some(({ kind }) => kind !== "noDeadlock")
  const found = given || name !== undefined ? exploration.properties.filter(isChosen) : []
  if (found.length > 0) return found
  const names = exploration.properties.map((each) => `“${each.name}”`).join(", ")
  const problem =
    name === undefined
      ? `no property of ${exploration.system} was judged`
      : `no property of ${exploration.system} is named “${name}”; those judged are ${names}`
  throw from(matcher, new RangeError(problem))
}

const every = (
  matcher: Matcher,
  exploration: Exploration,
  results: ReadonlyArray<PropertyResult>,
  expected: string,
  isMet: (result: PropertyResult) => boolean
): MatcherResult => {
  const unmet = results.filter((result) => !isMet(result) || isUnexplained(result))
  const described = (): string => unmet.map((result) => describeResult(exploration, result, expected)).join("\n\n")
  // If the result depends on a property that a limit left undecided, neither the matcher nor its negation passes.
  if (unmet.length > 0 && unmet.every(({ verdict }) => verdict._tag === "inconclusive"))
    throw from(matcher, new Error(described()))
  return {
    pass: unmet.length === 0,
    message: () => (unmet.length === 0 ? `expected: not ${expected}\n${results.map(headline).join("\n")}` : described())
  }
}

/** Passes if the search was complete and the properties are true in every reachable state. */
export const toHold = (received: unknown, property?: string): MatcherResult => {
  if (!isExploration(received)) throw wrong(toHold, "what explore(…) returns")
  return every(toHold, received, chosen(toHold, received, property), "holds", ({ verdict }) => verdict._tag === "holds")
}

/** Passes if the reachability properties are reached. */
export const toReach = (received: unknown, property?: string): MatcherResult => {
  if (!isExploration(received)) throw wrong(toReach, "what explore(…) returns")
  return every(
    toReach,
    received,
    chosen(toReach, received, property),
    "reached",
    ({ verdict }) => verdict._tag === "reached"
  )
}

/** Passes if the properties are violated, in exactly so many steps if `steps` is given; a replay, by its last state. */
export const toBeViolated = (received: unknown, options: ViolatedOptions = {}): MatcherResult => {
  const { property, steps } = options
  if (isReplayed(received)) return replayed(received, options)
  if (!isExploration(received)) throw wrong(toBeViolated, "what explore(…) or replay(…) returns")
  const expected = steps === undefined ? "violated" : `violated in ${counted(steps)}`
  return every(
    toBeViolated,
    received,
    chosen(toBeViolated, received, property),
    expected,
    ({ verdict }) => verdict._tag === "violated" && (steps === undefined || verdict.evidence.steps.length === steps)
  )
}

const counted = (steps: number): string => `${steps} ${steps === 1 ? "step" : "steps"}`

const replayed = (found: Replayed, { property, steps }: ViolatedOptions): MatcherResult => {
  if (found._tag !== "replayed") {
    return { pass: false, message: () => `the run cannot be taken any more: it diverges at step ${found.step}` }
  }
  const taken = found.trace.steps.length
  const isDecided = property === undefined ? found.decided.length > 0 : found.decided.includes(property)
  const decides = found.decided.length === 0 ? "nothing" : found.decided.map((name) => `“${name}”`).join(", ")
  return {
    pass: isDecided && (steps === undefined || steps === taken),
    message: () => `the run of ${counted(taken)} decides ${decides}`
  }
}
